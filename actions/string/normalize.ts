import { defineAction, oneOf, optional, string } from '../kit/index.ts';
import { normalize } from './normal-form.ts';

export default defineAction({
  id: 'string/normalize',
  title: 'Normalise',
  summary: 'Writes a text in a normal form of Unicode, so that equal texts have equal codes.',
  documentation: `
The forms are those of Unicode Standard Annex 15. NFC, the usual one on the web, writes letters and accents with as few code
points as possible, NFD with as many. NFKC and NFKD also replace characters that only look different: ligatures, full-width
letters, superscripts, no-break spaces; they lose information and suit searching and comparing. At most 1,000 marks in a row are
taken.`,
  fields: {
    string: string({ label: 'Text' }),
    form: optional(oneOf(['NFC', 'NFD', 'NFKC', 'NFKD'], { label: 'Form' }), 'NFC'),
  },
  output: { type: 'string' },
  examples: [
    { given: { string: 'cafe\u0301' }, gives: 'caf\u00e9' },
    { given: { string: 'caf\u00e9', form: 'NFD' }, gives: 'cafe\u0301' },
    { given: { string: 'ﬁve² Ａ', form: 'NFKC' }, gives: 'five2 A' },
    { given: { string: 'a', form: 'nfc' }, fails: 'input-invalid' },
  ],
  run: ({ string, form }) => normalize(string, form, 'string'),
});
