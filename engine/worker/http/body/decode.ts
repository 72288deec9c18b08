import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { quote } from '../../../document/found.ts';
import { Refusal } from '../refusal.ts';
import { tooLarge } from './read.ts';

/** How many times larger than it came a body may become. */
const mostGrowth = 10;
/** Repetitive little bodies shrink more than that and harm nobody. */
const alwaysAllowed = 16 * 1024;

const decoders = {
  gzip: promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip),
  'x-gzip': promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip),
  deflate: promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate),
  br: promisify<Buffer, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress),
};

export const isEncoded = (contentEncoding: string | undefined): contentEncoding is string =>
  contentEncoding !== undefined && contentEncoding !== '' && contentEncoding.trim().toLowerCase() !== 'identity';

/**
 * Undoes a content-encoding (RFC 9110, section 8.4.1), off the event loop.
 * @throws Refusal 415 for an unknown coding or several, 400 for broken data, 413 for more than the limit or ten times what came
 */
export async function decompress(bytes: Buffer, contentEncoding: string, limit: number): Promise<Buffer> {
  const name = contentEncoding.trim().toLowerCase();
  if (!Object.hasOwn(decoders, name)) {
    const allowed = 'gzip, deflate, br';
    const detail = `The content-encoding is ${quote(contentEncoding)}; allowed is one of ${allowed}.`;
    throw new Refusal(415, detail, { headers: ['accept-encoding', allowed] });
  }
  const most = Math.min(limit, Math.max(alwaysAllowed, bytes.length * mostGrowth));
  try {
    return await decoders[name as keyof typeof decoders](bytes, { maxOutputLength: most });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE')
      throw new Refusal(400, `The body is not valid ${name} data.`);
    if (most === limit) throw tooLarge(limit);
    throw new Refusal(
      413,
      `The body grows more than ${mostGrowth} times when its ${name} coding is undone, which is the limit.`,
    );
  }
}

const charsets: Readonly<Record<string, 'utf8' | 'latin1' | 'utf16le'>> = {
  'utf-8': 'utf8',
  utf8: 'utf8',
  'us-ascii': 'utf8',
  latin1: 'latin1',
  'iso-8859-1': 'latin1',
  'utf-16le': 'utf16le',
};

/**
 * Decodes text; a byte order mark goes.
 * @throws Refusal 415 for another charset than utf-8, iso-8859-1 or utf-16le, 400 for bytes that are no UTF-8
 */
export function decodeText(bytes: Buffer, charset: string | undefined): string {
  const encoding = charset === undefined ? 'utf8' : Object.hasOwn(charsets, charset) ? charsets[charset] : undefined;
  if (encoding === undefined) {
    throw new Refusal(415, `The charset is ${quote(charset as string)}; allowed are utf-8, iso-8859-1 and utf-16le.`);
  }
  if (encoding === 'utf8' && !isUtf8(bytes)) {
    throw new Refusal(400, 'The body is not UTF-8. Send it as UTF-8, or name its charset in the content-type.');
  }
  const text = bytes.toString(encoding);
  return encoding !== 'latin1' && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
