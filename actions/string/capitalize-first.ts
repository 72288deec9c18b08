import { defineAction, string } from '../kit/index.ts';
import { capitalize } from './letter-case.ts';

export default defineAction({
  id: 'string/capitalize-first',
  title: 'Capitalise first',
  summary: 'Turns the first character of a text to upper case and the rest to lower case.',
  keywords: ['ucfirst', 'uppercase'],
  documentation: `
Follows Unicode, the same in every language. A first letter that is written with two capitals has only the first of them large, so
that ß becomes Ss. Capitals further on are lost: use \`string/title-case\` to keep them, and to treat every word.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'string' },
  examples: [
    { given: { string: 'hello' }, gives: 'Hello' },
    { given: { string: 'hELLO WORLD' }, gives: 'Hello world' },
    { given: { string: 'éclair' }, gives: 'Éclair' },
    { given: { string: '' }, gives: '' },
    { given: { string: true }, fails: 'input-invalid' },
  ],
  run: ({ string }) => capitalize(string, true),
});
