import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Answer } from './answer.ts';

/** Bytes; below that the headers of a compressed answer cost as much as it saves. */
const smallest = 1024;
const compressible = /^(?:text\/|application\/(?:json|xml|javascript|x-javascript|graphql)\b|[^;]+\+(?:json|xml)\b)/i;

const brotli = promisify<zlib.InputType, zlib.BrotliOptions, Buffer>(zlib.brotliCompress);
const gzip = promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.gzip);

export type Coding = 'br' | 'gzip';

/** Whether an answer may be compressed for a client that accepts it. An ETag names one coding only, so it rules that out. */
export const isCompressible = (answer: Answer): boolean =>
  answer.body !== null &&
  answer.body.length >= smallest &&
  compressible.test(answer.type ?? '') &&
  !answer.has('content-encoding') &&
  !answer.has('etag') &&
  !answer.has('content-range');

/** The coding a client likes best (RFC 9110, section 12.5.3); br where it likes both alike. */
export function chooseCoding(acceptEncoding: string | undefined): Coding | null {
  if (acceptEncoding === undefined) return null;
  const weights = new Map<string, number>();
  for (const part of acceptEncoding.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)) || 0);
  }
  const any = weights.get('*') ?? 0;
  const br = weights.get('br') ?? any;
  const gz = weights.get('gzip') ?? any;
  if (br === 0 && gz === 0) return null;
  return br >= gz ? 'br' : 'gzip';
}

/** Compresses off the event loop. */
export const compress = (body: string | Uint8Array, coding: Coding): Promise<Buffer> =>
  coding === 'br' ? brotli(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } }) : gzip(body, { level: 6 });
