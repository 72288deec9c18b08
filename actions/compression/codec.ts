import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { ActionFailure, type Awaitable, integer, oneOf, optional } from '../kit/index.ts';
import { bounds } from '../support/bounds.ts';
import { ownBytes } from '../support/utf8.ts';

export const limitField = optional(
  integer({ label: 'Limit', help: 'Bytes that may come out.', minimum: 1, maximum: bounds.text }),
  bounds.text,
);

export const levelField = optional(
  integer({ label: 'Level', help: '1 is fast, 9 is small.', minimum: 1, maximum: 9 }),
  6,
);

export const formatField = optional(
  oneOf(['zlib', 'raw'], {
    label: 'Format',
    help: 'zlib has a header and a checksum (RFC 1950), raw has none (RFC 1951).',
  }),
  'zlib',
);

export const tooLarge = (limit: number, field = 'data'): never => {
  throw new ActionFailure(
    'too-large',
    `\`${field}\` unpacks to more than ${limit} bytes, which is the limit; raise \`limit\` (up to ${bounds.text}) if you trust it`,
  );
};

interface Codec {
  now(data: Uint8Array, options: object): Buffer;
  /** In another thread. */
  later(data: Uint8Array, options: object): Promise<Buffer>;
}

export const codecs = {
  gzip: { now: zlib.gzipSync, later: promisify<Uint8Array, object, Buffer>(zlib.gzip) },
  gunzip: { now: zlib.gunzipSync, later: promisify<Uint8Array, object, Buffer>(zlib.gunzip) },
  deflate: { now: zlib.deflateSync, later: promisify<Uint8Array, object, Buffer>(zlib.deflate) },
  inflate: { now: zlib.inflateSync, later: promisify<Uint8Array, object, Buffer>(zlib.inflate) },
  deflateRaw: { now: zlib.deflateRawSync, later: promisify<Uint8Array, object, Buffer>(zlib.deflateRaw) },
  inflateRaw: { now: zlib.inflateRawSync, later: promisify<Uint8Array, object, Buffer>(zlib.inflateRaw) },
  brotli: { now: zlib.brotliCompressSync, later: promisify<Uint8Array, object, Buffer>(zlib.brotliCompress) },
  unbrotli: { now: zlib.brotliDecompressSync, later: promisify<Uint8Array, object, Buffer>(zlib.brotliDecompress) },
} satisfies Record<string, Codec>;

// More would keep everything else in this process waiting.
const mostAtOnce = 32_768;

const run = (codec: Codec, data: Uint8Array, options: object, atOnce: boolean): Awaitable<Uint8Array> =>
  atOnce ? ownBytes(codec.now(data, options)) : codec.later(data, options).then(ownBytes);

export const pack = (codec: Codec, data: Uint8Array, options: object): Awaitable<Uint8Array> => {
  if (data.length > bounds.text) {
    throw new ActionFailure(
      'input-invalid',
      `\`data\` has ${data.length} bytes, and at most ${bounds.text} are packed`,
    );
  }
  return run(codec, data, options, data.length <= mostAtOnce);
};

/** Never makes more than `limit` bytes, whatever the data say about their size. */
export const unpack = (codec: Codec, data: Uint8Array, limit: number): Awaitable<Uint8Array> => {
  const fail = (thrown: unknown): never => {
    const { code } = thrown as { code?: string };
    if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(limit);
    throw new ActionFailure(
      'data-invalid',
      `\`data\` cannot be unpacked (${code ?? 'unknown fault'}); it is damaged, cut off, or packed in another way`,
    );
  };
  try {
    // A few bytes can stand for a thousand times as many.
    const result = run(codec, data, { maxOutputLength: limit }, data.length <= mostAtOnce / 64);
    return result instanceof Promise ? result.catch(fail) : result;
  } catch (thrown) {
    return fail(thrown);
  }
};
