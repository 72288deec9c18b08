/**
 * Characters that never appear as they are in a record: quotes and backslash (JSON), controls (Cc), format characters
 * (Cf: bidi controls, zero-width marks, soft hyphen, U+FEFF), line and paragraph separators, lone surrogates.
 */
const unsafe = /["\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
/** Those, and what the patterns of redact/patterns.ts begin with or need: one pass tells most texts to be ordinary. */
const notable = /["\\@=JB\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
/** Of the unsafe ones, what JSON.stringify leaves as it is. */
const leftByJson = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/u;
const leftByJsonAll = new RegExp(leftByJson, 'gu');

const escapeUnits = (character: string): string => {
  let text = '';
  for (let i = 0; i < character.length; i++) {
    text += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }
  return text;
};

/** Whether a text can stand between quotes as it is, and holds none of `@ = J B` either. */
export const isOrdinary = (text: string): boolean => !notable.test(text);

/**
 * A JSON string literal (RFC 8259) that is safe to show: one line, no terminal sequence, no hidden or reordering
 * character. Parsing it gives back the same text, lone surrogates included.
 */
export const quote = (text: string): string => {
  if (!unsafe.test(text)) return `"${text}"`;
  return escapeJson(JSON.stringify(text));
};

/** Makes JSON text safe to show in the same way; outside its string literals there is nothing to escape. */
export const escapeJson = (json: string): string =>
  leftByJson.test(json) ? json.replace(leftByJsonAll, escapeUnits) : json;

/** The inside of a string literal made by `quote`, with quotes and backslashes as they were: for people, not for parsers. */
export const bare = (literal: string): string => {
  const inside = literal.slice(1, -1);
  return inside.includes('\\') ? inside.replace(/\\(["\\])/g, '$1') : inside;
};
