import { defineAction, integer, string } from '../kit/index.ts';
import { offsetOf } from '../support/graphemes.ts';

export default defineAction({
  id: 'string/split-at',
  title: 'Split at',
  summary: 'Splits a text in two at a position.',
  documentation: `
The position is the number of characters, as people see them (grapheme clusters), of the first part; a negative one counts from
the end and is the length of the second part. The result always has two texts: at a position beyond an end of the text one of them
is empty.`,
  fields: {
    string: string({ label: 'Text' }),
    position: integer({ label: 'Position', help: 'A negative number counts from the end.' }),
  },
  output: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2 },
  examples: [
    { given: { string: 'Hello World', position: 5 }, gives: ['Hello', ' World'] },
    { given: { string: 'DE89370400440532013000', position: -4 }, gives: ['DE8937040044053201', '3000'] },
    { given: { string: 'abc', position: 10 }, gives: ['abc', ''] },
    { given: { string: 'abc', position: '1' }, fails: 'input-invalid' },
  ],
  run: ({ string, position }) => {
    const offset = offsetOf(string, position, 'string');
    return [string.slice(0, offset), string.slice(offset)];
  },
});
