import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashJson } from '../../document/hash.ts';
import { parseJsonBytes } from '../../document/json-text.ts';
import { fileOf, folders, resourceKinds } from '../../document/layout.ts';
import { isObject } from '../../document/shape.ts';
import type { Json, ResourceKind } from '../../document/types.ts';
import { replaceFiles } from './replace-files.ts';
import { fileText, nameOf } from './revision.ts';

const folder = 'drafts';
const originsFile = `${folder}/.origins.json`;

/** What a draft was made from, when and by whom. */
export interface DraftOrigin {
  /** ETag of the live document it began with; null when there was none. undefined when nobody knows: the file was put there by hand. */
  base: string | null | undefined;
  /** RFC 3339; null when nobody knows. */
  time: string | null;
  user: string | null;
}

export interface Draft extends DraftOrigin {
  readonly kind: ResourceKind;
  readonly id: string;
  /** Whatever was saved: it need not be in order yet. */
  readonly document: Json;
  readonly etag: string;
}

/** Documents that are being edited, under `drafts/` in the folders and names of the live ones. */
export class Drafts {
  private readonly drafts = new Map<string, Draft>();

  constructor(private readonly dataDir: string) {
    const origins = readOrigins(dataDir);
    for (const kind of resourceKinds) {
      for (const id of idsIn(join(dataDir, folder, folders[kind]))) {
        const document = readDraft(join(dataDir, folder, fileOf(kind, id)));
        if (document === undefined) continue;
        const origin = origins[nameOf(kind, id)] ?? { base: undefined, time: null, user: null };
        this.keep({ kind, id, document, etag: hashJson(document), ...origin });
      }
    }
  }

  get(name: string): Draft | undefined {
    return this.drafts.get(name);
  }

  /** By name. */
  list(): Draft[] {
    return [...this.drafts.values()].sort((a, b) => (nameOf(a.kind, a.id) < nameOf(b.kind, b.id) ? -1 : 1));
  }

  /**
   * Keeps a draft; on disk when it resolves.
   * @throws FileFailure
   */
  async put(kind: ResourceKind, id: string, document: Json, origin: DraftOrigin): Promise<Draft> {
    const draft: Draft = { kind, id, document, etag: hashJson(document), ...origin };
    const origins = { ...this.origins(), [nameOf(kind, id)]: origin };
    mkdirSync(join(this.dataDir, folder, folders[kind]), { recursive: true, mode: 0o700 });
    await replaceFiles(
      this.dataDir,
      new Map([
        [`${folder}/${fileOf(kind, id)}`, fileText(document)],
        [originsFile, fileText(origins as unknown as Json)],
      ]),
      { copies: false },
    );
    this.keep(draft);
    return draft;
  }

  /**
   * Removes drafts, as when they were deployed or given up.
   * @throws FileFailure
   */
  async remove(names: readonly string[]): Promise<void> {
    const gone = names.flatMap((name) => this.drafts.get(name) ?? []);
    if (gone.length === 0) return;
    const origins = this.origins();
    for (const { kind, id } of gone) delete origins[nameOf(kind, id)];
    const files = new Map<string, string | null>(gone.map(({ kind, id }) => [`${folder}/${fileOf(kind, id)}`, null]));
    await replaceFiles(this.dataDir, files.set(originsFile, fileText(origins as unknown as Json)), {
      copies: false,
    });
    for (const { kind, id } of gone) this.drafts.delete(nameOf(kind, id));
  }

  private keep(draft: Draft): void {
    this.drafts.set(nameOf(draft.kind, draft.id), draft);
  }

  private origins(): { [name: string]: DraftOrigin } {
    return Object.fromEntries(
      [...this.drafts].map(([name, { base, time, user }]) => [name, { base, time, user } as DraftOrigin]),
    );
  }
}

function idsIn(path: string): string[] {
  try {
    return readdirSync(path)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .map((name) => name.slice(0, -'.json'.length));
  } catch {
    // No draft of this kind was ever made.
    return [];
  }
}

function readDraft(path: string): Json | undefined {
  try {
    const parsed = parseJsonBytes(readFileSync(path));
    return parsed.fault === undefined ? parsed.value : undefined;
  } catch {
    // Not to be read: it stays where it is, for whoever put it there.
    return undefined;
  }
}

function readOrigins(dataDir: string): { [name: string]: DraftOrigin } {
  try {
    const origins: unknown = JSON.parse(readFileSync(join(dataDir, originsFile), 'utf8'));
    return isObject(origins) ? (origins as { [name: string]: DraftOrigin }) : {};
  } catch {
    // Without it, drafts are taken for hand-made ones.
    return {};
  }
}
