import type { LogFile } from '../log/record.ts';
import { levels as levelNames } from '../log/record.ts';
import type { LevelCounts } from './messages.ts';

/**
 * The bytes between a worker and the control process: frames of [kind: 1][length: 4][lines by level: 4 × 4][payload].
 * Records travel as finished lines, so that the control process only moves bytes.
 */
export type Frame = RecordFrame | { kind: 'capture'; payload: Buffer } | { kind: 'journal'; payload: Buffer };

/** Lines of records. */
export interface RecordFrame {
  kind: 'records';
  /** The log that they are for; null when they are for the store alone. */
  file: LogFile | null;
  /** They are JSON, and for the store too. */
  stored: boolean;
  counts: LevelCounts;
  payload: Buffer;
}

/** Kinds by their number; of records: `user`, `usage` for a log alone, `+` for the store too, `store` for it alone. */
const kinds = ['', 'user', 'usage', 'journal', 'user+', 'usage+', 'store', 'capture'] as const;
export type FrameKind = Exclude<(typeof kinds)[number], ''>;

const recordKinds: { readonly [K in Exclude<FrameKind, 'journal' | 'capture'>]: Pick<RecordFrame, 'file' | 'stored'> } =
  {
    user: { file: 'user', stored: false },
    usage: { file: 'usage', stored: false },
    'user+': { file: 'user', stored: true },
    'usage+': { file: 'usage', stored: true },
    store: { file: null, stored: true },
  };

const headerBytes = 21;
/** A longer frame means that the two sides have lost each other. */
const longestFrame = 64 * 1024 * 1024;

export function encodeFrame(kind: FrameKind, text: string, counts?: LevelCounts): Buffer {
  const bytes = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(headerBytes + bytes);
  frame[0] = kinds.indexOf(kind);
  frame.writeUInt32LE(bytes, 1);
  levelNames.forEach((level, i) => {
    frame.writeUInt32LE(counts?.[level] ?? 0, 5 + 4 * i);
  });
  frame.write(text, headerBytes);
  return frame;
}

/** Cuts a stream of chunks into frames. A frame that never became whole, because its sender died, is given up. */
export class FrameReader {
  private chunks: Buffer[] = [];
  private bytes = 0;

  /** @throws Error when the bytes are no frames */
  push(chunk: Buffer, give: (frame: Frame) => void): void {
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    while (this.bytes >= headerBytes) {
      const first = this.gather(headerBytes);
      const length = first.readUInt32LE(1);
      const kind = kinds[first[0] as number] as FrameKind | '' | undefined;
      if (!kind || length > longestFrame)
        throw new Error('The channel from the worker carries something that is not a frame.');
      if (this.bytes < headerBytes + length) return;
      const whole = this.gather(headerBytes + length);
      const payload = whole.subarray(headerBytes, headerBytes + length);
      if (kind === 'journal' || kind === 'capture') give({ kind, payload });
      else give({ kind: 'records', ...recordKinds[kind], counts: readCounts(whole), payload });
      this.drop(headerBytes + length);
    }
  }

  /** Makes the first chunk at least that long. */
  private gather(bytes: number): Buffer {
    const [first] = this.chunks as [Buffer];
    if (first.length >= bytes) return first;
    const joined = Buffer.concat(this.chunks);
    this.chunks = [joined];
    return joined;
  }

  private drop(bytes: number): void {
    const [first] = this.chunks as [Buffer];
    if (first.length === bytes) this.chunks.shift();
    else this.chunks[0] = first.subarray(bytes);
    this.bytes -= bytes;
  }
}

const readCounts = (frame: Buffer): LevelCounts => ({
  debug: frame.readUInt32LE(5),
  info: frame.readUInt32LE(9),
  warning: frame.readUInt32LE(13),
  error: frame.readUInt32LE(17),
});
