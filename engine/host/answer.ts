import { pipeline, type Transform } from 'node:stream';
import zlib from 'node:zlib';
import type { Dispatcher } from 'undici';
import { ActionFailure, type HostResponse } from '../../actions/kit/define.ts';

/** Writes a file of what comes, whole or not at all. */
export type Save = (path: string, chunks: AsyncIterable<Uint8Array>) => Promise<void>;

/** Header fields with lower-case names; repeated ones are joined, `set-cookie` by newlines since a comma is part of it. */
const headersOf = (answer: Dispatcher.ResponseData): Record<string, string> =>
  Object.fromEntries(
    Object.entries(answer.headers).flatMap(([name, value]) =>
      value === undefined
        ? []
        : [[name, Array.isArray(value) ? value.join(name === 'set-cookie' ? '\n' : ', ') : value]],
    ),
  );

/** Reads the body into memory, up to a bound. */
export async function readAnswer(answer: Dispatcher.ResponseData, mostBytes: number): Promise<HostResponse> {
  const chunks: Uint8Array[] = [];
  const headers = await receive(answer, mostBytes, async (body) => {
    for await (const chunk of body) chunks.push(chunk);
  });
  return {
    status: answer.statusCode,
    headers,
    body: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks),
  };
}

/** Streams the body into a file, up to a bound. A failure leaves the file that was there. */
export async function saveAnswer(
  answer: Dispatcher.ResponseData,
  mostBytes: number,
  path: string,
  save: Save,
): Promise<HostResponse> {
  let bytes = 0;
  // What ended the transfer, which writing the file would take for a failure of its own.
  let broken: { thrown: unknown } | undefined;
  const headers = await receive(answer, mostBytes, async (body) => {
    const counted = async function* () {
      try {
        for await (const chunk of body) {
          bytes += chunk.length;
          yield chunk;
        }
      } catch (thrown) {
        broken = { thrown };
        throw thrown;
      }
    };
    await save(path, counted()).catch((thrown) => Promise.reject(broken ? broken.thrown : thrown));
  }).finally(() => {
    // A file that could not be opened leaves the body unread; its connection must not wait for a reader.
    answer.body.destroy();
  });
  return { status: answer.statusCode, headers, body: new Uint8Array(), saved: { file: path, bytes } };
}

type Chunks = AsyncIterable<Uint8Array>;

/** Nobody sends more, unless to cost time. */
const mostCodings = 3;

/** Hands over the body with its content-encoding undone, bounded before and after, and gives the headers that then hold. */
async function receive(
  answer: Dispatcher.ResponseData,
  mostBytes: number,
  take: (body: Chunks) => Promise<void>,
): Promise<Record<string, string>> {
  const headers = headersOf(answer);
  // A failure may come before somebody reads, while the file is opened, and is found then; unheard it would end the process.
  answer.body.on('error', () => {});
  const codings = codingsOf(headers['content-encoding'] ?? '');
  const decode = codings.flatMap((coding) => decoders[coding] ?? []);
  if (decode.length === 0 || decode.length < codings.length) {
    await take(upTo(answer.body, mostBytes));
    return headers;
  }
  if (decode.length > mostCodings) {
    // Nobody reads it, and its connection must not wait for that.
    answer.body.destroy();
    throw new ActionFailure(
      'request-failed',
      `The answer is encoded ${decode.length} times over, and at most ${mostCodings} are undone.`,
      { lasting: true },
    );
  }
  let isEmpty = true;
  const raw = async function* () {
    for await (const chunk of upTo(answer.body, mostBytes)) {
      isEmpty = false;
      yield chunk;
    }
  };
  const decoded = undo(raw, decode, mostBytes);
  try {
    await take(upTo(decoded, mostBytes));
  } catch (thrown) {
    // The answer to HEAD and one with the status 304 name a coding and have no body.
    if (isEmpty && isCodingFault(thrown)) return headers;
    if (!isCodingFault(thrown)) throw thrown;
    throw new ActionFailure('request-failed', `The answer is not valid ${codings.join(', ')} data.`, { lasting: true });
  }
  // They describe what came, not what is handed over.
  if (isEmpty) return headers;
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name !== 'content-encoding' && name !== 'content-length'),
  );
}

/** What a body went through, the last coding first (RFC 9110, section 8.4). */
const codingsOf = (header: string): string[] =>
  header
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity')
    .reverse();

/** Each step is bounded: what grows between two of them may be nothing in the end. */
const undo = (raw: () => Chunks, decode: readonly (() => Transform)[], mostBytes: number): AsyncIterable<Buffer> => {
  const bounded = (stream: AsyncIterable<Buffer>) => upTo(stream, mostBytes);
  const steps = decode.flatMap((open, index) => (index === 0 ? [open()] : [bounded, open()]));
  const decoded = pipeline([raw, ...steps] as never, () => {}) as unknown as Transform;
  return decoded.on('error', () => {});
};

/** Leaving the loop destroys the stream, and with it the connection. */
async function* upTo(stream: AsyncIterable<Buffer>, mostBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > mostBytes)
      throw new ActionFailure('too-large', `The answer has more than ${mostBytes} bytes, which is the limit.`);
    yield chunk;
  }
}

const isCodingFault = (thrown: unknown): boolean =>
  /^(?:Z_|ERR__|ERR_BROTLI)/.test(String((thrown as NodeJS.ErrnoException | undefined)?.code));

const decoders: Readonly<Record<string, (() => Transform) | undefined>> = Object.assign(Object.create(null), {
  gzip: zlib.createGunzip,
  'x-gzip': zlib.createGunzip,
  deflate: zlib.createInflate,
  br: zlib.createBrotliDecompress,
});
