import { defineAction } from '../kit/index.ts';
import { openPattern } from '../support/pattern.ts';
import { aboutPatterns, modifiers, patternInvalid, regexFields } from './regex-fields.ts';

export default defineAction({
  id: 'string/regex-capture-to-object',
  title: 'Regex capture to object',
  summary: 'Gives the named groups of the first match of a regular expression as an object, or null.',
  keywords: ['extract', 'grok', 'parse', 'pattern', 'regexp'],
  documentation: `
A named group is written \`(?<name>…)\` or \`(?P<name>…)\`. Groups without a name are left out; a named one that took no part is
the empty text, as in Elixir's \`Regex.named_captures\`. Without a match the result is null, and for a pattern without named
groups it is an empty object.
${aboutPatterns}`,
  fields: { ...regexFields, modifiers },
  output: { type: ['object', 'null'], additionalProperties: { type: 'string' } },
  failures: patternInvalid,
  examples: [
    {
      given: { string: '2026-11-21', regex: '(?<year>\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)' },
      gives: { year: '2026', month: '11', day: '21' },
    },
    { given: { string: 'GET', regex: '(?<method>[A-Z]+)( (?<path>\\S+))?' }, gives: { method: 'GET', path: '' } },
    { given: { string: 'abc', regex: '(?<digits>\\d+)' }, gives: null },
    { given: { string: 'abc', regex: '(?<a>a)(?<a>b)' }, fails: 'pattern-invalid' },
    { given: { string: 1, regex: 'a' }, fails: 'input-invalid' },
  ],
  run: ({ string, regex, modifiers }) => {
    const pattern = openPattern(regex, modifiers);
    const match = pattern.search(string, 'string')();
    if (match === undefined) return null;
    return Object.fromEntries(pattern.names.map(([name, group]) => [name, match.group(group) ?? '']));
  },
});
