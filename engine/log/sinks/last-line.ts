import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';

const newline = 10;

/**
 * Gives the last line of a file its end, if a process died while writing it. The file must be open for reading and
 * appending. Answers its size in bytes.
 */
export async function endLastLine(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat();
  if (size === 0) return 0;
  const last = Buffer.alloc(1);
  await handle.read(last, 0, 1, size - 1);
  if (last[0] === newline) return size;
  await handle.write('\n');
  return size + 1;
}
