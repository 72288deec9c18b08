import type { Awaitable } from '../../../../actions/kit/define.ts';
import { mostParameters, parseQuery } from '../query.ts';
import { Refusal } from '../refusal.ts';
import { decodeText, decompress, isEncoded } from './decode.ts';
import { parseJson } from './json.ts';
import { isJson, parseMediaType } from './media-type.ts';
import { parseMultipart } from './multipart.ts';

/**
 * Makes a value of a body by its content-type: JSON as data, forms as objects, text/* as text, anything else as the bytes.
 * An empty body is null, whatever its type.
 * @param limit bytes, after content-encoding was undone
 * @throws Refusal 400, 413 or 415
 */
export function parseBody(
  bytes: Buffer,
  contentType: string | undefined,
  contentEncoding: string | undefined,
  limit: number,
): Awaitable<unknown> {
  if (bytes.length === 0) return null;
  if (isEncoded(contentEncoding))
    return decompress(bytes, contentEncoding, limit).then((plain) => parsePlain(plain, contentType));
  return parsePlain(bytes, contentType);
}

function parsePlain(bytes: Buffer, contentType: string | undefined): Awaitable<unknown> {
  if (bytes.length === 0) return null;
  if (contentType === undefined) return bytes;
  const { essence, charset } = parseMediaType(contentType);
  if (isJson(essence)) return parseJson(decodeText(bytes, charset));
  if (essence === 'application/x-www-form-urlencoded') return parseForm(decodeText(bytes, charset));
  if (essence === 'multipart/form-data') return parseMultipart(bytes, contentType);
  return essence.startsWith('text/') ? decodeText(bytes, charset) : bytes;
}

function parseForm(text: string): unknown {
  const form = parseQuery(text);
  if (form === null) throw new Refusal(413, `The form has more than ${mostParameters} fields, which is the limit.`);
  return form;
}
