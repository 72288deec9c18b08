import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { reasonOf } from '../control/atomic-file.ts';

/** As much as the control API takes. */
const mostBytes = 64 * 1024 * 1024;

/** Why there is no text to work with: a sentence for whoever named the file. */
export class UnreadableText extends Error {
  override readonly name = 'UnreadableText';
}

/**
 * The text of a regular file, or of standard input for `-`: at most 64 MiB of UTF-8.
 * @throws UnreadableText
 */
export async function readText(file: string, stdin: Readable): Promise<string> {
  return decoded(file === '-' ? await readStream(stdin) : await readFile(file));
}

async function readFile(file: string): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    // Not to wait for somebody who writes, should it be a pipe.
    handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await handle.stat();
    if (stats.isDirectory()) throw new UnreadableText('It is a folder. Name a file.');
    if (!stats.isFile())
      throw new UnreadableText(
        'It is no regular file. To read what a pipe or a device gives, use "-", standard input.',
      );
    if (stats.size > mostBytes) throw tooLarge(`It has ${stats.size} bytes`);
    // What it has now may be more than it had a moment ago.
    return await readStream(handle.createReadStream({ autoClose: false }));
  } catch (thrown) {
    if (thrown instanceof UnreadableText) throw thrown;
    const { code, reason } = reasonOf(thrown);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new UnreadableText('There is no such file.');
    // A socket, or a device that nothing is behind.
    if (code === 'ENXIO' || code === 'ENODEV') throw new UnreadableText('It is no regular file.');
    if (code === 'EACCES') throw new UnreadableText('Permission to read it is denied. (EACCES)');
    throw new UnreadableText(`It cannot be read. ${reason}`);
  } finally {
    await handle?.close();
  }
}

async function readStream(stream: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer | string>) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > mostBytes) throw tooLarge(`It has more than ${mostBytes} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

const tooLarge = (what: string): UnreadableText =>
  new UnreadableText(`${what}; at most ${mostBytes} (64 MiB) can be taken at once. Take it in parts.`);

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableText('It is no UTF-8. Save it in that encoding.');
  }
}
