import type { NameTest } from './names.ts';
import { maxSpans, type Span } from './span.ts';

const longestName = 64;
/** 1 for each UTF-16 unit that a name may consist of. */
const nameUnits = Uint8Array.from({ length: 128 }, (_, unit) => (/[\w.[\]%-]/.test(String.fromCharCode(unit)) ? 1 : 0));

/**
 * Values whose name says that they are secrets, in a text that is a query or form (`name=value`) or JSON, also JSON that is a
 * text in other JSON. Only the places that mention such a name are looked at.
 */
export const fields = (text: string, { isSecretName, mention }: NameTest): Span[] => {
  const spans: Span[] = [];
  for (let end = mention(text, 0); end >= 0 && spans.length <= maxSpans; end = mention(text, end)) {
    const last = end + longestName;
    while (end < last && nameUnits[text.charCodeAt(end)] === 1) end++;
    const value = valueAfter(text, end);
    if (value === undefined || !isSecretName(nameBefore(text, end))) continue;
    if (spans.length >= maxSpans) value.end = text.length;
    spans.push(value);
    ({ end } = value);
  }
  return spans;
};

const equals = 61;
const quotes = 34;
const backslash = 92;

const valueAfter = (text: string, nameEnd: number): Span | undefined => {
  const unit = text.charCodeAt(nameEnd);
  if (unit === equals) return pairValue(text, nameEnd + 1);
  return unit === quotes || unit === backslash ? jsonValue(text, nameEnd) : undefined;
};

const nameBefore = (text: string, end: number): string => {
  let start = end;
  while (end - start < longestName && nameUnits[text.charCodeAt(start - 1)] === 1) start--;
  return text.slice(start, end);
};

const pairEnd = /[&;\s#"'<>]/g;

/** What begins a value in quotes, as in markup and logfmt: `password="x"`. */
const openingQuote = /(\\*)(["'])/y;

const pairValue = (text: string, start: number): Span | undefined => {
  openingQuote.lastIndex = start;
  const quoted = openingQuote.exec(text);
  if (quoted !== null) {
    const begin = openingQuote.lastIndex;
    const [, before = '', mark = ''] = quoted;
    const closing = mark === '"' ? closingQuote(text, begin, before.length) : text.indexOf(mark, begin);
    const end = closing < 0 ? text.length : closing;
    return end > begin ? { start: begin, end } : undefined;
  }
  pairEnd.lastIndex = start;
  const end = pairEnd.exec(text)?.index ?? text.length;
  return end > start ? { start, end } : undefined;
};

/** What ends a name in JSON, the colon, and what begins a text, a number, true or false, an array or object. */
const jsonColon = /(\\*)"\s*:\s*(?:(\\*)"|(?=[-\dft[{]))/y;
const scalarEnd = /[^-+.\w]/g;

const jsonValue = (text: string, nameEnd: number): Span | undefined => {
  jsonColon.lastIndex = nameEnd;
  const match = jsonColon.exec(text);
  if (match === null) return undefined;
  const start = jsonColon.lastIndex;
  if (match[2] === undefined) {
    if (isOpening(text.charCodeAt(start))) {
      const end = containerEnd(text, start, match[1]?.length ?? 0);
      return end > start + 2 ? { start, end } : undefined;
    }
    scalarEnd.lastIndex = start;
    return { start, end: scalarEnd.exec(text)?.index ?? text.length };
  }
  const end = closingQuote(text, start, match[2].length);
  return end > start ? { start, end } : undefined;
};

const isOpening = (unit: number): boolean => unit === 91 || unit === 123;
const isClosing = (unit: number): boolean => unit === 93 || unit === 125;

/** Where an array or object ends; what its texts hold does not count. One without an end goes to that of the text. */
const containerEnd = (text: string, start: number, backslashes: number): number => {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === quotes) at = closingQuote(text, at + 1, backslashes) + backslashes;
    else if (isOpening(unit)) depth++;
    else if (isClosing(unit) && --depth === 0) return at + 1;
  }
  return text.length;
};

/** Where the text ends that began with a quote after so many backslashes; quotes inside it have more of them. */
const closingQuote = (text: string, start: number, backslashes: number): number => {
  for (let at = text.indexOf('"', start); at >= 0; at = text.indexOf('"', at + 1)) {
    let first = at;
    while (first > start && text.charCodeAt(first - 1) === 92) first--;
    // A backslash that is data is written as two, each with its own backslashes before it.
    if ((at - first) % (2 * (backslashes + 1)) === backslashes) return at - backslashes;
  }
  return text.length;
};
