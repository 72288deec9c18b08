import { defineAction } from '../kit/index.ts';
import { openPattern } from '../support/pattern.ts';
import { capturesOf } from './captures.ts';
import { aboutPatterns, modifiers, patternInvalid, regexFields } from './regex-fields.ts';

export default defineAction({
  id: 'string/regex-run',
  title: 'Regex run',
  summary: 'Gives the first match of a regular expression with its groups, or null.',
  keywords: ['extract', 'grep', 'pattern', 'regexp'],
  documentation: `
The result is an array: the whole match, then the groups in the order of their opening parentheses. As in Elixir's \`Regex.run\`,
a group that took no part is the empty text, and missing when no later group took part. For groups by name use
\`string/regex-capture-to-object\`, for all matches \`string/regex-scan\`.
${aboutPatterns}`,
  fields: { ...regexFields, modifiers },
  output: { type: ['array', 'null'], items: { type: 'string' } },
  failures: patternInvalid,
  examples: [
    { given: { string: 'order 66 of 99', regex: '\\d+' }, gives: ['66'] },
    { given: { string: 'a=1; b=2', regex: '(\\w)=(\\d)' }, gives: ['a=1', 'a', '1'] },
    { given: { string: 'ac', regex: '(a)(b)?(c)(d)?' }, gives: ['ac', 'a', '', 'c'] },
    { given: { string: 'abc', regex: 'x' }, gives: null },
    { given: { string: 'abc', regex: '(' }, fails: 'pattern-invalid' },
    { given: { string: 'abc', regex: 1 }, fails: 'input-invalid' },
  ],
  run: ({ string, regex, modifiers }) => {
    const pattern = openPattern(regex, modifiers);
    const match = pattern.search(string, 'string')();
    return match === undefined ? null : capturesOf(match, pattern.groups);
  },
});
