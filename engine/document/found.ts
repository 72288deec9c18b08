const longest = 60;

/**
 * A value as a message shows it: short, on one line, whatever it holds. `nothing` for undefined, texts in quotes,
 * arrays and objects by their size.
 */
export function found(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    if (keys.length === 0) return 'an empty object';
    const shown = keys.slice(0, 3).map(quote).join(', ');
    return `an object with ${shown}${keys.length > 3 ? ' …' : ''}`;
  }
  return String(value);
}

/** Text in quotes, cut at 60 characters, with everything invisible escaped. */
export const quote = (text: string): string => quoteWhole(text.length > longest ? `${text.slice(0, longest)}…` : text);

/**
 * The same without a cut, for data of a run in a message that is logged: half a secret would not be recognised by
 * redaction.
 */
export function quoteWhole(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\p{Cf}]/gu,
    (character) => `\\u{${(character.codePointAt(0) as number).toString(16)}}`,
  );
}

/** `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
