import { ActionFailure } from '../../kit/index.ts';

const most = 100_000;
const deepest = 500;

/** What these hold is written line by line, once for each that is open around it. */
const indented = new Set(['blockquote', 'ol', 'table', 'ul']);
const mostLines = 1_000_000;
/** A line may be broken after so many characters. */
const shortestLine = 20;

// These end by themselves, or have no content.
const shallow = new Set(
  'p li dt dd tr td th thead tbody tfoot option optgroup area base br col embed hr img input link meta param source track wbr'.split(
    ' ',
  ),
);

/** Refuses more tags than are read in a moment, and more open at one place than allowed: reading takes their square. */
export const checkTags = (html: string): void => {
  const open: string[] = [];
  let count = 0;
  let levels = 0;
  let lines = 0;
  let last = 0;
  const countLines = (to: number): void => {
    if (levels > 0) lines += levels * linesOf(html, last, to);
    if (lines > mostLines) refuse(`${mostLines} lines in quotes, lists and tables, counted at each level`);
    last = to;
  };
  for (const { 1: slash, 2: name = '', index } of html.matchAll(/<(\/?)([A-Za-z][A-Za-z0-9:-]{0,40})/g)) {
    count += 1;
    if (count > most) refuse(`${most} tags`);
    countLines(index);
    const tag = name.toLowerCase();
    if (shallow.has(tag)) continue;
    if (slash === '') {
      open.push(tag);
      if (indented.has(tag)) levels += 1;
      if (open.length > deepest) refuse(`${deepest} tags open at one place`);
    } else {
      const at = open.lastIndexOf(tag);
      if (at < 0) continue;
      for (const closed of open.splice(at)) if (indented.has(closed)) levels -= 1;
    }
  }
  countLines(html.length);
};

const linesOf = (html: string, from: number, to: number): number => {
  const text = html.slice(from, to);
  return Math.floor(text.length / shortestLine) + text.split('\n').length;
};

const refuse = (what: string): never => {
  throw new ActionFailure(
    'data-invalid',
    `\`html\` has more than ${what}, which is the most that is read; give a part of it`,
  );
};
