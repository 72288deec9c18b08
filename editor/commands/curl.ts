import type { HttpOperation, Json } from '../../engine/document/types.ts';

/** What of a stored input makes a request. */
interface RequestInput {
  path?: { [name: string]: Json };
  query?: { [name: string]: Json };
  header?: { [name: string]: Json };
  cookie?: { [name: string]: Json };
  body?: Json;
}

/**
 * A line for a POSIX shell that sends what an operation waits for: the values of its first stored input, and names in
 * braces where a parameter has none.
 * @param base as in `http://127.0.0.1:8080`
 */
export function curlOf({ method, path, simulations }: HttpOperation, base: string): string {
  const input = inputOf(simulations?.[0]?.input);
  const words = ['curl'];
  if (method === 'HEAD') words.push('--head');
  else if (method !== 'GET') words.push('-X', method);
  const headers = Object.entries(input.header ?? {}).filter(([name]) => !fromCurl.has(name.toLowerCase()));
  for (const [name, value] of headers) words.push('-H', quoted(`${name}: ${textOf(value)}`));
  const cookies = Object.entries(input.cookie ?? {}).map(([name, value]) => `${name}=${textOf(value)}`);
  if (cookies.length > 0) words.push('-b', quoted(cookies.join('; ')));
  if (input.body !== undefined && input.body !== null && input.body !== '') {
    const isJson = typeof input.body !== 'string';
    if (isJson && !headers.some(([name]) => name.toLowerCase() === 'content-type'))
      words.push('-H', quoted('content-type: application/json'));
    words.push('--data-raw', quoted(isJson ? JSON.stringify(input.body) : (input.body as string)));
  }
  words.push(quoted(`${base}${filled(path, input.path ?? {})}${queryOf(input.query ?? {})}`));
  return words.join(' ');
}

/** Headers that curl sets itself; what was recorded of them would be wrong. */
const fromCurl: ReadonlySet<string> = new Set(['host', 'content-length', 'connection', 'transfer-encoding']);

const inputOf = (input: Json | undefined): RequestInput =>
  typeof input === 'object' && input !== null && !Array.isArray(input) ? (input as RequestInput) : {};

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

const filled = (path: string, values: { [name: string]: Json }): string =>
  path.replace(/\{([^{}*]+)(\*?)\}/g, (whole, name: string, rest: string) => {
    const value = values[name];
    if (value === undefined || value === null) return whole;
    return textOf(value)
      .split(rest === '' ? /(?!)/ : '/')
      .map(encodeURIComponent)
      .join('/');
  });

function queryOf(query: { [name: string]: Json }): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, textOf(one));
  return parameters.size === 0 ? '' : `?${parameters}`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
