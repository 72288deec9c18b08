import { ActionFailure } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';

// Putting the marks of one letter in order takes the square of their number.
const mostMarks = 1_000;
const marks = /\p{M}+/gu;
const ascii = /^[\0-\x7f]*$/;

/** A text in a normal form of Unicode. Fails with input-invalid, naming `field`, for more than 1,000 marks in a row. */
export const normalize = (text: string, form: 'NFC' | 'NFD' | 'NFKC' | 'NFKD', field: string): string => {
  if (ascii.test(text)) return text;
  for (const [run] of text.matchAll(marks)) {
    if (run.length > mostMarks) {
      throw new ActionFailure(
        'input-invalid',
        `\`${field}\` has ${run.length} combining marks in a row, and at most ${mostMarks} are allowed; remove them first`,
      );
    }
  }
  // One character may become 18.
  checkTotal(text.length, field, 'characters');
  const normal = text.normalize(form);
  checkTotal(normal.length, field, 'characters');
  return normal;
};
