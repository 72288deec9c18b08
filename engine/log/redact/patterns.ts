import { cards } from './cards.ts';
import { fields } from './fields.ts';
import type { NameTest } from './names.ts';
import { type Finder, maxSpans, type Span, spansOf } from './span.ts';

/** JSON Web Tokens (RFC 7519) in compact form: the first part is base64url of `{"…`, so it starts with eyJ. */
const tokens: Finder = (text) => {
  const spans: Span[] = [];
  const outside = /[^\w.-]/g;
  let end = 0;
  let dot = 0;
  for (
    let start = text.indexOf('eyJ');
    start >= 0 && spans.length <= maxSpans;
    start = text.indexOf('eyJ', start + 3)
  ) {
    // Each is searched for again only when it was passed, or the time would grow with the square of the text.
    if (start >= end) {
      outside.lastIndex = start;
      end = outside.exec(text)?.index ?? text.length;
    }
    if (start > dot) dot = text.indexOf('.', start) >>> 0;
    if (dot - start < 8 || dot >= end || end - start < 16) continue;
    spans.push({ start, end: spans.length < maxSpans ? end : text.length });
    start = end - 3;
  }
  return spans;
};

/** PEM (RFC 7468), up to its end line, or to the end of the text when that is missing. */
const pem: Finder = (text) => {
  const spans: Span[] = [];
  for (let start = text.indexOf('-----BEGIN '); start >= 0; ) {
    const closing = text.indexOf('-----END ', start);
    const dashes = closing < 0 ? -1 : text.indexOf('-----', closing + 9);
    const end = dashes < 0 || spans.length >= maxSpans ? text.length : dashes + 5;
    spans.push({ start, end });
    start = text.indexOf('-----BEGIN ', end);
  }
  return spans;
};

const anyBearer = /bearer/i;

/** The credentials after `Bearer` (RFC 6750). A short word without digit or sign is prose: "bearer of news". */
const bearer: Finder = (text) =>
  spansOf(text, /\bbearer[ \t]+([\w.~+/=-]+)/gi, ({ 0: whole, 1: credentials = '', index }) => {
    if (credentials.length < 6 && !/[^a-z]/i.test(credentials)) return undefined;
    return { start: index + whole.length - credentials.length, end: index + whole.length };
  });

/** User name and password before the host of a URL (RFC 3986, userinfo). */
const userinfo: Finder = (text) =>
  spansOf(text, /:\/\/([^\s/?#"'<>\\]+)@/g, ({ 0: whole, index }) => ({
    start: index + 3,
    end: index + whole.length - 1,
  }));

/** Keys whose makers gave them a prefix to be found by: of clouds, of code and chat services, of webhooks. */
const prefixed: Finder = (text) =>
  spansOf(
    text,
    /\b(?:A[KS]IA[A-Z\d]{16}\b|AIza[\w-]{35}|gh[opsur]_\w{36,255}|github_pat_\w{22,255}|xox[abeoprs]-[\w-]{10,255}|[rs]k_(?:live|test)_\w{16,255}|whsec_[\w+/=]{16,255})/g,
    ({ 0: whole, index }) => ({ start: index, end: index + whole.length }),
  );

const eightDigits = /\d\d\d\d[ -]?\d\d\d\d/;
const bearerOrDigits = /bearer|\d\d\d\d[ -]?\d\d\d\d/i;
const cloudPrefix = /A[KSI][Iz][Aa]/;

const mayBePrefixed = (text: string): boolean => cloudPrefix.test(text) || text.includes('_') || text.includes('xox');

/**
 * Whether `findPatterns` is worth calling: a few native searches, which cost next to nothing.
 * @param ordinary the caller knows that none of `% & @ = J B` is in the text
 */
export const mayHoldPattern = (text: string, ordinary: boolean): boolean => {
  const { length } = text;
  if (length < 6) return false;
  if (!ordinary) return true;
  if (length < 8) return false;
  // One search is faster in a short text, two that can skip are faster in a long one.
  if (length < 64 ? bearerOrDigits.test(text) : anyBearer.test(text) || eightDigits.test(text)) return true;
  return length >= 20 && mayBePrefixed(text);
};

/** Everything in a text that looks like a secret, in no order. */
export const findPatterns = (text: string, names: NameTest): Span[] => {
  const spans: Span[] = [];
  if (text.includes('@') && text.includes('://')) spans.push(...userinfo(text));
  if (text.includes('=') || text.includes('"')) spans.push(...fields(text, names));
  if (text.includes('eyJ')) spans.push(...tokens(text));
  if (text.includes('-----BEGIN ')) spans.push(...pem(text));
  if (anyBearer.test(text)) spans.push(...bearer(text));
  if (eightDigits.test(text)) spans.push(...cards(text));
  if (text.length >= 20 && mayBePrefixed(text)) spans.push(...prefixed(text));
  return spans;
};
