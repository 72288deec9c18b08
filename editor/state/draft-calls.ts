import type { Difference } from '../../engine/document/difference.ts';
import { folders } from '../../engine/document/layout.ts';
import type { Fault, Json, Resource, ResourceKind } from '../../engine/document/types.ts';
import type { ApiClient } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';

/** Something wrong with a draft; `pointer` is RFC 6901 within the document. */
export type DraftFault = Pick<Fault, 'pointer' | 'message' | 'severity'>;

/** What the engine tells about a draft. */
interface DraftAnswer {
  /** As in `server/hello`. */
  resource: string;
  kind: 'added' | 'changed' | 'same';
  etag: string;
  /** ETag of the live version that it was begun with; null for a new resource. */
  base: string | null;
  /** What is live was changed since. */
  outdated: boolean;
  user: string | null;
  /** RFC 3339. */
  time: string | null;
  diff: readonly Difference[];
  faults: readonly DraftFault[];
}

/** A draft as it lies with the engine. */
export interface StoredDraft extends DraftAnswer {
  document: Resource;
}

/** What the engine has of a resource: the draft, or without one (`etag` null) what is live. */
export interface Version {
  document: Resource | null;
  etag: string | null;
}

export const partsOfName = (name: string): { kind: ResourceKind; id: string } => {
  const [kind, id] = name.split('/') as [ResourceKind, string];
  return { kind, id };
};

export const livePath = (name: string): string => {
  const { kind, id } = partsOfName(name);
  return `/api/${folders[kind]}/${encodeURIComponent(id)}`;
};
export const draftPath = (name: string): string => livePath(name).replace('/api/', '/api/drafts/');

const quoted = (etag: string): string => `"${etag}"`;
const unquoted = (etag: string | null): string => (etag ?? '').replace(/^(W\/)?"|"$/g, '');

/** The calls that drafts are kept with. Each throws ApiProblem when the engine refuses or does not answer. */
export class DraftCalls {
  constructor(private readonly api: ApiClient) {}

  /** What the engine has now, and what is live where that had to be asked for. */
  async read(name: string): Promise<Version> {
    const draft = await orNull(this.api.getTagged<Resource>(draftPath(name)));
    if (draft !== null) return { document: draft.value, etag: unquoted(draft.etag) };
    return { document: await this.readLive(name), etag: null };
  }

  readLive(name: string): Promise<Resource | null> {
    return orNull(this.api.get<Resource>(livePath(name)));
  }

  /** The live document that the draft was begun with; null when nobody has it any more, or there was none. */
  readBase(name: string): Promise<Resource | null> {
    return orNull(this.api.get<Resource>(`${draftPath(name)}/base`));
  }

  /** @param over ETag of the draft that it replaces; null for the first */
  async save(
    name: string,
    document: Resource,
    over: string | null,
    isLeaving: boolean,
  ): Promise<{ etag: string; faults: readonly DraftFault[] }> {
    const when = over === null ? { ifNone: true } : { ifMatch: quoted(over) };
    const { value, etag } = await this.api.put<{ faults: readonly DraftFault[] }>(draftPath(name), document, {
      ...when,
      isLeaving,
    });
    return { etag: unquoted(etag), faults: value.faults };
  }

  async remove(name: string, etag: string): Promise<void> {
    await this.api.delete(draftPath(name), quoted(etag));
  }
}

async function orNull<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (thrown) {
    if (thrown instanceof ApiProblem && thrown.status === 404) return null;
    throw thrown;
  }
}

/** Reads all drafts; a document is fetched again only when it was changed. */
export class DraftReader {
  private answer: { drafts: readonly DraftAnswer[] } | null = null;
  private known: ReadonlyMap<string, StoredDraft> = new Map();

  constructor(private readonly api: ApiClient) {}

  /** By name. While nothing has changed, the very same map. */
  async read(): Promise<ReadonlyMap<string, StoredDraft>> {
    const answer = await this.api.get<{ drafts: readonly DraftAnswer[] }>('/api/drafts');
    if (answer === this.answer) return this.known;
    const drafts = await Promise.all(answer.drafts.map((draft) => this.withDocument(draft)));
    this.answer = answer;
    this.known = new Map(drafts.flatMap((draft) => (draft === null ? [] : [[draft.resource, draft] as const])));
    return this.known;
  }

  private async withDocument(draft: DraftAnswer): Promise<StoredDraft | null> {
    const known = this.known.get(draft.resource);
    if (known?.etag === draft.etag) return { ...draft, document: known.document };
    const read = await orNull(this.api.getTagged<Resource>(draftPath(draft.resource)));
    return read && { ...draft, document: read.value, etag: unquoted(read.etag) };
  }
}

/** A document as plain JSON, for what works on any. */
export const asJson = (document: Resource): Json => document as unknown as Json;
