import { lstatSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { found, quote } from '../../document/found.ts';
import { parseJsonBytes } from '../../document/json-text.ts';
import { isObject } from '../../document/shape.ts';
import type { Fault } from '../../document/types.ts';
import { FileFailure, writeFileAtomically } from '../atomic-file.ts';
import { ControlFault } from '../control.ts';
import { readBytes } from '../document-file.ts';
import { setAside } from '../kept-copies.ts';

export interface EntryFileParts<T> {
  /** What the entries are called: `users` lie in `users.json` under the key `users`. */
  name: string;
  isEntry(value: unknown): value is T;
  /**
   * What becomes of a damaged file, beside a copy in `.set-aside/`: `stay` where its absence would mean something else,
   * `leave` where it makes room for a new one.
   */
  damaged: 'stay' | 'leave';
  /** What a damaged file means for people, in a sentence. */
  consequence: string;
}

/** A list of entries in a file of its own in the data folder, mode 0600, written in one step. */
export class EntryFile<T> {
  private writing: Promise<void> = Promise.resolve();
  private readonly file: string;

  constructor(
    private readonly dataDir: string,
    private readonly parts: EntryFileParts<T>,
  ) {
    this.file = `${parts.name}.json`;
  }

  /** The entries; null when there is a file and it cannot be used, which is reported. */
  read(report: (fault: Fault) => void): T[] | null {
    const path = join(this.dataDir, this.file);
    // A link that leads nowhere is a file that cannot be read, such as on a volume that is not mounted.
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return [];
    const { entries, problem } = this.parse(path);
    if (problem === undefined) return entries;
    const message = `${problem} ${this.putAside(path)} ${this.parts.consequence}`;
    report({ file: this.file, pointer: '', message, severity: 'error' });
    return null;
  }

  /**
   * Stores the entries; on disk when it resolves, and after whatever was stored before.
   * @throws ControlFault 500 or 507; then the file is as it was
   */
  write(entries: readonly T[]): Promise<void> {
    const content = `${JSON.stringify({ schema: 1, [this.parts.name]: entries }, null, 2)}\n`;
    const written = this.writing.then(() => writeFileAtomically(join(this.dataDir, this.file), content));
    this.writing = written.catch(() => {});
    return written.catch((thrown: unknown) => {
      throw thrown instanceof FileFailure ? new ControlFault(thrown.status, thrown.message) : thrown;
    });
  }

  private parse(path: string): { entries: T[]; problem?: never } | { problem: string; entries?: never } {
    const { bytes, problem } = readBytes(path);
    if (bytes === undefined) return { problem: `The file ${problem}` };
    const parsed = parseJsonBytes(bytes);
    if (parsed.fault !== undefined)
      return { problem: `Line ${parsed.fault.line}, column ${parsed.fault.column}: ${parsed.fault.message}.` };
    const { value } = parsed;
    const { name, isEntry } = this.parts;
    if (!isObject(value)) return { problem: `The file must hold an object, found ${found(value)}.` };
    if (value.schema !== 1) return { problem: `"schema" must be 1, found ${found(value.schema)}.` };
    const list: unknown = value[name];
    if (!Array.isArray(list)) return { problem: `${quote(name)} must be an array, found ${found(list)}.` };
    if (list.length === 0 && this.parts.damaged === 'stay')
      return { problem: `${quote(name)} holds nobody, which Sluice never writes.` };
    const entries: T[] = [];
    for (const [index, entry] of list.entries()) {
      if (!isEntry(entry)) return { problem: `Item ${index + 1} of ${quote(name)} is not as Sluice writes it.` };
      entries.push(entry);
    }
    return { entries };
  }

  private putAside(path: string): string {
    try {
      const copy = setAside(this.dataDir, this.file);
      if (this.parts.damaged === 'stay') return `A copy is in ${copy}.`;
      unlinkSync(path);
      return `The file was moved to ${copy}.`;
    } catch {
      return 'The file is left as it is.';
    }
  }
}

export const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export const isTime = (value: unknown): value is string => isText(value) && !Number.isNaN(Date.parse(value));
