import { ActionFailure, either, listOf, optional, string } from '../kit/index.ts';
import { checkSize, checkTotal } from '../support/bounds.ts';
import { countGraphemes, toGraphemes } from '../support/graphemes.ts';

export const paddings = optional(
  either(string(), listOf(string()), {
    label: 'Paddings',
    help: 'A text whose characters fill in turn, or an array of texts that do; a blank if left out.',
  }),
  ' ',
);

/** What has to be put before or behind a text, for it to have so many characters. */
export const paddingOf = (text: string, count: number, paddings: string | string[]): string => {
  const missing = count - countGraphemes(text, 'string');
  if (missing <= 0) return '';
  const fills = typeof paddings === 'string' ? toGraphemes(paddings, 'paddings') : paddings;
  if (fills.length === 0) {
    throw new ActionFailure('input-invalid', '`paddings` must hold at least one character or text, found nothing');
  }
  checkTotal(
    fills.reduce((size, fill) => size + fill.length, 0),
    'paddings',
    'characters',
  );
  const all = fills.join('');
  const rounds = Math.floor(missing / fills.length);
  checkSize(text.length + all.length * (rounds + 1), 'count');
  return all.repeat(all === '' ? 0 : rounds) + fills.slice(0, missing % fills.length).join('');
};
