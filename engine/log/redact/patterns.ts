/** A part of a text that is to be replaced. */
export interface Span {
  start: number;
  end: number;
}

/** Finds what one kind of secret looks like. Each works in time proportional to the text. */
type Finder = (text: string) => Span[];

const spansOf = (text: string, pattern: RegExp, pick: (match: RegExpExecArray) => Span | undefined): Span[] => {
  const spans: Span[] = [];
  for (const match of text.matchAll(pattern)) {
    const span = pick(match);
    if (span !== undefined) spans.push(span);
  }
  return spans;
};

/** JSON Web Tokens (RFC 7519) in compact form: the first part is base64url of `{"…`, so it starts with eyJ. */
const tokens: Finder = (text) =>
  spansOf(text, /[\w.-]{16,}/g, ({ 0: run, index }) => {
    const start = run.indexOf('eyJ');
    const dot = start < 0 ? -1 : run.indexOf('.', start);
    return dot - start < 8 ? undefined : { start: index + start, end: index + run.length };
  });

/** PEM (RFC 7468), up to its end line, or to the end of the text when that is missing. */
const pem: Finder = (text) => {
  const spans: Span[] = [];
  for (let start = text.indexOf('-----BEGIN '); start >= 0; ) {
    const closing = text.indexOf('-----END ', start);
    const dashes = closing < 0 ? -1 : text.indexOf('-----', closing + 9);
    const end = dashes < 0 ? text.length : dashes + 5;
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

/** Luhn's checksum (ISO/IEC 7812-1). */
const checks = (digits: string): boolean => {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = digit * (1 + (i % 2));
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
};

/** Who issues card numbers: first digits and lengths. Other long numbers with a right checksum are ids and times. */
const issuers: readonly { starts: RegExp; lengths: readonly number[] }[] = [
  { starts: /^4/, lengths: [13, 16, 19] },
  { starts: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { starts: /^3[47]/, lengths: [15] },
  { starts: /^3(?:0[0-5]|[689])/, lengths: [14] },
  { starts: /^(?:35|50|5[6-9]|6)/, lengths: [13, 14, 15, 16, 17, 18, 19] },
];

const isCard = (digits: string): boolean =>
  issuers.some(({ starts, lengths }) => lengths.includes(digits.length) && starts.test(digits)) && checks(digits);

/** Card numbers (ISO/IEC 7812) with their checksum right; digits may stand in groups. */
const cards: Finder = (text) => {
  const spans: Span[] = [];
  for (const { 0: run, index: offset } of text.matchAll(/\d+(?:[ -]\d+)*/g)) {
    if (run.length >= 13) spans.push(...cardsIn(run, offset));
  }
  return spans;
};

const cardsIn = (run: string, offset: number): Span[] => {
  const spans: Span[] = [];
  const groups = [...run.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({ digits, index }));
  let from = 0;
  for (const [i, { index: start }] of groups.entries()) {
    if (start < from) continue;
    let digits = '';
    for (const group of groups.slice(i, i + 19)) {
      digits += group.digits;
      if (digits.length > 19) break;
      if (!isCard(digits)) continue;
      from = group.index + group.digits.length;
      spans.push({ start: offset + start, end: offset + from });
      break;
    }
  }
  return spans;
};

/** `name=value` pairs of a query or form whose name says that the value is a secret. */
const pairs = (text: string, isSecretName: (key: string) => boolean): Span[] => {
  const spans: Span[] = [];
  for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1)) {
    let start = at;
    while (at - start < longestName && nameUnits[text.charCodeAt(start - 1)] === 1) start--;
    if (start === at || !isSecretName(text.slice(start, at))) continue;
    const length = text.slice(at + 1).search(/[&;\s#"'<>]/);
    const end = length < 0 ? text.length : at + 1 + length;
    if (end > at + 1) spans.push({ start: at + 1, end });
    at = end - 1;
  }
  return spans;
};

const longestName = 64;
/** 1 for each UTF-16 unit that a name may consist of. */
const nameUnits = Uint8Array.from({ length: 128 }, (_, unit) => (/[\w.[\]%-]/.test(String.fromCharCode(unit)) ? 1 : 0));
const eightDigits = /\d\d\d\d[ -]?\d\d\d\d/;
const bearerOrDigits = /bearer|\d\d\d\d[ -]?\d\d\d\d/i;
const cloudPrefix = /A[KSI][Iz][Aa]/;

const mayBePrefixed = (text: string): boolean => cloudPrefix.test(text) || text.includes('_') || text.includes('xox');

/**
 * Whether `findPatterns` is worth calling: a few native searches, which cost next to nothing.
 * @param ordinary the caller knows that none of `@ = J B` is in the text
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
export const findPatterns = (text: string, isSecretName: (key: string) => boolean): Span[] => {
  const spans: Span[] = [];
  if (text.includes('@') && text.includes('://')) spans.push(...userinfo(text));
  if (text.includes('=')) spans.push(...pairs(text, isSecretName));
  if (text.includes('eyJ')) spans.push(...tokens(text));
  if (text.includes('-----BEGIN ')) spans.push(...pem(text));
  if (anyBearer.test(text)) spans.push(...bearer(text));
  if (eightDigits.test(text)) spans.push(...cards(text));
  if (text.length >= 20 && mayBePrefixed(text)) spans.push(...prefixed(text));
  return spans;
};
