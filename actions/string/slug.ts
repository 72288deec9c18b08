import type * as Slugify from '@sindresorhus/slugify';
import { ActionFailure, boolean, defineAction, describeValue, optional, string } from '../kit/index.ts';
import { library } from '../support/library.ts';
import { checkLength } from './letter-case.ts';

const slugify = library<typeof Slugify>('@sindresorhus/slugify');

// The time it takes is not quite in proportion to the text.
const longest = 10_000;
const longestSeparator = 10;

const checkLocale = (locale: string): void => {
  try {
    Intl.getCanonicalLocales(locale);
  } catch {
    throw new ActionFailure(
      'input-invalid',
      `\`locale\` must be a language tag such as de, sv or tr, found ${describeValue(locale)}`,
    );
  }
};

export default defineAction({
  id: 'string/slug',
  title: 'Slug',
  summary: 'Makes a short name for URLs and files of a text.',
  keywords: ['permalink', 'seo'],
  documentation: `
What remains is ASCII letters and digits, with one separator between words. Letters of other scripts are transliterated where that
is usual: accents go, ß becomes ss, Cyrillic, Greek, Arabic and Vietnamese get Latin letters, Chinese and Japanese are left out.
\`locale\` chooses the rules of a language where they differ, such as å in Swedish. With \`split-words\` a capital inside of a word begins a new one. The
result may be empty, and different texts may have one slug. The text may have 10,000 characters.`,
  fields: {
    string: string({ label: 'Text' }),
    separator: optional(string({ label: 'Separator' }), '-'),
    'split-words': optional(
      boolean({ label: 'Split words', help: 'Whether a capital inside of a word begins a new one.' }),
      false,
    ),
    lowercase: optional(boolean({ label: 'Lower case' }), true),
    locale: optional(string({ label: 'Locale', help: 'A language such as de, sv or tr.' })),
  },
  output: { type: 'string' },
  examples: [
    { given: { string: 'Déjà vu & Straße!' }, gives: 'deja-vu-and-strasse' },
    { given: { string: 'iPhone 15 Pro' }, gives: 'iphone-15-pro' },
    { given: { string: 'fooBar 2.0', separator: '_', 'split-words': true }, gives: 'foo_bar_2_0' },
    { given: { string: 'Räksmörgås', locale: 'sv' }, gives: 'raksmorgas' },
    { given: { string: 'Привет мир', lowercase: false }, gives: 'Privet-mir' },
    { given: { string: '???' }, gives: '' },
    { given: { string: 'a', separator: '-----------' }, fails: 'input-invalid' },
  ],
  run: ({ string, separator, 'split-words': decamelize, lowercase, locale }) => {
    checkLength(string, longest, 'string');
    checkLength(separator, longestSeparator, 'separator');
    if (locale !== undefined) checkLocale(locale);
    return slugify().default(string, { separator, lowercase, locale, decamelize });
  },
});
