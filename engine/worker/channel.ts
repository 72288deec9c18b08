import type { Writable } from 'node:stream';
import { type LogFile, type LogRecord, type RecordSink, rankOf } from '../log/record.ts';
import { encodeFrame } from '../wire/frames.ts';
import { type JournalEntry, type LevelCounts, noCounts } from '../wire/messages.ts';

/** A batch leaves after so many milliseconds or characters; after an error, or when the last one is long ago, at the end of the turn. */
const batchMs = 20;
const batchLength = 64 * 1024;
/** Bytes that may wait for the control process. Beyond the first only warnings and errors are kept, beyond the second nothing. */
const roomForAll = 32 * 1024 * 1024;
const roomForUrgent = 48 * 1024 * 1024;

interface Batch {
  text: string;
  counts: LevelCounts;
}

/** The worker's way out for records and for news of its runs: batches of finished lines in a pipe. Never blocks, never throws. */
export class Channel implements RecordSink {
  private readonly batches: Record<LogFile, Batch> = {
    user: { text: '', counts: noCounts() },
    usage: { text: '', counts: noCounts() },
  };
  private journal = '';
  private timer: NodeJS.Timeout | null = null;
  private urgent = false;
  private flushedAt = 0;
  /** Records that found no room since the start, by level. */
  readonly dropped = noCounts();

  constructor(
    private readonly pipe: Writable,
    private encode: (record: LogRecord) => string,
  ) {
    // The control process is gone; the worker is about to end for the same reason.
    pipe.on('error', () => {});
  }

  use(encode: (record: LogRecord) => string): void {
    this.encode = encode;
  }

  write(file: LogFile, record: LogRecord): void {
    const { level } = record;
    const waiting = this.backlog();
    if (waiting > roomForAll && (waiting > roomForUrgent || rankOf[level] < rankOf.warning)) {
      this.dropped[level]++;
      return;
    }
    const batch = this.batches[file];
    batch.text += `${this.encode(record)}\n`;
    batch.counts[level]++;
    if (level === 'error' || record.time - this.flushedAt > batchMs) this.soon();
    else if (batch.text.length > batchLength) this.flush();
    else this.timer ??= setTimeout(this.flush, batchMs);
  }

  /** News of runs leave at the end of the turn: what they say must be known even if this process dies in the next one. */
  note(entry: JournalEntry): void {
    this.journal += `${JSON.stringify(entry)}\n`;
    this.soon();
  }

  backlog(): number {
    return this.pipe.writableLength;
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
      this.pipe.write(encodeFrame('journal', this.journal));
      this.journal = '';
    }
    for (const file of ['user', 'usage'] as const) {
      const batch = this.batches[file];
      if (batch.text === '') continue;
      this.pipe.write(encodeFrame(file, batch.text, batch.counts));
      this.batches[file] = { text: '', counts: noCounts() };
    }
  };

  /** Resolves when everything written so far has left this process. */
  drained(): Promise<void> {
    this.flush();
    return new Promise((resolve) => this.pipe.write('', () => resolve()));
  }
}
