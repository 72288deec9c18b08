import { existsSync, linkSync, renameSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { currentSchema, isNewer } from '../../document/upgrade.ts';
import { nextTurn, overdue } from '../../run/turn.ts';
import {
  FileFailure,
  flushFolder,
  reasonOf,
  replaceFileSync,
  temporaryName,
  writeFileAtomically,
  writeFlushed,
} from '../atomic-file.ts';
import { readBytes } from '../document-file.ts';
import { forgetGood, lastGood, rememberGood, setAside, setFormerAside } from '../kept-copies.ts';
import { digestOf, noteDigest } from '../known-contents.ts';
import { variablesFile } from '../state-files.ts';

/** New contents of files by name relative to the data folder; null removes the file. */
export type FileChanges = ReadonlyMap<string, string | null>;

/** What makes a change of several files one step: the record of it is written first and moved to its place last. */
export interface Journal {
  readonly content: string;
  /** Where the record lies while the change is under way, and when it is done; relative to the data folder. */
  readonly pending: string;
  readonly file: string;
}

export interface ReplaceOptions {
  journal?: Journal;
  /** Whether copies are kept as of documents in force: the last good version, and whatever else had to make way. */
  copies?: boolean;
}

/** So many files are written and flushed at once: flushing one by one takes a disk's latency for each. */
const filesAtOnce = 16;

/**
 * Replaces files in one step, mode 0600, and on disk when it resolves. Every new content is on disk before the first file is
 * touched, so that a full disk changes nothing; a failing step takes back what was done. After a crash each file is as it
 * was or as it is, and with a journal the record says which change was under way, to be completed by whoever starts next.
 * A file that was never in force (damaged, or edited meanwhile, even while this runs) is copied to `.set-aside/` before it
 * goes. Thousands of files do not keep the process from answering.
 * @throws FileFailure when a file cannot be written, or is of a newer Sluice; everything is as it was then
 */
export function replaceFiles(dataDir: string, changes: FileChanges, options: ReplaceOptions = {}): Promise<void> {
  // One change of a folder at a time: which content was kept aside must not depend on luck.
  const result = (turns.get(dataDir) ?? Promise.resolve()).then(() => replace(dataDir, changes, options));
  const settled = result.catch(() => {});
  turns.set(dataDir, settled);
  void settled.then(() => {
    if (turns.get(dataDir) === settled) turns.delete(dataDir);
  });
  return result;
}

const turns = new Map<string, Promise<void>>();

async function replace(dataDir: string, changes: FileChanges, { journal, copies = true }: ReplaceOptions) {
  const { default: fs } = await import('fs-extra');
  const steps = [...changes].map(([file, content]) => new Replacement(dataDir, file, content));
  const pending = journal && join(dataDir, journal.pending);
  try {
    if (copies) await inTurns(steps, (step) => step.makeWay());
    await sideBySide(steps, (step) => step.stage());
    if (journal && pending) await writeFileAtomically(pending, journal.content);
    await inTurns(steps, (step) => step.commit(copies));
    if (copies) await inTurns(steps, (step) => step.keepEdits());
    for (const folder of new Set(steps.map(({ path }) => dirname(path)))) await flushFolder(folder);
    if (journal && pending) {
      await fs.rename(pending, join(dataDir, journal.file));
      await flushFolder(dirname(join(dataDir, journal.file)));
    }
  } catch (thrown) {
    for (const step of steps.toReversed()) await step.takeBack();
    if (pending) await fs.unlink(pending).catch(() => {});
    if (thrown instanceof FileFailure) throw thrown;
    const { code, reason } = reasonOf(thrown);
    const names = [...changes.keys()];
    const what = names.length === 1 ? names[0] : `The change of ${names.length} files`;
    throw new FileFailure(`${what} could not be saved; what was there before is untouched. ${reason}`, code);
  } finally {
    await sideBySide(steps, (step) => step.cleanUp());
  }
  if (copies) await inTurns(steps, (step) => step.remember());
}

/** One after the other, giving way to whatever else this process has to do. */
async function inTurns<T>(items: readonly T[], act: (item: T) => void | Promise<void>): Promise<void> {
  for (const item of items) {
    if (overdue(performance.now())) await nextTurn();
    await act(item);
  }
}

/** Several at once. Rejects with the first failure, when nothing is under way any more. */
async function sideBySide<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      try {
        await act(items[next++] as T);
      } catch (thrown) {
        next = items.length;
        throw thrown;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(filesAtOnce, items.length) }, lane));
  for (const result of lanes) if (result.status === 'rejected') throw result.reason;
}

/** One file on its way from its old content to the new one. */
class Replacement {
  readonly path: string;
  private readonly fresh: string;
  /** A second name of the old file: to take it back by a rename needs no space. */
  private readonly former: string;
  private before: Buffer | undefined;
  private isReplaced = false;
  private digest: string | undefined;

  constructor(
    private readonly dataDir: string,
    private readonly file: string,
    private readonly content: string | null,
  ) {
    this.path = join(dataDir, file);
    this.fresh = temporaryName(this.path);
    this.former = temporaryName(this.path);
  }

  // What is about to be replaced must be known elsewhere: as the last good version, or as a copy.
  makeWay(): void {
    if (!existsSync(this.path)) return;
    const { bytes } = readBytes(this.path);
    if (bytes === undefined) return;
    this.before = bytes;
    // The names in that file are the users' own; one may be called schema.
    if (this.file !== variablesFile) refuseNewer(this.file, bytes);
    if (bytes.toString('utf8') === this.content || lastGood(this.dataDir, this.file)?.equals(bytes)) return;
    this.orRefuse(() => setAside(this.dataDir, this.file));
  }

  private orRefuse(keep: () => void): void {
    try {
      keep();
    } catch (thrown) {
      const { code, reason } = reasonOf(thrown);
      throw new FileFailure(
        `${this.file} was not saved, since the file in its place could not be copied out of the way. ${reason}`,
        code,
      );
    }
  }

  async stage(): Promise<void> {
    if (this.content !== null) await writeFlushed(this.fresh, this.content);
  }

  async commit(copies: boolean): Promise<void> {
    this.digest = noteDigest(this.path, this.content === null ? undefined : digestOf(this.content));
    try {
      await this.putInPlace(copies);
      this.isReplaced = true;
    } catch (thrown) {
      noteDigest(this.path, this.digest);
      throw thrown;
    }
  }

  private async putInPlace(copies: boolean): Promise<void> {
    // Without a pause up to the rename: what another program puts in this place in between is gone.
    try {
      linkSync(this.path, this.former);
    } catch {
      // Nothing is there, or the file system has no second names; the content in memory has to do then.
      if (copies) this.keepEdits(this.path);
    }
    try {
      if (this.content !== null) renameSync(this.fresh, this.path);
      else unlinkSync(this.path);
    } catch {
      const { default: fs } = await import('fs-extra');
      // On Windows, where another program may hold the file for a moment, this tries again for a while.
      if (this.content !== null) await fs.rename(this.fresh, this.path);
      else await fs.unlink(this.path).catch(unlessGone);
    }
  }

  /** What another program wrote after `makeWay` looked would be replaced unseen: a copy is kept. */
  keepEdits(source: string = this.former): void {
    const { bytes } = readBytes(source);
    if (bytes === undefined || this.before?.equals(bytes) || bytes.toString('utf8') === this.content) return;
    this.orRefuse(() => setFormerAside(this.dataDir, this.file, source));
  }

  async takeBack(): Promise<void> {
    if (!this.isReplaced) return;
    const { default: fs } = await import('fs-extra');
    noteDigest(this.path, this.digest);
    try {
      if (existsSync(this.former)) await fs.rename(this.former, this.path);
      else if (this.before !== undefined) replaceFileSync(this.path, this.before);
      else await fs.unlink(this.path);
    } catch {
      // The disk is failing; the last good version is in `.last-good/`.
    }
  }

  async cleanUp(): Promise<void> {
    const { default: fs } = await import('fs-extra');
    await fs.unlink(this.fresh).catch(() => {});
    await fs.unlink(this.former).catch(() => {});
  }

  /** Should this fail, the next load catches up. */
  remember(): void {
    if (this.content === null) forgetGood(this.dataDir, this.file);
    else rememberGood(this.dataDir, this.file, this.content);
  }
}

const unlessGone = (thrown: NodeJS.ErrnoException): void => {
  if (thrown.code !== 'ENOENT') throw thrown;
};

function refuseNewer(file: string, bytes: Buffer): void {
  let schema: unknown;
  try {
    schema = (JSON.parse(bytes.toString('utf8')) as { schema?: unknown } | null)?.schema;
  } catch {
    return;
  }
  if (!isNewer(schema)) return;
  throw new FileFailure(
    `${file} has schema ${String(schema)}, this version knows up to ${currentSchema}. It was not written; use the Sluice that wrote it, or move the file away.`,
    'EPERM',
  );
}
