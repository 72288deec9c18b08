import { defineAction, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';

export default defineAction({
  id: 'string/concatenate',
  title: 'Concatenate',
  summary: 'Puts one text behind another.',
  keywords: ['append', 'concat', 'plus'],
  documentation: `
Nothing is put between them. The result may have 10,000,000 characters. Only texts are taken: \`string/interpolate\` and
\`string/join\` also write numbers, true, false and dates, and take any number of values.`,
  fields: { string: string({ label: 'Text' }), with: string({ label: 'With', help: 'The text that comes behind.' }) },
  output: { type: 'string' },
  examples: [
    { given: { string: 'autoflow', with: 'good' }, gives: 'autoflowgood' },
    { given: { string: '', with: 'a' }, gives: 'a' },
    { given: { string: 'total: ', with: 3 }, fails: 'input-invalid' },
  ],
  run: ({ string, with: other }) => {
    checkTotal(string.length + other.length, 'with', 'characters');
    return string + other;
  },
});
