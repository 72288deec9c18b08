import { ActionFailure, boolean, defineAction, integer, number, oneOf, optional, string } from '../kit/index.ts';
import { checkLocale, keepLast } from './locale.ts';

const formatter = keepLast((key: string) => {
  const { locale, ...options } = JSON.parse(key) as Intl.NumberFormatOptions & { locale: string };
  try {
    return new Intl.NumberFormat(locale, options);
  } catch (thrown) {
    const field = /currency/i.test((thrown as Error).message) ? '`currency`' : '`unit`';
    throw new ActionFailure(
      'input-invalid',
      `${field} is none that is known; allowed are currency codes such as EUR, and units such as kilometer-per-hour`,
    );
  }
});

const needs = (field: string, style: string): never => {
  throw new ActionFailure('input-invalid', `\`${field}\` is missing; it must be given with the style ${style}`);
};

export default defineAction({
  id: 'number/format',
  title: 'Format',
  summary: 'Writes a number as people of a language do.',
  keywords: ['currency', 'locale', 'money', 'percent', 'thousands'],
  documentation: `
Separators, digits, signs and symbols come from Unicode's CLDR by way of Intl.NumberFormat (ECMA-402); the spaces in them are
often no-break ones, and details may change with the version of the runtime: show the text, do not compare it. Without
\`minimum-decimals\` and \`maximum-decimals\` there are up to 3 places, or as many as the currency has. A percent is a hundredth:
0.25 is 25%. Halves are rounded away from zero, on the number as it is written. Currencies are codes of ISO 4217, units those that
ECMA-402 sanctions, such as kilometer-per-hour.`,
  fields: {
    number: number({ label: 'Number' }),
    locale: optional(string({ label: 'Locale', help: 'A language tag such as en, de-CH or ar-EG.' }), 'en'),
    style: optional(oneOf(['decimal', 'percent', 'currency', 'unit'], { label: 'Style' }), 'decimal'),
    currency: optional(string({ label: 'Currency', help: 'A code such as EUR, for the style currency.' })),
    unit: optional(string({ label: 'Unit', help: 'Such as liter or mile-per-hour, for the style unit.' })),
    display: optional(
      oneOf(['short', 'narrow', 'long'], {
        label: 'Display',
        help: 'How currency, unit and compact notation are written.',
      }),
      'short',
    ),
    notation: optional(oneOf(['standard', 'compact', 'scientific', 'engineering'], { label: 'Notation' }), 'standard'),
    'minimum-decimals': optional(integer({ label: 'Minimum decimals', minimum: 0, maximum: 20 })),
    'maximum-decimals': optional(integer({ label: 'Maximum decimals', minimum: 0, maximum: 20 })),
    grouping: optional(boolean({ label: 'Grouping', help: 'Separate thousands.' }), true),
    sign: optional(
      oneOf(['auto', 'always', 'except-zero', 'never'], { label: 'Sign', help: 'When a sign is written.' }),
      'auto',
    ),
  },
  output: { type: 'string' },
  examples: [
    { given: { number: 1234567.891 }, gives: '1,234,567.891' },
    { given: { number: 1234.5, locale: 'de', style: 'currency', currency: 'EUR' }, gives: '1.234,50\u00a0€' },
    { given: { number: 0.256, style: 'percent', 'maximum-decimals': 1 }, gives: '25.6%' },
    { given: { number: 98500, notation: 'compact' }, gives: '99K' },
    { given: { number: 50, style: 'unit', unit: 'kilometer-per-hour' }, gives: '50 km/h' },
    { given: { number: 5, 'minimum-decimals': 2, sign: 'always' }, gives: '+5.00' },
    { given: { number: 1, style: 'currency' }, fails: 'input-invalid', note: 'The currency is missing.' },
    { given: { number: 1, locale: 'x y' }, fails: 'input-invalid' },
  ],
  run: (input) => {
    const { locale, style, currency, unit, display, notation, grouping, sign } = input;
    checkLocale(locale);
    if (style === 'currency' && currency === undefined) needs('currency', style);
    if (style === 'unit' && unit === undefined) needs('unit', style);
    const minimum = input['minimum-decimals'];
    const maximum = input['maximum-decimals'];
    if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
      throw new ActionFailure(
        'input-invalid',
        `\`minimum-decimals\` must be at most \`maximum-decimals\`, found ${minimum} and ${maximum}`,
      );
    }
    const options = {
      locale,
      style,
      ...(style === 'currency' && { currency, currencyDisplay: currencyDisplays[display] }),
      ...(style === 'unit' && { unit, unitDisplay: display }),
      notation,
      ...(notation === 'compact' && { compactDisplay: display === 'long' ? 'long' : 'short' }),
      minimumFractionDigits: minimum,
      maximumFractionDigits: maximum,
      useGrouping: grouping && (notation === 'compact' ? 'min2' : 'auto'),
      signDisplay: sign === 'except-zero' ? 'exceptZero' : sign,
    };
    return formatter(JSON.stringify(options)).format(input.number + 0);
  },
});

const currencyDisplays = { short: 'symbol', narrow: 'narrowSymbol', long: 'name' } as const;
