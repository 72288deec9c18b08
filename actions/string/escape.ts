import { defineAction, string } from '../kit/index.ts';
import { openEscape } from './escape-units.ts';

// What has a meaning in some regular expression, white space and # in those with comments included.
const special = '.^$*+?()[]{}|#-\\\t\n\v\f\r ';
const escapeSpecial = openEscape(Object.fromEntries([...special].map((character) => [character, `\\${character}`])));

export default defineAction({
  id: 'string/escape',
  title: 'Escape',
  summary: 'Escapes a text so that a regular expression matches it literally.',
  documentation: `
A backslash is put before each of \`. ^ $ * + ? ( ) [ ] { } | # - \\\\\`, blanks, tabs and line breaks, as Elixir's
\`Regex.escape\` does. The result can be a part of any pattern given to the regex actions. \`string/unescape\` is not the reverse
of it; for HTML use \`string/escape-html\`.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'string' },
  examples: [
    { given: { string: 'a.b' }, gives: 'a\\.b' },
    { given: { string: '\\what if' }, gives: '\\\\what\\ if' },
    { given: { string: '(1+1)*2 = 4' }, gives: '\\(1\\+1\\)\\*2\\ =\\ 4' },
    { given: { string: 'plain' }, gives: 'plain' },
    { given: { string: 1 }, fails: 'input-invalid' },
  ],
  run: ({ string }) => escapeSpecial(string, 'string'),
});
