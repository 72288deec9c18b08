import type { NameTest } from './names.ts';
import { maxSpans, type Span } from './span.ts';

const longestName = 64;
/** 1 for each UTF-16 unit that a name may consist of. */
const nameUnits = Uint8Array.from({ length: 128 }, (_, unit) => (/[\w.[\]%-]/.test(String.fromCharCode(unit)) ? 1 : 0));

/**
 * Values whose name says that they are secrets, in a text that is a query or form (`name=value`) or JSON, also JSON that is a
 * text in other JSON. Only the places that mention such a name are looked at.
 */
export const fields = (text: string, { isSecretName, isMentioned, mention }: NameTest): Span[] => {
  const spans: Span[] = [];
  // Walking through matches copies the expression; most texts have none.
  if (!isMentioned(text)) return spans;
  let done = 0;
  for (const { 0: mentioned, index } of text.matchAll(mention)) {
    let end = index + mentioned.length;
    if (end <= done) continue;
    const last = end + longestName;
    while (end < last && nameUnits[text.charCodeAt(end)] === 1) end++;
    done = end;
    const value = text[end] === '=' ? pairValue(text, end + 1) : jsonValue(text, end);
    if (value === undefined || !isSecretName(nameBefore(text, end))) continue;
    done = value.end;
    if (spans.length >= maxSpans) value.end = text.length;
    spans.push(value);
    if (spans.length > maxSpans) break;
  }
  return spans;
};

const nameBefore = (text: string, end: number): string => {
  let start = end;
  while (end - start < longestName && nameUnits[text.charCodeAt(start - 1)] === 1) start--;
  return text.slice(start, end);
};

const pairEnd = /[&;\s#"'<>]/g;

const pairValue = (text: string, start: number): Span | undefined => {
  pairEnd.lastIndex = start;
  const end = pairEnd.exec(text)?.index ?? text.length;
  return end > start ? { start, end } : undefined;
};

/** What ends a name in JSON, the colon, and what begins a text, a number, true or false. */
const jsonColon = /(\\*)"\s*:\s*(?:(\\*)"|(?=[-\dft]))/y;
const scalarEnd = /[^-+.\w]/g;

const jsonValue = (text: string, nameEnd: number): Span | undefined => {
  jsonColon.lastIndex = nameEnd;
  const match = jsonColon.exec(text);
  if (match === null) return undefined;
  const start = jsonColon.lastIndex;
  if (match[2] === undefined) {
    scalarEnd.lastIndex = start;
    return { start, end: scalarEnd.exec(text)?.index ?? text.length };
  }
  const end = closingQuote(text, start, match[2].length);
  return end > start ? { start, end } : undefined;
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
