import { defineAction } from '../kit/index.ts';
import { openPattern } from '../support/pattern.ts';
import { aboutPatterns, modifiers, patternInvalid, regexFields } from './regex-fields.ts';

export default defineAction({
  id: 'string/regex-is-match',
  title: 'Regex is match',
  summary: 'Tells whether a regular expression matches somewhere in a text.',
  keywords: ['pattern', 'regexp', 'test'],
  documentation: `
A part of the text is enough: write \`^\` and \`$\`, or \`\\A\` and \`\\z\`, for all of it. \`$\` matches at the very end only,
not before a line break there.
${aboutPatterns}`,
  fields: { ...regexFields, modifiers },
  output: { type: 'boolean' },
  failures: patternInvalid,
  examples: [
    { given: { string: 'foo', regex: 'foo' }, gives: true },
    { given: { string: 'AB-1234', regex: '^[A-Z]{2}-\\d{4}$' }, gives: true },
    { given: { string: 'Hello', regex: 'HELLO' }, gives: false },
    { given: { string: 'Hello', regex: 'HELLO', modifiers: 'i' }, gives: true },
    { given: { string: 'abab', regex: '(ab)\\1' }, fails: 'pattern-invalid' },
    { given: { string: 'a', regex: 'a', modifiers: 'g' }, fails: 'input-invalid' },
  ],
  run: ({ string, regex, modifiers }) => openPattern(regex, modifiers).test(string, 'string'),
});
