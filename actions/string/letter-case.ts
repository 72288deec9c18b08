import { ActionFailure } from '../kit/index.ts';

// Every word takes about a microsecond.
const longest = 1_000_000;

export const checkLength = (text: string, most = longest, field = 'string'): void => {
  if (text.length <= most) return;
  throw new ActionFailure(
    'input-invalid',
    `\`${field}\` has ${text.length} characters, and at most ${most} are allowed; shorten it`,
  );
};

// Letters that stand for two have a form of their own with only the first one large.
const titles: ReadonlyMap<string, string> = new Map([
  ...['Ǆ', 'ǅ', 'ǆ'].map((letter) => [letter, 'ǅ'] as const),
  ...['Ǉ', 'ǈ', 'ǉ'].map((letter) => [letter, 'ǈ'] as const),
  ...['Ǌ', 'ǋ', 'ǌ'].map((letter) => [letter, 'ǋ'] as const),
  ...['Ǳ', 'ǲ', 'ǳ'].map((letter) => [letter, 'ǲ'] as const),
]);

/** Turns the first code point to upper case, and the rest to lower case if `lower` says so. */
export const capitalize = (text: string, lower: boolean): string => {
  const first = String.fromCodePoint(...(text === '' ? [] : [text.codePointAt(0) as number]));
  const rest = lower ? text.slice(first.length).toLowerCase() : text.slice(first.length);
  const title = titles.get(first);
  if (title !== undefined) return title + rest;
  const upper = first.toUpperCase();
  return upper.length > first.length && first !== 'ŉ' ? upper[0] + upper.slice(1).toLowerCase() + rest : upper + rest;
};

const apostrophes = /(?<=\p{L})['’](?=\p{L})/gu;
// Capitals in a row are a word up to the last one before a small letter: HTTPServer has two.
const words = /(?:\p{Lu}\p{M}*)+(?!\p{Ll})\p{N}*|\p{Lu}?[\p{Ll}\p{Lt}\p{Lm}\p{Lo}\p{M}\p{N}]+/gu;

/**
 * The words of a name or a sentence, whatever they are written with: fooBar, foo_bar, Foo bar. Digits belong to the
 * word before.
 */
export const wordsOf = (text: string): string[] => text.replace(apostrophes, '').match(words) ?? [];
