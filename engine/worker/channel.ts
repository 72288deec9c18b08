import type { Level } from '../document/types.ts';
import type { LogFile, LogRecord, RecordSink } from '../log/record.ts';
import type { RecordLines } from '../log/record-lines.ts';
import { encodeFrame } from '../wire/frames.ts';
import { type JournalEntry, type LevelCounts, noCounts } from '../wire/messages.ts';
import type { RecordPipe } from './record-pipe.ts';

/** A batch leaves after so many milliseconds or characters; after an error, or when the last one is long ago, at the end of the turn. */
const batchMs = 20;
const batchLength = 64 * 1024;
const mebibytes = 1024 * 1024;
/** Bytes that may wait for the control process: what matters less stops earlier, captures first and errors last. */
const roomForCaptures = 16 * mebibytes;
const roomFor: Readonly<Record<Level, number>> = {
  debug: 24 * mebibytes,
  info: 48 * mebibytes,
  warning: 56 * mebibytes,
  error: 64 * mebibytes,
};

class Batch {
  text = '';
  counts: LevelCounts = noCounts();

  add(line: string, { level }: LogRecord): void {
    this.text += `${line}\n`;
    this.counts[level]++;
  }
}

/** The worker's way out for records, captures and news of its runs: batches of finished lines in a pipe. Never blocks, never throws. */
export class Channel implements RecordSink {
  private user = new Batch();
  private usage = new Batch();
  /** Both once more as JSON, where the files have them in another form. */
  private stored = new Batch();
  private lines: RecordLines = { line: () => '', json: () => '', same: true };
  private captures: string[] = [];
  private capturesLength = 0;
  private journal = '';
  private timer: NodeJS.Timeout | null = null;
  private urgent = false;
  private flushedAt = 0;
  /** Records that found no room since the start, by level. */
  readonly dropped = noCounts();
  droppedCaptures = 0;

  constructor(private readonly pipe: RecordPipe) {}

  use(lines: RecordLines): void {
    // A batch is in one form only.
    this.flush();
    this.lines = lines;
  }

  write(file: LogFile, record: LogRecord): void {
    const { level } = record;
    if (this.backlog() > roomFor[level]) {
      this.dropped[level]++;
      return;
    }
    const { lines } = this;
    const batch = file === 'user' ? this.user : this.usage;
    batch.add(lines.line(record), record);
    if (!lines.same) this.stored.add(lines.json(record), record);
    if (batch.text.length > batchLength || this.stored.text.length > batchLength) this.flush();
    else if (level === 'error' || record.time - this.flushedAt > batchMs) this.soon();
    else this.timer ??= setTimeout(this.flush, batchMs);
  }

  /** A run that is to be stored: its head, those of the runs it called, and its spans, each as one line of JSON. */
  capture(lines: string): void {
    if (this.backlog() + this.capturesLength > roomForCaptures) {
      this.droppedCaptures++;
      return;
    }
    this.captures.push(lines);
    this.capturesLength += lines.length;
    if (this.capturesLength > batchLength) this.flush();
    else this.timer ??= setTimeout(this.flush, batchMs);
  }

  /** News of runs leave at the end of the turn: what they say must be known even if this process dies in the next one. */
  note(entry: JournalEntry): void {
    this.journal += `${JSON.stringify(entry)}\n`;
    this.soon();
  }

  /** Bytes that the control process has not taken. */
  backlog(): number {
    return this.pipe.length;
  }

  private soon(): void {
    if (this.urgent) return;
    this.urgent = true;
    setImmediate(this.flush);
  }

  readonly flush = (): void => {
    this.urgent = false;
    this.flushedAt = Date.now();
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.journal !== '') {
      this.pipe.push(encodeFrame('journal', this.journal));
      this.journal = '';
    }
    const { user, usage, stored } = this;
    if (user.text !== '') {
      this.pipe.push(encodeFrame(this.lines.same ? 'user+' : 'user', user.text, user.counts));
      this.user = new Batch();
    }
    if (usage.text !== '') {
      this.pipe.push(encodeFrame(this.lines.same ? 'usage+' : 'usage', usage.text, usage.counts));
      this.usage = new Batch();
    }
    if (stored.text !== '') {
      this.pipe.push(encodeFrame('store', stored.text, stored.counts));
      this.stored = new Batch();
    }
    for (const lines of this.captures) this.pipe.push(encodeFrame('capture', lines));
    this.captures = [];
    this.capturesLength = 0;
    // What leaves together costs one call of the system.
    this.pipe.pump();
  };

  /** Resolves when everything written so far has left this process. */
  drained(): Promise<void> {
    this.flush();
    return this.pipe.drained();
  }
}
