import { ActionFailure, boolean, defineAction, integer, optional, string } from '../kit/index.ts';
import { countGraphemes, offsetOf } from '../support/graphemes.ts';
import { beforeSpace } from './ends.ts';

const wordAtEnd = /[\p{L}\p{M}\p{N}_]+$/u;
const wordAtStart = /^[\p{L}\p{M}\p{N}_]/u;

/** Leaves out a word that the cut went through, unless there is no other. */
const cutAtWord = (kept: string, rest: string): string => {
  if (!wordAtStart.test(rest)) return kept;
  const whole = kept.replace(wordAtEnd, '');
  return beforeSpace(whole) === 0 ? kept : whole;
};

export default defineAction({
  id: 'string/truncate',
  title: 'Truncate',
  summary: 'Shortens a text to a number of characters, with an ellipsis where something was cut off.',
  keywords: ['abbreviate', 'ellipsize'],
  documentation: `
The result has at most \`length\` characters, as people see them (grapheme clusters), the ellipsis among them. A text that is
short enough stays as it is. White space before the ellipsis is left out. With \`words\` a word that does not fit is left out as a
whole, unless it is the first. An ellipsis that is longer than \`length\` fails; it may be empty.`,
  fields: {
    string: string({ label: 'Text' }),
    length: integer({ label: 'Length', help: 'The most characters of the result.', minimum: 0 }),
    ellipsis: optional(string({ label: 'Ellipsis' }), '…'),
    words: optional(boolean({ label: 'Whole words', help: 'Cut between words where possible.' }), false),
  },
  output: { type: 'string' },
  examples: [
    { given: { string: 'The quick brown fox', length: 10 }, gives: 'The quick…' },
    { given: { string: 'The quick brown fox', length: 12, words: true }, gives: 'The quick…' },
    { given: { string: 'The quick brown fox', length: 12, ellipsis: '...' }, gives: 'The quick...' },
    { given: { string: 'short', length: 10 }, gives: 'short' },
    { given: { string: 'long text', length: 2, ellipsis: '...' }, fails: 'input-invalid' },
  ],
  run: ({ string, length, ellipsis, words }) => {
    if (string.length <= length) return string;
    const end = offsetOf(string, length, 'string');
    if (end === string.length) return string;
    const room = length - countGraphemes(ellipsis, 'ellipsis');
    if (room < 0) {
      throw new ActionFailure(
        'input-invalid',
        `\`ellipsis\` must have at most as many characters as \`length\` allows, which is ${length}; shorten it`,
      );
    }
    const cut = offsetOf(string, room, 'string');
    const kept = words ? cutAtWord(string.slice(0, cut), string.slice(cut, cut + 8)) : string.slice(0, cut);
    return kept.slice(0, beforeSpace(kept)) + ellipsis;
  },
});
