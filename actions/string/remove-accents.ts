import { defineAction, string } from '../kit/index.ts';
import { normalize } from './normal-form.ts';

// Letters that are none of another with something added to it.
const others: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ß: 'ss',
    ẞ: 'SS',
    æ: 'ae',
    Æ: 'AE',
    œ: 'oe',
    Œ: 'OE',
    ø: 'o',
    Ø: 'O',
    đ: 'd',
    Đ: 'D',
    ð: 'd',
    Ð: 'D',
  }).concat(
    Object.entries({ þ: 'th', Þ: 'Th', ł: 'l', Ł: 'L', ħ: 'h', Ħ: 'H', ŧ: 't', Ŧ: 'T', ı: 'i', ŋ: 'n', Ŋ: 'N' }),
  ),
);
const otherLetters = new RegExp(`[${[...others.keys()].join('')}]`, 'gu');
const accented = /([\p{Script=Latin}\p{Script=Greek}])[\u0300-\u036f]+/gu;

export default defineAction({
  id: 'string/remove-accents',
  title: 'Remove accents',
  summary: 'Replaces Latin and Greek letters with accents by those without.',
  keywords: ['ascii', 'diacritics', 'transliterate', 'umlauts'],
  documentation: `
Letters that are one in Unicode get the usual replacement: ß becomes ss, æ ae, ø o, ł l, đ d, þ th. German umlauts lose their dots
(ü becomes u, not ue); \`string/slug\` writes ue. Other scripts stay as they are, since their marks tell letters apart, and what
remains is in normal form NFC. At most 1,000 marks in a row are taken.`,
  fields: { string: string({ label: 'Text' }) },
  output: { type: 'string' },
  examples: [
    { given: { string: 'Crème brûlée' }, gives: 'Creme brulee' },
    { given: { string: 'Łódź, Ærø, Straße' }, gives: 'Lodz, AEro, Strasse' },
    { given: { string: 'й 日本' }, gives: 'й 日本' },
    { given: { string: 1 }, fails: 'input-invalid' },
  ],
  run: ({ string }) =>
    normalize(string, 'NFD', 'string')
      .replace(accented, '$1')
      .normalize('NFC')
      .replace(otherLetters, (letter) => others.get(letter) as string),
});
