import {
  ActionFailure,
  describeValue,
  type HostCookie,
  type HostResponse,
  isPlainObject,
  type Plain,
} from '../../kit/index.ts';
import { decodeJson, encodeJson } from '../json.ts';
import { encodePairs } from './url.ts';

/** A response as workflows see it. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
  cookies?: readonly HostCookie[];
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const visible = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Header fields with lower-case names (RFC 9110, 5); arrays are joined by commas, null is left out.
 * Throws input-invalid for a name or value that HTTP cannot carry.
 */
export const buildHeaders = (header: Plain): Record<string, string> => {
  const entries: [string, string][] = [];
  for (const [name, value] of Object.entries(header)) {
    if (value === null || value === undefined) continue;
    if (!token.test(name))
      throw new ActionFailure('input-invalid', '`header` has a name with characters that header names cannot have');
    const items: unknown[] = Array.isArray(value) ? value : [value];
    const text = items
      .map((item) => {
        if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean') return String(item);
        throw new ActionFailure(
          'input-invalid',
          `\`header.${name}\` must be a text, a number, true or false, found ${describeValue(item)}`,
        );
      })
      .join(', ');
    if (!visible.test(text)) {
      throw new ActionFailure(
        'input-invalid',
        `\`header.${name}\` holds a line break or another character that headers cannot carry`,
      );
    }
    entries.push([name.toLowerCase(), text]);
  }
  return Object.fromEntries(entries);
};

const mediaType = (headers: Record<string, string>): string =>
  (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

/**
 * What is sent for a body: text and bytes as they are, an object below a form content type as form fields, anything
 * else as JSON. Adds the content type application/json to `headers` where none is set.
 */
export const buildBody = (body: unknown, headers: Record<string, string>): string | Uint8Array | undefined => {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return body;
  if (mediaType(headers) === 'application/x-www-form-urlencoded' && isPlainObject(body))
    return encodePairs(body, 'body');
  headers['content-type'] ??= 'application/json';
  return encodeJson(body, '`body`');
};

const isJson = (type: string): boolean => /^(?:application|text)\/json$|\+json$/.test(type);
const isText = (type: string): boolean =>
  /^text\/|[/+](?:json|xml)$|\/(?:x-www-form-urlencoded|(?:x-)?javascript|ecmascript)$/.test(type);

const decodeText = (bytes: Uint8Array, contentType: string): string => {
  const label = /;\s*charset="?([^\s";]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
};

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

export const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/**
 * Reads a response: the file and its size where the body was saved, JSON where `decode` asks for it or is left open and the
 * content type says JSON, text for the content types that hold text, else a Buffer. Throws response-invalid when JSON was asked
 * for and a 2xx answer is none.
 */
export const readAnswer = (response: HostResponse, decode: boolean | undefined): Answer => {
  const { status, headers, body } = response;
  if (response.saved) return { status, headers, body: response.saved };
  const contentType = headers['content-type'] ?? '';
  const type = mediaType(headers);
  const wantsJson = decode ?? isJson(type);
  if (wantsJson && body.length === 0) return { status, headers, body: null };
  if (wantsJson) {
    try {
      return {
        status,
        headers,
        body: decodeJson(decodeText(body, contentType), 'The body of the answer', 'response-invalid'),
      };
    } catch (thrown) {
      // An error page in place of JSON must not hide the status; and nobody asked when `decode` is left open.
      if (decode === true && isSuccess(status)) throw thrown;
    }
  }
  const textual = isText(type) || (type === '' && isUtf8(body));
  return {
    status,
    headers,
    body: textual ? decodeText(body, contentType) : Buffer.from(body.buffer, body.byteOffset, body.byteLength),
  };
};
