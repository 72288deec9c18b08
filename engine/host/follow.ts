import type { Dispatcher } from 'undici';
import { ActionFailure, type HostRequest } from '../../actions/kit/define.ts';
import { quoteWhole } from '../document/found.ts';
import type { Agents, Route } from './agents.ts';
import { type Jar, openJar } from './cookies.ts';
import { nameOf } from './request-name.ts';

const mostRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);
/** The only ones that follow a redirect to another origin: any other may carry a right, whatever it is called. */
const harmless = new Set([
  'accept',
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-md5',
  'content-type',
  'date',
  'dnt',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'pragma',
  'prefer',
  'range',
  'traceparent',
  'tracestate',
  'user-agent',
  'x-correlation-id',
  'x-request-id',
]);

/** The last answer of a chain of redirects, its body still unread. */
interface Followed {
  readonly answer: Dispatcher.ResponseData;
  readonly jar: Jar | undefined;
}

/** Sends a request and those that redirects ask for. Each goes through the guard like the first. */
export async function follow(agents: Agents, first: HostRequest, signal: AbortSignal): Promise<Followed> {
  const most = Math.min(first.redirects ?? mostRedirects, mostRedirects);
  const jar = first.cookies && (await openJar(first.cookies));
  let url = parseUrl(first.url);
  let { method, body } = first;
  let headers = withCredentials(url, first.headers);
  let route: Route = { proxy: first.proxy, tls: first.tls };
  for (let hops = 0; ; hops++) {
    const agent = await agents.for(route);
    const asking = agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: method.toUpperCase() as Dispatcher.HttpMethod,
      headers: { 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'sluice', ...withCookies(jar, url, headers) },
      body: body ?? null,
      signal,
    });
    const answer = await unlessAborted(asking, signal);
    jar?.take(url, answer.headers['set-cookie']);
    const { location } = answer.headers;
    if (
      most === 0 ||
      !redirects.has(answer.statusCode) ||
      typeof location !== 'string' ||
      !URL.canParse(location, url)
    ) {
      return { answer, jar };
    }
    // Nobody reads the body of a redirect; its connection is only worth keeping when that is short.
    await answer.body.dump({ limit: 64 * 1024 });
    if (hops === most)
      throw new ActionFailure('request-failed', `${nameOf(first)} was redirected more than ${most} times.`, {
        lasting: true,
      });
    const next = parseUrl(new URL(location, url).href);
    if (next.origin !== url.origin) {
      headers = onlyHarmless(headers);
      route = { proxy: first.proxy, tls: first.tls?.ca === undefined ? undefined : { ca: first.tls.ca } };
    }
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

/** The client looks at the signal only when it is connected, which may take longer than there is time. */
const unlessAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });

const isMethod = (method: string, name: string): boolean => method.toUpperCase() === name;

function parseUrl(text: string): URL {
  if (!URL.canParse(text))
    throw new ActionFailure(
      'input-invalid',
      `The address must be a URL, found ${text.length > 300 ? `a text of ${text.length} characters` : quoteWhole(text)}.`,
    );
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

function withCookies(jar: Jar | undefined, url: URL, headers: Record<string, string>): Record<string, string> {
  const cookies = [headers.cookie ?? '', jar?.headerFor(url) ?? ''].filter((text) => text !== '').join('; ');
  return cookies === '' ? headers : { ...headers, cookie: cookies };
}

const onlyHarmless = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => harmless.has(name)));
