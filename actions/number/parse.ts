import { ActionFailure, defineAction, describeValue, optional, string } from '../kit/index.ts';
import { checkLocale, keepLast } from './locale.ts';

interface Writing {
  readonly decimal: string;
  readonly group: string;
  /** Digits with an underscore between groups of the usual length, which is two but for the last in India. */
  readonly grouped: RegExp;
  /** The digits of the language, from 0 on. */
  readonly digits: readonly string[];
}

const writingOf = keepLast((locale: string): Writing => {
  const parts = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 }).formatToParts(123456789.1);
  const find = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  const groups = parts.filter(({ type }) => type === 'integer').map(({ value }) => value.length);
  const [last = 3, other = last] = groups.reverse();
  const digits = new Intl.NumberFormat(locale, { useGrouping: false });
  return {
    decimal: find('decimal'),
    group: simplify(find('group')),
    grouped: new RegExp(`^\\d{1,${other}}(?:_\\d{${other}})*_\\d{${last}}$`),
    digits: Array.from({ length: 10 }, (_, digit) => digits.format(digit)),
  };
});

const longest = 400;
const signs = /[\u2212\u2010\u2011\uff0d]/g;
const invisible = /[\u061c\u200e\u200f]/g;
const spaces = /[\u00a0\u2009\u202f]/g;
const apostrophes = /[’＇]/g;
const plain = /^\d+$/;

/** Writes what stands for something everywhere in one way. */
const simplify = (text: string): string => text.replace(spaces, ' ').replace(apostrophes, "'");

const read = (string: string, { decimal, group, grouped, digits }: Writing): number | undefined => {
  let text = simplify(string).replace(invisible, '').trim().replace(signs, '-');
  for (let digit = 0; digit <= 9; digit += 1) {
    if (digits[digit] !== String(digit)) text = text.replaceAll(digits[digit] as string, String(digit));
  }
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  const [whole = '', fraction, ...more] = text.slice(sign.length).trimStart().split(decimal);
  if (more.length > 0 || (fraction !== undefined && !plain.test(fraction))) return undefined;
  const isWhole =
    plain.test(whole) || (!whole.includes('_') && group !== '' && grouped.test(whole.replaceAll(group, '_')));
  // A fraction may stand alone: .5
  if (!isWhole && (whole !== '' || fraction === undefined)) return undefined;
  return Number(`${sign}${isWhole ? whole.replaceAll(group, '') : '0'}.${fraction ?? '0'}`);
};

export default defineAction({
  id: 'number/parse',
  title: 'Parse',
  summary: 'Reads a number as people of a language write it.',
  keywords: ['currency', 'locale'],
  documentation: `
The separators and digits of the language are read (Unicode CLDR by way of Intl.NumberFormat), and western digits always; all
kinds of blanks and apostrophes count as one, and so do hyphen and minus. Separators of thousands may be left out but not stand
elsewhere: 1.5 is no number in German, rather than 15. White space around the number does not matter. Percent signs, currencies,
units, exponents and brackets for negative numbers fail. The result is the nearest double (IEEE 754). For JSON-like numbers use
\`string/to-float\`.`,
  fields: {
    string: string({ label: 'Text' }),
    locale: optional(string({ label: 'Locale', help: 'A language tag such as en, de-CH or ar-EG.' }), 'en'),
  },
  output: { type: 'number' },
  failures: {
    'data-invalid': 'The text is no number of that language.',
    'too-large': 'The number is beyond the largest double, about 1.8e308.',
  },
  examples: [
    { given: { string: '1,234.5' }, gives: 1234.5 },
    { given: { string: '-1.234,5', locale: 'de' }, gives: -1234.5 },
    { given: { string: '12 345,67', locale: 'fr' }, gives: 12345.67 },
    { given: { string: '١٬٢٣٤', locale: 'ar-EG' }, gives: 1234 },
    { given: { string: '1.5', locale: 'de' }, fails: 'data-invalid' },
    { given: { string: '12 €' }, fails: 'data-invalid' },
    { given: { string: '1'.repeat(320) }, fails: 'too-large' },
    { given: { string: '1', locale: 'not a locale' }, fails: 'input-invalid' },
  ],
  run: ({ string, locale }) => {
    checkLocale(locale);
    const value = string.length > longest ? undefined : read(string, writingOf(locale));
    if (value === undefined) {
      throw new ActionFailure(
        'data-invalid',
        `\`string\` must be a number as the language ${locale} writes it, such as ${new Intl.NumberFormat(locale).format(-1234.5)}, with at most ${longest} characters; found ${describeValue(string)}`,
      );
    }
    if (Number.isFinite(value)) return value + 0;
    throw new ActionFailure('too-large', `\`string\` is beyond ${Number.MAX_VALUE}, the largest number there is`);
  },
});
