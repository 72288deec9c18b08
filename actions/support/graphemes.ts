import { ActionFailure } from '../kit/index.ts';
import { checkTotal } from './bounds.ts';

// What people call a character is a grapheme cluster (Unicode Standard Annex 29): "é" may be two code points, a flag always is.
// Intl.Segmenter finds them, but takes about a microsecond for each and time that grows with the square of the text, so that it
// is asked only about small windows, and only where there may be something to join.

/**
 * UTF-16 units that are a grapheme each wherever two of them stand side by side. A carriage return is not among them.
 */
const plainRanges = [
  [0x00, 0x0c],
  [0x0e, 0x2ff],
  [0x370, 0x482],
  [0x48a, 0x590],
  [0x5d0, 0x5ea],
  [0x620, 0x64a],
  [0x660, 0x66f],
  [0x904, 0x939],
  [0xe01, 0xe30],
  [0x1e00, 0x200b],
  [0x2010, 0x20cf],
  [0x2100, 0x2bff],
  [0x3000, 0x3029],
  [0x3030, 0x3098],
  [0x309b, 0xa48c],
  [0xac00, 0xd7a3],
  [0xe000, 0xfaff],
  [0xff01, 0xff9d],
] as const;

let plainUnits: Uint8Array | undefined;
const plainTable = (): Uint8Array => {
  if (plainUnits === undefined) {
    plainUnits = new Uint8Array(0x10000);
    for (const [first, last] of plainRanges) plainUnits.fill(1, first, last + 1);
  }
  return plainUnits;
};

const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/**
 * Emoji that take part in nothing by themselves (no flags, no skin tones), and the ideographs beyond the first 65,536
 * characters.
 */
const isPlainPair = (point: number): boolean =>
  (point >= 0x1f300 && point <= 0x1f3fa) ||
  (point >= 0x1f400 && point <= 0x1f64f) ||
  (point >= 0x1f680 && point <= 0x1f6ff) ||
  (point >= 0x1f900 && point <= 0x1f9ff) ||
  (point >= 0x20000 && point <= 0x3ffff);

/** Units of the plain character at an index; 0 when it is none. */
const plainWidth = (text: string, at: number, plain: Uint8Array): number => {
  const unit = text.charCodeAt(at);
  if (plain[unit]) return 1;
  return unit >= 0xd800 && unit < 0xdc00 && isPlainPair(text.codePointAt(at) as number) ? 2 : 0;
};

/** Plain units that are no control characters: those never join a mark. */
const takesMarks = (unit: number): boolean =>
  unit >= 0x20 && !(unit >= 0x7f && unit <= 0x9f) && unit !== 0xad && !(unit >= 0x2000 && unit <= 0x206f);

/** Accents, and what makes an emoji of a symbol. */
const isMark = (unit: number): boolean => (unit >= 0x300 && unit <= 0x36f) || unit === 0xfe0f;

/** Units of the grapheme at an index where one begins, if that can be told without the segmenter; else 0. */
const easyWidth = (text: string, at: number, plain: Uint8Array): number => {
  const width = plainWidth(text, at, plain);
  if (width === 0) {
    if (text.charCodeAt(at) !== carriageReturn) return 0;
    return text.charCodeAt(at + 1) === lineFeed ? 2 : 1;
  }
  let next = at + width;
  if (isMark(text.charCodeAt(next)) && takesMarks(text.charCodeAt(at))) {
    do next += 1;
    while (isMark(text.charCodeAt(next)));
  }
  if (next === text.length || plainWidth(text, next, plain) > 0) return next - at;
  return text.charCodeAt(next) === carriageReturn ? next - at : 0;
};

// To begin a window costs as much as some characters of it.
const worthLeaving = 8;

/** Whether so many characters follow that the segmenter is not needed for, or the end does before. */
const isPlainAhead = (text: string, at: number, plain: Uint8Array): boolean => {
  const end = Math.min(text.length, at + worthLeaving);
  for (let ahead = at; ahead < end; ahead += 1) if (!plain[text.charCodeAt(ahead)]) return false;
  return true;
};

// About half a second of segmenting.
const mostComposed = 500_000;
const smallestWindow = 128;

let segmenter: Intl.Segmenter | undefined;

/**
 * Calls `visit` with beginning and end of each grapheme until it gives true. Fails with input-invalid, naming `field`,
 * for a text with more than 500,000 characters that are, or stand by, composed ones.
 */
export const eachGrapheme = (text: string, field: string, visit: (start: number, end: number) => unknown): void => {
  const plain = plainTable();
  let at = 0;
  let composed = 0;
  let window = smallestWindow;
  while (at < text.length) {
    const width = easyWidth(text, at, plain);
    if (width > 0) {
      if (visit(at, at + width) === true) return;
      at += width;
      continue;
    }
    const start = at;
    let end = Math.min(text.length, start + window);
    // Half a character at the end would be taken for one that joins nothing.
    if (end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end -= 1;
    segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
    for (const { segment } of segmenter.segment(text.slice(start, end))) {
      const next = at + segment.length;
      // The last one may go on behind the window.
      if (next === end && end < text.length) break;
      composed += 1;
      if (composed > mostComposed) refuseComposed(field);
      if (visit(at, next) === true) return;
      at = next;
      if (window > smallestWindow || isPlainAhead(text, at, plain)) break;
    }
    window = at === start ? window * 8 : smallestWindow;
  }
};

const refuseComposed = (field: string): never => {
  throw new ActionFailure(
    'input-invalid',
    `\`${field}\` has more than ${mostComposed} characters that are composed of several, which is the most that is looked at; give a part of it`,
  );
};

/** Whether every UTF-16 unit is a grapheme. True for ASCII without carriage returns, and for most plain text. */
export const isUnitEach = (text: string): boolean => {
  const plain = plainTable();
  for (let at = 0; at < text.length; at += 1) if (!plain[text.charCodeAt(at)]) return false;
  return true;
};

export const countGraphemes = (text: string, field: string): number => {
  if (isUnitEach(text)) return text.length;
  let count = 0;
  eachGrapheme(text, field, () => {
    count += 1;
  });
  return count;
};

/** The graphemes of a text, at most 1,000,000. */
export const toGraphemes = (text: string, field: string): string[] => {
  const graphemes: string[] = [];
  eachGrapheme(text, field, (start, end) => {
    if (graphemes.push(text.slice(start, end)) % 1024 === 0) checkTotal(graphemes.length, field);
  });
  checkTotal(graphemes.length, field);
  return graphemes;
};

/**
 * Where the grapheme at a position begins, in UTF-16 units. A negative position counts from the end. What lies before
 * the text is 0 and what lies behind it the length.
 */
export const offsetOf = (text: string, position: number, field: string): number => {
  let left = position < 0 ? countGraphemes(text, field) + position : position;
  if (left <= 0) return 0;
  if (left >= text.length) return text.length;
  let offset = text.length;
  eachGrapheme(text, field, (start) => {
    if (left === 0) {
      offset = start;
      return true;
    }
    left -= 1;
    return false;
  });
  return offset;
};

/** Where the grapheme that begins at an index ends. */
export const endOfGrapheme = (text: string, start: number, field: string): number => {
  let end = start;
  const rest = start === 0 ? text : text.slice(start);
  eachGrapheme(rest, field, (_, next) => {
    end = start + next;
    return true;
  });
  return end;
};
