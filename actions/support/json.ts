import { ActionFailure, describeValue } from '../kit/index.ts';
import { findJsonFault } from './json-fault.ts';

// Deeper values could not be walked safely by whatever comes after.
const deepest = 1000;

/**
 * Reads JSON text (RFC 8259; a leading byte order mark is ignored). `__proto__` becomes an ordinary own key.
 * Throws ActionFailure with the given code; the message names `where`, line and column.
 */
export const decodeJson = (json: string, where: string, code = 'input-invalid'): unknown => {
  const text = json.startsWith('\uFEFF') ? json.slice(1) : json;
  if (isTooDeep(text)) {
    throw new ActionFailure(code, `${where} is nested deeper than ${deepest} levels, which is the most that is read`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ActionFailure(code, `${where} is not valid JSON at ${findJsonFault(text)}`);
  }
};

// Counts brackets outside of quotes. On broken text the count may be wrong; reading it fails then anyway.
const isTooDeep = (text: string): boolean => {
  if (text.length < deepest) return false;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (quoted) {
      if (character === 0x5c) at += 1;
      else if (character === 0x22) quoted = false;
    } else if (character === 0x22) quoted = true;
    else if (character === 0x5b || character === 0x7b) {
      depth += 1;
      if (depth > deepest) return true;
    } else if (character === 0x5d || character === 0x7d) depth -= 1;
  }
  return false;
};

/**
 * Writes a value as JSON text without white space. Dates become RFC 3339 texts, binary data base64 texts; a key whose
 * value is undefined is left out. `sorted` puts the keys of every object in the order of their UTF-16 code units, as
 * RFC 8785 does. Throws input-invalid, naming `where`, for what JSON cannot hold: NaN, infinities, functions.
 */
export const encodeJson = (value: unknown, where: string, sorted = false): string => {
  const write = (part: unknown, depth: number): string => {
    if (depth > deepest) {
      throw new ActionFailure(
        'input-invalid',
        `${where} is nested deeper than ${deepest} levels, which is the most that is written`,
      );
    }
    if (part === null || part === undefined) return 'null';
    if (typeof part === 'string' || typeof part === 'boolean' || Number.isFinite(part)) return JSON.stringify(part);
    if (typeof part === 'bigint') return part.toString();
    if (Array.isArray(part)) return `[${part.map((item) => write(item, depth + 1)).join(',')}]`;
    if (part instanceof Uint8Array) return JSON.stringify(Buffer.from(part).toString('base64'));
    if (part instanceof Date) return JSON.stringify(part);
    if (typeof part !== 'object') {
      throw new ActionFailure(
        'input-invalid',
        `${where} holds ${describeValue(part)}, which JSON cannot; replace it first`,
      );
    }
    const entries = Object.entries(part).filter(([, member]) => member !== undefined);
    if (sorted) entries.sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${write(member, depth + 1)}`).join(',')}}`;
  };
  return write(value, 0);
};
