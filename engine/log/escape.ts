import { Buffer } from 'node:buffer';

/**
 * Characters that never appear as they are in a record: quotes and backslash (JSON), controls (Cc), format characters
 * (Cf: bidi controls, zero-width marks, soft hyphen, U+FEFF), line and paragraph separators, lone surrogates.
 */
const unsafe = /["\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
/**
 * Those, what the patterns of redact/patterns.ts begin with or need, and what begins an escape sequence: one pass tells most
 * texts to be ordinary.
 */
const notable = /["\\%&@=JB\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
/** Of the unsafe ones, what JSON.stringify leaves as it is. */
const leftByJson = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/u;
const leftByJsonAll = new RegExp(leftByJson, 'gu');

/** `\u0085` and the like, by UTF-16 unit. */
const escapes = new Map<number, string>();

const escapeUnit = (unit: number): string => {
  const known = escapes.get(unit);
  if (known !== undefined) return known;
  const made = `\\u${unit.toString(16).padStart(4, '0')}`;
  escapes.set(unit, made);
  return made;
};

const escapeUnits = (character: string): string => {
  const first = escapeUnit(character.charCodeAt(0));
  return character.length === 1 ? first : first + escapeUnit(character.charCodeAt(1));
};

/** 1 for each ASCII character that is not notable. */
const ordinaryUnits = Uint8Array.from({ length: 128 }, (_, unit) => (notable.test(String.fromCharCode(unit)) ? 0 : 1));
/** Calling a regular expression takes longer than looking at so few characters. */
const fewUnits = 24;

/** Whether a text can stand between quotes as it is, and holds none of `% & @ = J B` either. */
export const isOrdinary = (text: string): boolean => {
  const { length } = text;
  if (length > fewUnits) return !notable.test(text);
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 127) return !notable.test(text);
    if (ordinaryUnits[unit] === 0) return false;
  }
  return true;
};

/**
 * A JSON string literal (RFC 8259) that is safe to show: one line, no terminal sequence, no hidden or reordering
 * character. Parsing it gives back the same text, lone surrogates included.
 */
export const quote = (text: string): string => {
  if (!unsafe.test(text)) return `"${text}"`;
  return escapeJson(JSON.stringify(text));
};

/** Makes JSON text safe to show in the same way; outside its string literals there is nothing to escape. */
export const escapeJson = (json: string): string =>
  leftByJson.test(json) ? json.replace(leftByJsonAll, escapeUnits) : json;

/** UTF-16 units that are escaped at a time, so that the work depends on what is written and not on what is there. */
const pieceUnits = 16_384;

/**
 * As `quote`, of as much of the text as fits `bytes` of UTF-8 between the quotes. No character, surrogate pair or escape
 * sequence is cut in two.
 */
export const quoteWithin = (text: string, bytes: number): string => {
  let inside = '';
  for (let at = 0, room = bytes; at < text.length && room > 0; ) {
    let end = Math.min(text.length, at + Math.min(pieceUnits, room));
    if (isHighSurrogate(text.charCodeAt(end - 1))) end++;
    const piece = quote(text.slice(at, end)).slice(1, -1);
    const size = Buffer.byteLength(piece);
    if (size > room) return `"${inside}${fitting(piece, room)}"`;
    inside += piece;
    room -= size;
    at = end;
  }
  return `"${inside}"`;
};

/** As much of a literal made by `quote` as fits so many bytes of UTF-8 between the quotes, cut in the same way. */
export const literalWithin = (literal: string, bytes: number): string =>
  `"${fitting(literal.slice(1, Math.min(literal.length - 1, 1 + bytes)), bytes)}"`;

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const utf8 = new TextEncoder();

/** The longest beginning of a literal's inside that takes so many bytes and ends between two characters. */
const fitting = (inside: string, bytes: number): string => {
  const { read } = utf8.encodeInto(inside, new Uint8Array(bytes));
  const head = inside.slice(0, read);
  const start = lastEscape(head);
  const whole = start >= 0 && head.length < start + escapeLength(head, start) ? head.slice(0, start) : head;
  const half = lastEscape(whole);
  // The first half of an escaped surrogate pair: the second one did not fit.
  return half >= 0 && half + 6 === whole.length && /^\\ud[89ab]/.test(whole.slice(half)) ? whole.slice(0, half) : whole;
};

const escapeLength = (text: string, start: number): number => (text[start + 1] === 'u' ? 6 : 2);

/** Where the last escape sequence begins, or -1: a backslash after an even number of others. */
const lastEscape = (text: string): number => {
  const last = text.lastIndexOf('\\');
  let first = last;
  while (first > 0 && text.charCodeAt(first - 1) === 92) first--;
  return (last - first) % 2 === 0 ? last : last - 1;
};

/** The inside of a string literal made by `quote`, with quotes and backslashes as they were: for people, not for parsers. */
export const bare = (literal: string): string => {
  const inside = literal.slice(1, -1);
  return inside.includes('\\') ? inside.replace(/\\(["\\])/g, '$1') : inside;
};
