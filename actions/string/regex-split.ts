import { boolean, defineAction, integer, optional } from '../kit/index.ts';
import { after } from '../support/awaitable.ts';
import { checkTotal } from '../support/bounds.ts';
import { matchesOfSlice, openPattern, type Pattern } from '../support/pattern.ts';
import { inSlices } from '../support/slices.ts';
import { splitParts } from './parts.ts';
import { aboutPatterns, modifiers, patternInvalid, regexFields } from './regex-fields.ts';

interface Place {
  start: number;
  end: number;
}

/** No more than so many parts need. */
function* findSeparators(pattern: Pattern, text: string, most: number, trim: boolean): Generator<void, Place[]> {
  const next = pattern.search(text, 'string');
  const found: Place[] = [];
  let parts = 0;
  let offset = 0;
  while (parts < most - 1) {
    const match = next();
    if (match === undefined) break;
    if (match.start > offset || !trim) parts += 1;
    offset = match.end;
    found.push({ start: match.start, end: offset });
    if (found.length % matchesOfSlice === 0) {
      checkTotal(parts, 'string');
      yield;
    }
  }
  return found;
}

export default defineAction({
  id: 'string/regex-split',
  title: 'Regex split',
  summary: 'Splits a text wherever a regular expression matches.',
  keywords: ['explode', 'pattern', 'regexp'],
  documentation: `
Matches side by side, at the beginning or at the end make empty parts, which \`trim\` leaves out. With \`parts\` the last part is
the rest of the text as it is. Groups change nothing. A pattern that matches nothing separates all characters and makes an empty
part at both ends, as in Elixir. At most 1,000,000 parts are given.
${aboutPatterns}`,
  fields: {
    ...regexFields,
    modifiers,
    parts: optional(integer({ label: 'Parts', help: 'The most parts to make.', minimum: 1 })),
    trim: optional(boolean({ label: 'Trim', help: 'Leave out empty parts.' }), false),
  },
  output: { type: 'array', items: { type: 'string' } },
  failures: patternInvalid,
  examples: [
    { given: { string: 'a, b;c', regex: '[,;]\\s*' }, gives: ['a', 'b', 'c'] },
    { given: { string: 'a-b-c', regex: '-', parts: 2 }, gives: ['a', 'b-c'] },
    { given: { string: '1a22b', regex: '\\d+' }, gives: ['', 'a', 'b'] },
    { given: { string: '1a22b', regex: '\\d+', trim: true }, gives: ['a', 'b'] },
    { given: { string: 'abc', regex: '' }, gives: ['', 'a', 'b', 'c', ''] },
    { given: { string: 'abc', regex: '[' }, fails: 'pattern-invalid' },
    { given: { string: 'abc', regex: 'b', parts: 0 }, fails: 'input-invalid' },
  ],
  run: ({ string, regex, modifiers, parts = Number.POSITIVE_INFINITY, trim }, context) => {
    const separators = findSeparators(openPattern(regex, modifiers), string, parts, trim);
    return after(
      inSlices(separators, () => context.signal),
      (found) => {
        let next = 0;
        return splitParts(string, () => found[next++], parts, trim);
      },
    );
  },
});
