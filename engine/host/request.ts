import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Agent, Dispatcher } from 'undici';
import { ActionFailure, type HostRequest, type HostResponse } from '../../actions/kit/define.ts';
import { quoteWhole } from '../document/found.ts';
import { guardedConnector, type Resolve } from './connect.ts';
import type { Guard } from './outgoing-guard.ts';

const mostRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);
/** Headers that may carry a right, whatever they are called; they do not follow a redirect to another origin. */
const credential = /auth|cookie|token|secret|session|credential|password|signature|api-?key/i;

export interface RequestOptions {
  readonly guard: Guard;
  readonly resolve: Resolve;
  /** Bytes of an answer's body, after its content-encoding was undone. */
  readonly maxBodyBytes: number;
}

export type Send = (request: HostRequest) => Promise<HostResponse>;

/** Sends requests over connections that are kept and shared. The client is loaded with the first one. */
export function createSend(options: RequestOptions): { send: Send; close: () => Promise<void> } {
  let agent: Promise<Agent> | undefined;
  const open = async (): Promise<Agent> => {
    const undici = await import('undici');
    const connect = guardedConnector(undici.buildConnector({ timeout: 10_000 }), options.guard, options.resolve);
    return new undici.Agent({ connect, connections: 128, pipelining: 1 });
  };
  return {
    send: async (request) => {
      const timeout =
        request.timeoutMs === undefined
          ? undefined
          : AbortSignal.timeout(Math.max(1, Math.min(request.timeoutMs, 2 ** 31 - 1)));
      const signal = timeout === undefined ? request.signal : AbortSignal.any([request.signal, timeout]);
      try {
        agent ??= open();
        return await follow(await agent, request, signal, options.maxBodyBytes);
      } catch (thrown) {
        if (request.signal.aborted) throw request.signal.reason;
        if (timeout?.aborted)
          throw new ActionFailure('timeout', `${nameOf(request)} was not answered within ${request.timeoutMs} ms.`);
        throw failureOf(thrown, request);
      }
    },
    close: async () => (await agent)?.close(),
  };
}

async function follow(
  agent: Agent,
  first: HostRequest,
  signal: AbortSignal,
  maxBodyBytes: number,
): Promise<HostResponse> {
  let url = parseUrl(first.url);
  let { method, body } = first;
  let headers = withCredentials(url, first.headers);
  for (let hops = 0; ; hops++) {
    const answer = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: method.toUpperCase() as Dispatcher.HttpMethod,
      headers: { 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'sluice', ...headers },
      body: body ?? null,
      signal,
    });
    const { location } = answer.headers;
    if (!redirects.has(answer.statusCode) || typeof location !== 'string' || !URL.canParse(location, url))
      return readAnswer(answer, maxBodyBytes);
    // Nobody reads the body of a redirect; its connection is only worth keeping when that is short.
    await answer.body.dump({ limit: 64 * 1024 });
    if (hops === mostRedirects)
      throw new ActionFailure('request-failed', `${nameOf(first)} was redirected more than ${mostRedirects} times.`);
    const next = parseUrl(new URL(location, url).href);
    if (next.origin !== url.origin) headers = withoutCredentials(headers);
    headers = withCredentials(next, headers);
    const { statusCode } = answer;
    // RFC 9110, sections 15.4.2 to 15.4.4: 303 asks for GET, and so does everybody after 301 and 302 to a POST.
    if ((statusCode === 303 && !isMethod(method, 'HEAD')) || (statusCode < 303 && isMethod(method, 'POST'))) {
      method = 'GET';
      body = undefined;
      headers = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('content-')));
    }
    url = next;
  }
}

const isMethod = (method: string, name: string): boolean => method.toUpperCase() === name;

function parseUrl(text: string): URL {
  if (!URL.canParse(text))
    throw new ActionFailure('input-invalid', `The address must be a URL, found ${quoteWhole(text)}.`);
  const url = new URL(text);
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  // A longer one is no scheme, and could be anything in lower case.
  const scheme = url.protocol.length <= 20 ? quoteWhole(url.protocol.slice(0, -1)) : 'of something else';
  throw new ActionFailure(
    'request-forbidden',
    `The address must begin with http:// or https://, found the scheme ${scheme}.`,
  );
}

/** Headers in lower case; a user and password in the URL become an authorization header (RFC 7617) unless there is one. */
function withCredentials(url: URL, given: Readonly<Record<string, string>>): Record<string, string> {
  const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  if (url.username !== '' || url.password !== '') {
    const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers.authorization ??= `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  return headers;
}

const withoutCredentials = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'host' && !credential.test(name)));

async function readAnswer(answer: Dispatcher.ResponseData, maxBodyBytes: number): Promise<HostResponse> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined)
      headers[name] = Array.isArray(value) ? value.join(name === 'set-cookie' ? '\n' : ', ') : value;
  }
  const tooLarge = () =>
    new ActionFailure('request-failed', `The answer has more than ${maxBodyBytes} bytes, which is the limit.`);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop destroys the stream, and with it the connection.
    if (bytes > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  const raw = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  const decode = decoders[headers['content-encoding']?.toLowerCase() ?? ''];
  if (decode === undefined || raw.length === 0) return { status: answer.statusCode, headers, body: raw };
  try {
    const body = await decode(raw, { maxOutputLength: maxBodyBytes });
    // They describe what came, not what is handed over.
    delete headers['content-encoding'];
    delete headers['content-length'];
    return { status: answer.statusCode, headers, body };
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new ActionFailure('request-failed', `The answer is not valid ${headers['content-encoding']} data.`);
  }
}

type Decode = (data: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;
const decoders: Readonly<Record<string, Decode | undefined>> = Object.assign(Object.create(null), {
  gzip: promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip),
  'x-gzip': promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip),
  deflate: promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate),
  br: promisify<Buffer, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress),
});

function failureOf(thrown: unknown, request: HostRequest): ActionFailure {
  if (thrown instanceof ActionFailure) return thrown;
  const { code, message } = thrown as NodeJS.ErrnoException;
  if (code === 'UND_ERR_INVALID_ARG')
    return new ActionFailure('input-invalid', `${nameOf(request)} cannot be sent: ${message}.`);
  return new ActionFailure('request-failed', `${nameOf(request)} got no answer: ${message || code}.`);
}

/** Method and address without what may be secret in it: user, password and query. */
function nameOf({ method, url }: HostRequest): string {
  if (!URL.canParse(url)) return `${method.toUpperCase()} request`;
  const { origin, pathname } = new URL(url);
  return `${method.toUpperCase()} ${origin}${pathname}`;
}
