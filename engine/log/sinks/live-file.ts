import { Buffer } from 'node:buffer';
import { link } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { liveName, parseName } from '../file-names.ts';
import type { LogFile } from '../record.ts';
import { localDate } from '../timestamp.ts';
import { Flusher } from './flusher.ts';
import { isSame, look, type OpenFile, openLogFile, readFrom } from './open-file.ts';

/** What goes wrong with the disk or the process and passes: the same write is tried again. Anything else concerns the folder. */
const passing = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EBUSY']);
const retryMs = 200;
/** What was written into a file after it was removed is written again, up to so many bytes. */
const longestRescue = 64 * 1024 * 1024;
const newline = 10;

export interface LiveFileOptions {
  dir: string;
  file: LogFile;
  /** A file of today that has at most so many bytes is gone on with when the process starts. */
  continueBelow: number;
  /** So many bytes of what was handed in are dealt with. */
  settled(bytes: number): void;
  /** Lines that cannot be written where they belong. */
  lastResort(lines: Buffer): void;
  /** Another file is being written now. */
  changed(): void;
  /** The file was moved or removed by somebody else and has been made again. */
  replaced(how: 'moved' | 'removed'): void;
  /** Writing began to fail; called once until it works again. */
  failed(reason: string, kept: boolean): void;
  recovered(): void;
}

/** Functions that fs.createWriteStream calls instead of its own. Descriptors are numbers of streams, not of files. */
export interface StreamFunctions {
  open(path: string, flags: string, mode: number, callback: (error: null, stream: number) => void): void;
  write(
    stream: number,
    bytes: Buffer,
    offset: number,
    length: number,
    position: number | null,
    callback: (error: null, written: number) => void,
  ): void;
  close(stream: number, callback: (error: null) => void): void;
}

/**
 * One log on disk, as the streams of the rotating transport see it: every open, write and close works, some later than
 * others. The transport decides when a new file begins; which file that is, and what happens when the disk is full, the
 * folder gone or the file moved, is decided here.
 */
export class LiveFile {
  lastError: string | null = null;
  failing = false;
  private current: OpenFile | null = null;
  /** The name to go on with after a failure; a stream's first file is another one. */
  private continued: string | null = null;
  private begun = false;
  private date = localDate(new Date());
  private failedAt = 0;
  private lastKind: 'passing' | 'folder' = 'passing';
  private received = 0;
  private clearedUntil = 0;
  private urgentUntil = 0;
  /** Bytes of the current file that were there when both its names last were. */
  private safe = 0;
  private readonly flusher = new Flusher(async () => {
    await this.current?.handle.datasync().catch((thrown: NodeJS.ErrnoException) => {
      this.lastError = thrown.message;
    });
  });
  private closing = false;
  private lastStream = 0;
  private readonly ends = new Map<number, () => void>();
  private previousEnd: Promise<void> = Promise.resolve();
  private tail: Promise<unknown> = Promise.resolve();
  /** Files that are done with and not on the disk yet. */
  private readonly leaving = new Set<Promise<void>>();

  constructor(private readonly options: LiveFileOptions) {
    this.opened = new Promise((resolve) => {
      this.tellOpened = resolve;
    });
  }

  /** Resolves after the first attempt to open the file. */
  readonly opened: Promise<void>;
  private tellOpened: () => void = () => {};

  /** Resolves when every stream that was opened has been closed, and every file is on the disk. */
  async ended(): Promise<void> {
    while (this.ends.size > 0) await this.previousEnd;
    await Promise.all(this.leaving);
  }

  get bytes(): number {
    return this.current?.size ?? 0;
  }

  /** The name that nobody else may touch; undefined while the next file is not chosen. */
  get inUse(): string | undefined {
    return this.current?.name ?? this.continued ?? undefined;
  }

  readonly functions: StreamFunctions = {
    open: (path, _flags, _mode, callback) => {
      const stream = ++this.lastStream;
      const previous = this.previousEnd;
      this.previousEnd = new Promise((resolve) => this.ends.set(stream, resolve));
      void previous
        .then(() => this.inOrder(() => this.begin(path)))
        .then(() => {
          this.tellOpened();
          callback(null, stream);
        });
    },
    write: (_stream, bytes, offset, length, _position, callback) => {
      void this.put(bytes.subarray(offset, offset + length)).then(() => {
        this.options.settled(length);
        callback(null, length);
      });
    },
    close: (stream, callback) => {
      void this.inOrder(async () => this.leave()).then(() => {
        this.ends.get(stream)?.();
        this.ends.delete(stream);
        callback(null);
      });
    },
  };

  /** Resolves when what was settled is on the disk, or the disk has failed. */
  async sync(): Promise<void> {
    await Promise.all([this.flusher.now(), ...this.leaving]);
  }

  /** Says that the bytes handed in up to here hold an error: they go to the disk as soon as they are written. */
  urgent(until: number): void {
    this.urgentUntil = until;
  }

  /** Looks whether the file is still where it belongs, and makes it again if not; tries to open it if it is not open. */
  async check(): Promise<void> {
    await this.inOrder(async () => {
      if (this.ends.size === 0 || this.closing) return;
      try {
        if (this.current !== null) await this.verify(this.current);
        else if (performance.now() - this.failedAt >= retryMs) await this.openNext();
      } catch (thrown) {
        await this.fail(thrown);
      }
    });
  }

  /** Empties the file. Of what was handed in, nothing up to `until` is written any more. */
  async clear(until: number): Promise<void> {
    this.clearedUntil = until;
    await this.inOrder(async () => {
      if (this.current === null) return;
      await this.current.handle.truncate(0);
      this.current.size = 0;
      this.safe = 0;
      this.flusher.wrote();
    });
    await this.sync();
  }

  /** From now on nothing is waited for: what cannot be written goes to the last resort. */
  giveUp(): void {
    this.closing = true;
  }

  private inOrder<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.tail.then(operation);
    this.tail = result.catch(() => {});
    return result;
  }

  private async begin(path: string): Promise<void> {
    this.date = parseName(basename(path))?.date ?? localDate(new Date());
    if (this.current !== null && parseName(this.current.name)?.date === this.date) return;
    this.leave();
    try {
      await this.openNext();
    } catch (thrown) {
      await this.fail(thrown);
    }
  }

  private async openNext(): Promise<void> {
    const { dir, file, continueBelow } = this.options;
    const opened = await openLogFile(dir, file, this.date, (name, bytes) =>
      this.begun ? name === this.continued : bytes <= continueBelow,
    );
    this.current = opened;
    this.continued = opened.name;
    this.begun = true;
    this.safe = opened.size;
    // On a full disk a file can be made and not be written.
    if (this.lastKind === 'folder') this.succeed();
    this.options.changed();
  }

  /** Leaves the current file for good. */
  private leave(): void {
    this.release();
    this.continued = null;
  }

  private release(): void {
    const { current } = this;
    if (current === null) return;
    this.current = null;
    // What comes next does not wait until the disk has taken this file.
    const left = this.finish(current).finally(() => this.leaving.delete(left));
    this.leaving.add(left);
  }

  private async finish({ handle }: OpenFile): Promise<void> {
    await handle.datasync().catch((thrown: Error) => {
      this.lastError = thrown.message;
    });
    await handle.close().catch(() => {});
  }

  private async put(bytes: Buffer): Promise<void> {
    this.received += bytes.length;
    const end = this.received;
    const state = { done: 0, file: null as OpenFile | null };
    while (state.done < bytes.length && end > this.clearedUntil) {
      const trouble = await this.inOrder(() => this.attempt(bytes, state));
      if (trouble === null) break;
      if (this.closing || trouble === 'folder') {
        this.options.lastResort(bytes.subarray(lineStart(bytes, state.done)));
        break;
      }
      await delay(retryMs);
    }
    if (end >= this.urgentUntil && this.urgentUntil > 0) {
      this.urgentUntil = 0;
      void this.sync();
    }
  }

  private async attempt(
    bytes: Buffer,
    state: { done: number; file: OpenFile | null },
  ): Promise<'passing' | 'folder' | null> {
    try {
      if (this.current === null) {
        // While the folder cannot be used it is not asked for every batch.
        if (this.failing && performance.now() - this.failedAt < retryMs) return this.lastKind;
        await this.openNext();
      }
      const file = this.current as unknown as OpenFile;
      // Half a line in the file that was left is no line; all of it goes into the next one.
      if (state.file !== null && state.file !== file) state.done = lineStart(bytes, state.done);
      state.file = file;
      while (state.done < bytes.length) {
        const { bytesWritten } = await file.handle.write(bytes, state.done, bytes.length - state.done, null);
        state.done += bytesWritten;
        file.size += bytesWritten;
        this.flusher.wrote();
      }
      this.succeed();
      return null;
    } catch (thrown) {
      return await this.fail(thrown);
    }
  }

  private async fail(thrown: unknown): Promise<'passing' | 'folder'> {
    const { code = '', message = String(thrown) } = thrown as NodeJS.ErrnoException;
    this.lastKind = passing.has(code) ? 'passing' : 'folder';
    this.lastError = message;
    this.failedAt = performance.now();
    // What is opened again is looked at again: its last line may have been cut off.
    if (this.lastKind === 'folder') this.release();
    if (!this.failing) {
      this.failing = true;
      this.options.failed(message, this.lastKind === 'passing');
    }
    return this.lastKind;
  }

  private succeed(): void {
    if (!this.failing) return;
    this.failing = false;
    this.options.recovered();
  }

  private async verify(current: OpenFile): Promise<void> {
    const { dir, file } = this.options;
    const dated = join(dir, current.name);
    const liveIsOurs = isSame(await look(join(dir, liveName(file)), true), current);
    const datedIsOurs = isSame(await look(dated), current);
    if (liveIsOurs && datedIsOurs) {
      this.safe = current.size;
      return;
    }
    // Only its dated name is gone.
    if (liveIsOurs && (await link(join(dir, liveName(file)), dated).then(yes, no))) return;
    const { nlink, size } = await current.handle.stat();
    const mayRescue = nlink === 0 && size > this.safe && size - this.safe <= longestRescue;
    const rescued = mayRescue ? await readFrom(current.handle, this.safe, size) : Buffer.alloc(0);
    // Half a line at its end is being written just now, and will be written again.
    const whole = rescued.subarray(0, rescued.lastIndexOf(newline) + 1);
    this.leave();
    this.date = localDate(new Date());
    try {
      await this.openNext();
      const next = this.current as unknown as OpenFile;
      await next.handle.appendFile(whole);
      next.size += whole.length;
      this.flusher.wrote();
    } catch (thrown) {
      this.options.lastResort(whole);
      throw thrown;
    }
    this.options.replaced(nlink === 0 ? 'removed' : 'moved');
  }
}

const yes = (): boolean => true;
const no = (): boolean => false;
/** Where the line begins that a position lies in. */
const lineStart = (bytes: Buffer, position: number): number =>
  position === 0 ? 0 : bytes.lastIndexOf(newline, position - 1) + 1;
