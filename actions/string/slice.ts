import { defineAction, integer, optional, string } from '../kit/index.ts';
import { offsetOf } from '../support/graphemes.ts';

export default defineAction({
  id: 'string/slice',
  title: 'Slice',
  summary: 'Gives a part of a text from a position on.',
  keywords: ['cut', 'substr', 'substring'],
  documentation: `
Positions count characters as people see them (grapheme clusters) from 0. A negative start counts from the end, and one before the
beginning is the beginning, as in Elixir's \`String.slice\`; a start behind the end gives the empty text. The part is shorter than
\`length\` where the text ends before; without \`length\` it goes to the end.`,
  fields: {
    string: string({ label: 'Text' }),
    start: integer({ label: 'Start', help: 'From 0; a negative number counts from the end.' }),
    length: optional(integer({ label: 'Length', help: 'The most characters to give; all, if left out.', minimum: 0 })),
  },
  output: { type: 'string' },
  examples: [
    { given: { string: 'autoflow', start: 4, length: 4 }, gives: 'flow' },
    { given: { string: 'autoflow', start: -4, length: 2 }, gives: 'fl' },
    { given: { string: 'autoflow', start: 4 }, gives: 'flow' },
    { given: { string: 'autoflow', start: -20, length: 4 }, gives: 'auto' },
    { given: { string: 'autoflow', start: 20, length: 4 }, gives: '' },
    { given: { string: 'autoflow', start: 0, length: -1 }, fails: 'input-invalid' },
  ],
  run: ({ string, start, length }) => {
    const rest = string.slice(offsetOf(string, start, 'string'));
    return length === undefined ? rest : rest.slice(0, offsetOf(rest, length, 'string'));
  },
});
