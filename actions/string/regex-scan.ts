import { defineAction } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { matchesOfSlice, openPattern, type Pattern } from '../support/pattern.ts';
import { inSlices } from '../support/slices.ts';
import { capturesOf } from './captures.ts';
import { aboutPatterns, modifiers, patternInvalid, regexFields } from './regex-fields.ts';

function* scan(pattern: Pattern, text: string): Generator<void, string[][]> {
  const next = pattern.search(text, 'string');
  const matches: string[][] = [];
  let texts = 0;
  for (let match = next(); match !== undefined; match = next()) {
    const captures = capturesOf(match, pattern.groups);
    texts += captures.length;
    checkTotal(texts, 'string');
    matches.push(captures);
    if (matches.length % matchesOfSlice === 0) yield;
  }
  return matches;
}

export default defineAction({
  id: 'string/regex-scan',
  title: 'Regex scan',
  summary: 'Gives all matches of a regular expression, each with its groups.',
  keywords: ['find all', 'grep', 'matchall', 'pattern', 'regexp'],
  documentation: `
Each match is an array: the whole match, then its groups, as \`string/regex-run\` gives them. Matches go from left to right and do
not overlap; a pattern that can match nothing also does so between characters. At most 1,000,000 texts are given.
${aboutPatterns}`,
  fields: { ...regexFields, modifiers },
  output: { type: 'array', items: { type: 'array', items: { type: 'string' } } },
  failures: patternInvalid,
  examples: [
    { given: { string: 'cd 1, ce 22', regex: '\\d+' }, gives: [['1'], ['22']] },
    {
      given: { string: 'a=1; b=2', regex: '(\\w)=(\\d)' },
      gives: [
        ['a=1', 'a', '1'],
        ['b=2', 'b', '2'],
      ],
    },
    { given: { string: 'abc', regex: 'x' }, gives: [] },
    { given: { string: 'abc', regex: 'a(?!b)' }, fails: 'pattern-invalid' },
    { given: { string: null, regex: 'a' }, fails: 'input-invalid' },
  ],
  run: ({ string, regex, modifiers }, context) => {
    const pattern = openPattern(regex, modifiers);
    return inSlices(scan(pattern, string), () => context.signal);
  },
});
