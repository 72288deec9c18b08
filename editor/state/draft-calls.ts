import type { Difference } from '../../engine/document/difference.ts';
import { folders } from '../../engine/document/layout.ts';
import type { Fault, Json, Resource, ResourceKind } from '../../engine/document/types.ts';
import type { ApiClient } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import { readableOrNull, whyUnreadable } from './readable.ts';

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
    // The lists say what is there; asking for what is not there would be a failed call.
    const { drafts } = await this.api.get<{ drafts: readonly DraftAnswer[] }>('/api/drafts');
    const isDraft = drafts.some(({ resource }) => resource === name);
    const draft = isDraft ? await orNull(this.api.getTagged<Resource>(draftPath(name))) : null;
    // One that cannot be shown is written over by the next edit of what is live.
    if (draft !== null)
      return { document: readableOrNull(draft.value) ?? (await this.readLive(name)), etag: unquoted(draft.etag) };
    return { document: await this.readLive(name), etag: null };
  }

  async readLive(name: string): Promise<Resource | null> {
    const { kind, id } = partsOfName(name);
    const resources = await this.api.get<readonly Resource[]>(`/api/${folders[kind]}`);
    return resources.find((one) => one.id === id) ?? null;
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
  private readonly reasons = new Map<string, string>();
  /** Drafts that cannot be shown, with the reason, by name; while none is added or gone, the very same map. */
  unreadable: ReadonlyMap<string, string> = new Map();

  constructor(private readonly api: ApiClient) {}

  /** By name. While nothing has changed, the very same map. */
  async read(): Promise<ReadonlyMap<string, StoredDraft>> {
    const answer = await this.api.get<{ drafts: readonly DraftAnswer[] }>('/api/drafts');
    if (answer === this.answer) return this.known;
    const drafts = await Promise.all(answer.drafts.map((draft) => this.withDocument(draft)));
    this.answer = answer;
    const names = new Set(answer.drafts.map(({ resource }) => resource));
    for (const name of this.reasons.keys()) if (!names.has(name)) this.reasons.delete(name);
    const isSame =
      this.reasons.size === this.unreadable.size && [...this.reasons.keys()].every((name) => this.unreadable.has(name));
    if (!isSame) this.unreadable = new Map(this.reasons);
    this.known = new Map(drafts.flatMap((draft) => (draft === null ? [] : [[draft.resource, draft] as const])));
    return this.known;
  }

  private async withDocument(draft: DraftAnswer): Promise<StoredDraft | null> {
    const known = this.known.get(draft.resource);
    if (known?.etag === draft.etag) return { ...draft, document: known.document };
    const read = await orNull(this.api.getTagged<Resource>(draftPath(draft.resource)));
    const why = read && whyUnreadable(read.value);
    if (why !== null) this.reasons.set(draft.resource, why);
    else this.reasons.delete(draft.resource);
    return read && why === null ? { ...draft, document: read.value, etag: unquoted(read.etag) } : null;
  }
}

/** A document as plain JSON, for what works on any. */
export const asJson = (document: Resource): Json => document as unknown as Json;
