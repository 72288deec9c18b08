import { defineAction, integer, optional } from '../kit/index.ts';

export default defineAction({
  id: 'integer/to-string',
  title: 'To string',
  summary: 'Writes a whole number as a text in a base from 2 to 36.',
  keywords: ['binary', 'cast', 'convert', 'hexadecimal', 'radix'],
  documentation: `
Digits from 10 on are capital letters, as with Elixir's \`Integer.to_string\`; there is no prefix such as 0x, and a negative
number has a minus. To fill with zeros use \`string/pad-leading\`; for separators or currencies use \`number/format\`.
\`string/to-integer-by-base\` does the reverse.`,
  fields: {
    integer: integer({ label: 'Integer' }),
    base: optional(integer({ label: 'Base', minimum: 2, maximum: 36 }), 10),
  },
  output: { type: 'string' },
  examples: [
    { given: { integer: 321, base: 2 }, gives: '101000001' },
    { given: { integer: 255, base: 16 }, gives: 'FF' },
    { given: { integer: -42 }, gives: '-42' },
    { given: { integer: 1, base: 37 }, fails: 'input-invalid' },
  ],
  run: ({ integer, base }) => integer.toString(base).toUpperCase(),
});
