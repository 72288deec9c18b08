import { boolean, defineAction, integer, optional, string } from '../kit/index.ts';
import { splitParts } from './parts.ts';

export default defineAction({
  id: 'string/split-by-newline',
  title: 'Split by newline',
  summary: 'Splits a text into its lines.',
  keywords: ['line breaks', 'rows'],
  documentation: `
Lines end with \\n or \\r\\n; a \\r alone does not end one. A line break at the end of the text is followed by one more, empty
line. \`trim\` leaves out empty lines. With \`parts\` the last part is the rest of the text as it is, line breaks included. At
most 1,000,000 lines are given. A published example that shows a blank inside such a rest has lost a line break in print.`,
  fields: {
    string: string({ label: 'Text' }),
    parts: optional(integer({ label: 'Parts', help: 'The most parts to make.', minimum: 1 })),
    trim: optional(boolean({ label: 'Trim', help: 'Leave out empty lines.' }), false),
  },
  output: { type: 'array', items: { type: 'string' } },
  examples: [
    { given: { string: 'a\nb\r\nc' }, gives: ['a', 'b', 'c'] },
    { given: { string: 'abc\nabc\nabc', parts: 2 }, gives: ['abc', 'abc\nabc'] },
    { given: { string: '\na\n\nb\n' }, gives: ['', 'a', '', 'b', ''] },
    { given: { string: '\na\n\nb\n', trim: true }, gives: ['a', 'b'] },
    { given: { string: 'a', parts: 0 }, fails: 'input-invalid' },
  ],
  run: ({ string, parts = Number.POSITIVE_INFINITY, trim }) => {
    let from = 0;
    const next = () => {
      const at = string.indexOf('\n', from);
      if (at < 0) return undefined;
      const start = at > from && string[at - 1] === '\r' ? at - 1 : at;
      from = at + 1;
      return { start, end: from };
    };
    return splitParts(string, next, parts, trim);
  },
});
