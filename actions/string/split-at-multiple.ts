import { defineAction, integer, listOf, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { countGraphemes, eachGrapheme } from '../support/graphemes.ts';

export default defineAction({
  id: 'string/split-at-multiple',
  title: 'Split at multiple',
  summary: 'Splits a text at several positions.',
  documentation: `
Each position is a number of characters from the beginning, as people see them (grapheme clusters); a negative one counts from the
end. Their order does not matter. There is always one part more than there are positions: those that are equal or lie beyond an
end of the text make empty parts. This suits lines with columns of fixed width.`,
  fields: {
    string: string({ label: 'Text' }),
    positions: listOf(integer(), { label: 'Positions', help: 'Negative numbers count from the end.' }),
  },
  output: { type: 'array', items: { type: 'string' }, minItems: 1 },
  examples: [
    { given: { string: '20261121T0930', positions: [4, 6, 8] }, gives: ['2026', '11', '21', 'T0930'] },
    { given: { string: 'abcdef', positions: [-2, 1] }, gives: ['a', 'bcd', 'ef'] },
    { given: { string: 'abc', positions: [] }, gives: ['abc'] },
    { given: { string: 'abc', positions: [2, 2, 9] }, gives: ['ab', '', 'c', ''] },
    { given: { string: 'abc', positions: [0.5] }, fails: 'input-invalid' },
  ],
  run: ({ string, positions }) => {
    checkTotal(positions.length, 'positions');
    const count = countGraphemes(string, 'string');
    const sorted = positions
      .map((position) => Math.min(count, Math.max(0, position < 0 ? count + position : position)))
      .sort((a, b) => a - b);
    const parts: string[] = [];
    let offset = 0;
    let character = 0;
    eachGrapheme(string, 'string', (start) => {
      while (sorted[parts.length] === character) {
        parts.push(string.slice(offset, start));
        offset = start;
      }
      character += 1;
      return parts.length === sorted.length;
    });
    while (parts.length < sorted.length) {
      parts.push(string.slice(offset));
      offset = string.length;
    }
    parts.push(string.slice(offset));
    return parts;
  },
});
