import { ActionFailure } from '../../kit/index.ts';

const wellFormed = (text: string, field: string): string => {
  // Half of a surrogate pair has no UTF-8 form.
  if (/\p{Surrogate}/u.test(text)) {
    throw new ActionFailure('input-invalid', `\`${field}\` holds half of a character (a lone surrogate); remove it`);
  }
  return text;
};

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** Leaves unreserved characters only (RFC 3986, section 2.3). */
export const encodeComponent = (text: string, field: string): string =>
  encodeURIComponent(wellFormed(text, field)).replace(/[!'()*]/g, percent);

/** Leaves reserved characters too, so that a whole URI keeps its parts. */
export const encodeWhole = (text: string, field: string): string =>
  encodeURI(wellFormed(text, field)).replaceAll('%5B', '[').replaceAll('%5D', ']');

/** Makes characters percent-encoded that do not match, and leaves what is percent-encoded already. */
export const encodeExcept = (text: string, allowed: RegExp, field: string): string =>
  wellFormed(text, field).replace(/%[0-9A-Fa-f]{2}|./gsu, (piece) =>
    piece.length === 3 && piece.startsWith('%')
      ? piece
      : allowed.test(piece)
        ? piece
        : encodeURIComponent(piece).replace(/^[!'()*]$/, percent),
  );

export const decodePercent = (text: string, field: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ActionFailure(
      'data-invalid',
      `\`${field}\` has a "%" that does not begin a percent-encoded character of UTF-8`,
    );
  }
};
