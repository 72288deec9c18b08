import { Buffer } from 'node:buffer';

/** What a text says once its escape sequences are resolved, and where that stands in the text. */
export interface Decoded {
  text: string;
  /** Where in the text each unit begins; one more for the end. */
  places: Uint32Array;
}

/** Sequences inside sequences are resolved so many times over. */
const mostRounds = 4;
const percent = 37;
const ampersand = 38;
const backslash = 92;
const semicolon = 59;
const hash = 35;
/** Units after the sign. */
const longestEntity = 9;
/** A sequence is kept in one small integer: its character times this, and how many units stand for it. */
const unitsRange = 16;
const none = -1;
const lastCharacter = 0x10ffff;

const anySequence =
  /%[\da-f]{2}|%u[\da-f]{4}|\\(?:["\\/'bfnrt]|u[\da-f]{4}|x[\da-f]{2})|&(?:#x?[\da-f]+|amp|lt|gt|quot|apos);/i;

/** Where the first escape sequence stands, or -1. */
export const firstSequence = (text: string): number =>
  text.includes('%') || text.includes('\\') || text.includes('&') ? text.search(anySequence) : -1;

const hexValues = Int8Array.from({ length: 128 }, (_, unit) => {
  const value = Number.parseInt(String.fromCharCode(unit), 16);
  return Number.isNaN(value) ? -1 : value;
});
/** What stands for itself after a backslash, or for a control character, by unit. */
const shortEscapes = new Uint8Array(128);
for (const [i, sign] of [...'"\\/\'bfnrt'].entries()) {
  shortEscapes[sign.charCodeAt(0)] = '"\\/\'\b\f\n\r\t'.charCodeAt(i);
}
const entities: ReadonlyMap<string, number> = new Map([
  ['amp', ampersand],
  ['lt', 60],
  ['gt', 62],
  ['quot', 34],
  ['apos', 39],
]);

/**
 * Resolves what writers of URLs (`%2D`, UTF-8), JSON and programs (`\u002d`, `\x2d`, `\"`) and markup (`&#45;`, `&amp;`)
 * write, also where only a part of the text is written so, and leaves what is none as it is. From an index on. Time is
 * proportional to the text.
 */
export const decode = (text: string, from: number): Decoded => {
  let length = text.length - from;
  const units = new Uint16Array(length);
  const places = new Uint32Array(length + 1);
  for (let i = 0; i < length; i++) {
    units[i] = text.charCodeAt(from + i);
    places[i] = from + i;
  }
  places[length] = text.length;
  for (let round = 0; round < mostRounds; round++) {
    const { done, signs } = decodeOnce(units, places, length);
    const isResolved = done === length || signs === 0;
    length = done;
    if (isResolved) break;
  }
  return { text: Buffer.from(units.buffer, 0, 2 * length).toString('utf16le'), places: places.subarray(0, length + 1) };
};

/** In place. Answers the new length, and how many signs that could begin a sequence are left. */
const decodeOnce = (units: Uint16Array, places: Uint32Array, length: number): { done: number; signs: number } => {
  let done = 0;
  let signs = 0;
  for (let at = 0; at < length; ) {
    let point = units[at] as number;
    const place = places[at] as number;
    const sequence = isSign(point) ? sequenceAt(units, at, length) : none;
    if (sequence === none) at++;
    else {
      point = (sequence / unitsRange) | 0;
      at += sequence % unitsRange;
    }
    if (isSign(point)) signs++;
    if (point > 0xffff) {
      units[done] = 0xd800 + ((point - 0x10000) >> 10);
      places[done++] = place;
      point = 0xdc00 + (point & 0x3ff);
    }
    units[done] = point;
    places[done++] = place;
  }
  places[done] = places[length] as number;
  return { done, signs };
};

const isSign = (unit: number): boolean => unit === percent || unit === backslash || unit === ampersand;

const sequenceAt = (units: Uint16Array, at: number, length: number): number => {
  const sign = units[at];
  if (sign === ampersand) return entityAt(units, at, length);
  const next = at + 1 < length ? (units[at + 1] as number) : 0;
  const digits = next === 117 ? 4 : next === 120 && sign === backslash ? 2 : 0;
  if (digits > 0) return sequenceOf(hexAt(units, at + 2, digits, length), 2 + digits);
  if (sign === percent) return bytesAt(units, at, length);
  return sequenceOf(shortEscapes[next] || none, 2);
};

const sequenceOf = (point: number, units: number): number => (point < 0 ? none : point * unitsRange + units);

const hexAt = (units: Uint16Array, at: number, digits: number, length: number): number => {
  if (at + digits > length) return none;
  let value = 0;
  for (let i = at; i < at + digits; i++) {
    const digit = hexValues[units[i] as number] ?? none;
    if (digit < 0) return none;
    value = 16 * value + digit;
  }
  return value;
};

const byteAt = (units: Uint16Array, at: number, length: number): number =>
  units[at] === percent ? hexAt(units, at + 1, 2, length) : none;

/** Bytes of UTF-8; one that begins no character stands for itself, as in Latin-1. */
const bytesAt = (units: Uint16Array, at: number, length: number): number => {
  const first = byteAt(units, at, length);
  if (first < 0xc0) return sequenceOf(first, 3);
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  let point = first & (0x3f >> more);
  for (let i = 1; i <= more; i++) {
    const next = byteAt(units, at + 3 * i, length);
    if (next < 0x80 || next > 0xbf) return sequenceOf(first, 3);
    point = (point << 6) | (next & 0x3f);
  }
  return point > lastCharacter ? sequenceOf(first, 3) : sequenceOf(point, 3 * (more + 1));
};

const entityAt = (units: Uint16Array, at: number, length: number): number => {
  const last = Math.min(length, at + 1 + longestEntity);
  let end = at + 1;
  while (end < last && units[end] !== semicolon) end++;
  if (end >= last || end === at + 1) return none;
  if (units[at + 1] !== hash) {
    const name = String.fromCharCode(...units.subarray(at + 1, end)).toLowerCase();
    return sequenceOf(entities.get(name) ?? none, end + 1 - at);
  }
  const isHex = ((units[at + 2] as number) | 32) === 120;
  const begin = at + (isHex ? 3 : 2);
  let point = begin < end ? 0 : none;
  for (let i = begin; i < end && point >= 0; i++) {
    const digit = hexValues[units[i] as number] ?? none;
    point = digit < 0 || (digit > 9 && !isHex) ? none : point * (isHex ? 16 : 10) + digit;
  }
  return point > lastCharacter ? none : sequenceOf(point, end + 1 - at);
};
