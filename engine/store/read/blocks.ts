import type { FileHandle } from 'node:fs/promises';

/** Whole lines, each with its end. */
export interface Block {
  bytes: Buffer;
  /** Where it begins in its file, in bytes. */
  at: number;
}

const blockBytes = 256 * 1024;
/** A longer line is no line of ours, and is passed over. */
const longestLine = 32 * 1024 * 1024;
const newline = 10;

/**
 * The whole lines between two positions, the last ones first. What stands after the last line end is being written, or was
 * torn, and is left out. Throws the system's error.
 * @param begin where a line begins
 */
export async function* blocksBackwards(handle: FileHandle, begin: number, end: number): AsyncGenerator<Block> {
  // The end of the line that has been reached, last piece first; null while its end is not known to be there.
  let tail: Buffer[] | null = null;
  let tailBytes = 0;
  for (let position = end; position > begin; ) {
    const at = Math.max(begin, position - blockBytes);
    const bytes = await readAll(handle, at, position - at);
    // The file has become shorter.
    if (bytes.length < position - at) tail = null;
    position = at;
    const first = bytes.indexOf(newline);
    if (first < 0) {
      tailBytes += bytes.length;
      if (tailBytes > longestLine) tail = [];
      else tail?.push(bytes);
      continue;
    }
    const last = bytes.lastIndexOf(newline);
    if (tail !== null && tailBytes <= longestLine && tailBytes + bytes.length - last > 1) {
      yield { bytes: Buffer.concat([bytes.subarray(last + 1), ...tail.reverse()]), at: at + last + 1 };
    }
    if (last > first) yield { bytes: bytes.subarray(first + 1, last + 1), at: at + first + 1 };
    tail = [bytes.subarray(0, first + 1)];
    tailBytes = first + 1;
  }
  if (tail !== null && tailBytes > 0 && tailBytes <= longestLine) {
    yield { bytes: Buffer.concat(tail.reverse()), at: begin };
  }
}

/** The same, the first ones first. */
export async function* blocksForwards(handle: FileHandle, begin: number, end: number): AsyncGenerator<Block> {
  let head: Buffer[] = [];
  let headBytes = 0;
  for (let position = begin; position < end; ) {
    const bytes = await readAll(handle, position, Math.min(blockBytes, end - position));
    if (bytes.length === 0) break;
    const at = position;
    position += bytes.length;
    const last = bytes.lastIndexOf(newline);
    if (last < 0) {
      headBytes += bytes.length;
      if (headBytes <= longestLine) head.push(bytes);
      else head = [];
      continue;
    }
    if (headBytes === 0) {
      yield { bytes: bytes.subarray(0, last + 1), at };
    } else if (headBytes <= longestLine) {
      yield { bytes: Buffer.concat([...head, bytes.subarray(0, last + 1)]), at: at - headBytes };
    } else {
      const first = bytes.indexOf(newline);
      if (last > first) yield { bytes: bytes.subarray(first + 1, last + 1), at: at + first + 1 };
    }
    head = last + 1 < bytes.length ? [bytes.subarray(last + 1)] : [];
    headBytes = bytes.length - last - 1;
  }
}

async function readAll(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

/** The texts of a block's lines, in their order. */
export const linesOfBlock = ({ bytes }: Block): string[] => bytes.toString('utf8', 0, bytes.length - 1).split('\n');

/** Where a line of a block begins in the file. */
export function beginOfLine({ bytes, at }: Block, index: number): number {
  let begin = 0;
  for (let i = 0; i < index; i++) begin = bytes.indexOf(newline, begin) + 1;
  return at + begin;
}
