import { existsSync, readdirSync, readFileSync, statSync, unlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJsonBytes } from '../../document/json-text.ts';
import type { Fault, Json } from '../../document/types.ts';
import { nextTurn, overdue } from '../../run/turn.ts';
import { reasonOf, writeFileAtomically } from '../atomic-file.ts';
import { DataFolderFault } from '../data-folder.ts';
import { setAside } from '../kept-copies.ts';
import { type FileChanges, type Journal, replaceFiles } from './replace-files.ts';
import { fileOfChange, fileText, type Revision, revisionIn } from './revision.ts';

const folder = 'history';
const pendingFile = `${folder}/.pending.json`;

/** So many revisions and bytes are kept; the oldest go first. */
const mostRevisions = 1000;
const mostBytes = 256 * 1024 * 1024;

/** Part of a revision's content that its author gives. */
export type NewRevision = Omit<Revision, 'revision' | 'time'>;

/**
 * Every change of the project, one file each under `history/`. The file of a change under way is written before the
 * documents and moved to its place after them: a crash in between is completed by `recover`.
 */
export class History {
  private last: number;
  /** What is wrong with the folder, if anything is. */
  fault: Fault | null = null;

  private constructor(private readonly dataDir: string) {
    this.last = this.numbers().at(-1) ?? 0;
  }

  /**
   * Opens the history of a data folder and completes the change that a crash interrupted, before anybody reads the
   * documents.
   * @throws DataFolderFault when that fails
   */
  static async open(dataDir: string): Promise<History> {
    const history = new History(dataDir);
    await history.recover();
    return history;
  }

  /** The newest revision's number; 0 before the first. */
  get newest(): number {
    return this.last;
  }

  /**
   * Writes files and their revision in one step.
   * @throws FileFailure; nothing is changed then
   */
  async commit(next: NewRevision, files: FileChanges): Promise<Revision> {
    const revision = this.number(next);
    await replaceFiles(this.dataDir, files, { journal: this.journalOf(revision) });
    this.done(revision);
    return revision;
  }

  /** Notes a change that is already on disk. */
  async note(next: NewRevision): Promise<Revision> {
    const revision = this.number(next);
    const { file, content } = this.journalOf(revision);
    await writeFileAtomically(join(this.dataDir, file), content);
    this.done(revision);
    return revision;
  }

  /** Revisions, newest first, as they are asked for. `before` is a number; those from it on are left out. */
  async *newestFirst({ before = Number.POSITIVE_INFINITY, resource }: ListOptions = {}): AsyncGenerator<Revision> {
    for (const number of this.numbers().toReversed()) {
      if (number >= before) continue;
      // A large revision takes some time to read; whoever asks for many must not keep others waiting.
      if (overdue(performance.now())) await nextTurn();
      const revision = await this.read(number, resource);
      if (revision === undefined) continue;
      if (resource === undefined || revision.changes.some((change) => change.resource === resource)) yield revision;
    }
  }

  /**
   * One revision; undefined when there is none of that number, no longer, or it is damaged. With `resource` also when the
   * text shows, before it is read as JSON, that it did not change that.
   */
  async read(number: number, resource?: string): Promise<Revision | undefined> {
    try {
      const bytes = await readFile(join(this.dataDir, fileOf(number)));
      if (resource !== undefined && !bytes.includes(JSON.stringify(resource))) return undefined;
      const revision = revisionIn(JSON.parse(bytes.toString('utf8')));
      return revision?.revision === number ? revision : undefined;
    } catch {
      // Gone, or damaged by somebody: either way nothing to go back to.
      return undefined;
    }
  }

  /**
   * What has to be put back to have the project as it was right after a revision: by name, null for what was not there
   * then. Instead, the number of the revision that keeps one from going back so far: there is no record of it.
   */
  async stateAfter(number: number): Promise<StateOrGap> {
    const state = new Map<string, Json>();
    for (let current = this.last; current > number; current--) {
      if (overdue(performance.now())) await nextTurn();
      const revision = await this.read(current);
      if (revision === undefined) return { missing: current };
      for (const { resource, before } of revision.changes) state.set(resource, before);
    }
    return { state };
  }

  private number(next: NewRevision): Revision {
    return { revision: this.last + 1, time: new Date().toISOString(), ...next };
  }

  private journalOf(revision: Revision): Journal {
    return { content: `${JSON.stringify(revision)}\n`, pending: pendingFile, file: fileOf(revision.revision) };
  }

  private done({ revision }: Revision): void {
    this.last = revision;
    this.forgetOldest();
  }

  private async recover(): Promise<void> {
    const path = join(this.dataDir, pendingFile);
    if (!existsSync(path)) return;
    const revision = readPending(path);
    // One of an older number was done or taken back, and others came after it.
    if (revision === undefined || revision.revision <= this.last) {
      const message = `The record of a change that was interrupted is ${revision ? 'out of date' : 'damaged'}; ${this.movePendingAway()}. The documents are as the change left them.`;
      this.fault = { file: pendingFile, pointer: '', message, severity: 'warning' };
      return;
    }
    const files = new Map<string, string | null>();
    for (const { resource, after } of revision.changes) {
      const file = fileOfChange(resource);
      if (file !== undefined) files.set(file, fileText(after));
    }
    await replaceFiles(this.dataDir, files, { journal: this.journalOf(revision) }).catch((thrown: Error) => {
      throw new DataFolderFault(
        `The change of ${revision.time} by ${revision.user}, which was interrupted, could not be completed: ${thrown.message} Then start again.`,
      );
    });
    this.last = revision.revision;
  }

  private movePendingAway(): string {
    try {
      const copy = setAside(this.dataDir, pendingFile);
      unlinkSync(join(this.dataDir, pendingFile));
      return `it was moved to ${copy}`;
    } catch (thrown) {
      return `it could not be moved away and is left as it is. ${reasonOf(thrown).reason}`;
    }
  }

  private numbers(): number[] {
    try {
      return readdirSync(join(this.dataDir, folder))
        .flatMap((name) => (/^\d{8,16}\.json$/.test(name) ? [Number.parseInt(name, 10)] : []))
        .filter((number) => number >= 1 && Number.isSafeInteger(number))
        .sort((a, b) => a - b);
    } catch {
      // No folder yet: nothing has happened.
      return [];
    }
  }

  private forgetOldest(): void {
    const numbers = this.numbers();
    const sizes = numbers.map(
      (number) => statSync(join(this.dataDir, fileOf(number)), { throwIfNoEntry: false })?.size,
    );
    let bytes = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
    for (const [index, number] of numbers.entries()) {
      if (numbers.length - index <= mostRevisions && bytes <= mostBytes) return;
      // The newest stays whatever its size.
      if (index === numbers.length - 1) return;
      bytes -= sizes[index] ?? 0;
      try {
        unlinkSync(join(this.dataDir, fileOf(number)));
      } catch {
        // Somebody else removed it.
      }
    }
  }
}

/** undefined when the file is no revision. */
function readPending(path: string): Revision | undefined {
  try {
    return revisionIn(parseJsonBytes(readFileSync(path)).value);
  } catch {
    // A folder, or not to be read.
    return undefined;
  }
}

type StateOrGap = { state: Map<string, Json>; missing?: never } | { state?: never; missing: number };

export interface ListOptions {
  before?: number | undefined;
  /** Only revisions that changed it. */
  resource?: string | undefined;
}

const fileOf = (number: number): string => `${folder}/${String(number).padStart(8, '0')}.json`;
