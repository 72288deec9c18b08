import { ActionFailure, boolean, defineAction, either, integer, listOf, optional, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { eachGrapheme } from '../support/graphemes.ts';
import { splitParts } from './parts.ts';
import { checkSearches, openSearch } from './search.ts';

interface Separator {
  start: number;
  end: number;
}

/** The next of several texts, and of those that begin at one place the longest. */
const openSeparators = (text: string, patterns: readonly string[]): (() => Separator | undefined) => {
  checkSearches(patterns.length, text, 'patterns');
  const searches = patterns.map((pattern) => ({ pattern, find: openSearch(text, pattern), at: -2 }));
  let from = 0;
  return () => {
    let start = text.length;
    let end = -1;
    for (const search of searches) {
      if (search.at !== -1 && search.at < from) search.at = search.find(from);
      if (search.at < 0 || search.at > start) continue;
      const stop = search.at + search.pattern.length;
      if (search.at < start || stop > end) {
        start = search.at;
        end = stop;
      }
    }
    if (end < 0) return undefined;
    from = end;
    return { start, end };
  };
};

/** The empty text separates all characters and stands at both ends. */
const openBoundaries = (text: string, most: number): (() => Separator | undefined) => {
  const boundaries = [0];
  eachGrapheme(text, 'string', (_, end) => {
    checkTotal(boundaries.push(end), 'string');
    return boundaries.length >= most;
  });
  let next = 0;
  return () => {
    const at = boundaries[next];
    next += 1;
    return at === undefined ? undefined : { start: at, end: at };
  };
};

export default defineAction({
  id: 'string/split-by',
  title: 'Split by',
  summary: 'Splits a text wherever one of some texts occurs.',
  keywords: ['delimiter', 'explode', 'separator'],
  documentation: `
The patterns are taken literally: for regular expressions use \`string/regex-split\`. Where several begin at one place the longest
separates. Separators side by side, at the beginning or at the end make empty parts, which \`trim\` leaves out. With \`parts\` the
last part is the rest of the text as it is. An empty pattern, which must be the only one, separates all characters with an empty
part at both ends, as in Elixir; \`string/characters\` gives them without. Without any pattern the text is the only part. At most
1,000,000 parts are given.`,
  fields: {
    string: string({ label: 'Text' }),
    patterns: either(string(), listOf(string()), {
      label: 'Patterns',
      help: 'The separator, or an array of several.',
    }),
    parts: optional(integer({ label: 'Parts', help: 'The most parts to make.', minimum: 1 })),
    trim: optional(boolean({ label: 'Trim', help: 'Leave out empty parts.' }), false),
  },
  output: { type: 'array', items: { type: 'string' } },
  examples: [
    { given: { string: 'a,b,,c', patterns: ',' }, gives: ['a', 'b', '', 'c'] },
    { given: { string: 'a, b;c', patterns: [', ', ';'] }, gives: ['a', 'b', 'c'] },
    { given: { string: '/usr//bin', patterns: '/', trim: true }, gives: ['usr', 'bin'] },
    { given: { string: 'key=a=b', patterns: '=', parts: 2 }, gives: ['key', 'a=b'] },
    { given: { string: 'abc', patterns: '' }, gives: ['', 'a', 'b', 'c', ''] },
    { given: { string: 'abc', patterns: ['', 'b'] }, fails: 'input-invalid' },
  ],
  run: ({ string, patterns, parts = Number.POSITIVE_INFINITY, trim }) => {
    const distinct = typeof patterns === 'string' ? [patterns] : [...new Set(patterns)];
    if (distinct.length > 1 && distinct.includes('')) {
      throw new ActionFailure('input-invalid', '`patterns` may have an empty text only when it is the only one');
    }
    const next = distinct[0] === '' ? openBoundaries(string, parts + 1) : openSeparators(string, distinct);
    return splitParts(string, next, parts, trim);
  },
});
