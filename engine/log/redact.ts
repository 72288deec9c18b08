import { createHmac } from 'node:crypto';
import { RE2JS } from 're2js';
import { decode, firstSequence } from './redact/decoded.ts';
import { createNameTest } from './redact/names.ts';
import { findPatterns, mayHoldPattern } from './redact/patterns.ts';
import { SecretSearch } from './redact/secrets.ts';
import { maxSpans, type Span } from './redact/span.ts';

export interface RedactorOptions {
  /** Words of keys whose values are secrets, besides the built-in ones. */
  names: readonly string[];
  /** Regular expressions in RE2 syntax; what they match is a secret. */
  patterns: readonly string[];
  /** Makes marks differ between installations. The same key gives the same marks. */
  key: string | Uint8Array;
}

/** Takes secrets out of what is about to be written. No method throws, and a failure inside never shows a value. */
export interface Redactor {
  /** Whether the value under this key is a secret, by the words of the key. */
  isSecretName(key: string): boolean;
  /** What stands for a secret: `[redacted:4f2a]`, the same four characters for the same value. */
  mark(value: string): string;
  /**
   * The text with every secret in it replaced by its mark; the text itself when there is none. `ordinary` says that none of
   * `% & @ = J B` is in it, when the caller knows that already.
   */
  text(text: string, ordinary?: boolean): string;
  /**
   * The first `units` UTF-16 units of a text, redacted as a part of the whole: so much more of it is read that a secret which
   * begins there is seen to its end. It is longer or shorter by what the marks are.
   */
  head(text: string, units: number): string;
  /**
   * Eight hex digits, keyed as the marks are, so that equal values can be told without showing them, or guessing short ones.
   * Of what is long only the first and the last 65,536 units or bytes and the length are hashed. Empty when it fails.
   */
  fingerprint(value: string | Uint8Array): string;
  /** Replaces the known secrets. They are found in plain, base64, URL-encoded, hex and JSON-escaped form, from 4 characters on. */
  setSecrets(values: readonly string[]): void;
  /** About how long `text` takes for it, in units of 5 ns; what is found comes on top, see `hashes`. */
  effort(text: string, ordinary: boolean): number;
  /** Whether a known secret, or what a pattern of the settings matches, could turn up as a number. */
  readonly watchesNumbers: boolean;
  /** Grows when the known secrets change, for who keeps results. */
  readonly generation: number;
  /** Grows with each hash that was made: what redaction costs beyond reading. */
  readonly hashes: number;
}

/** Says why a text is no pattern for `logs.redact.patterns`, or undefined when it is one. */
export const patternFault = (pattern: string): string | undefined => {
  try {
    RE2JS.compile(RE2JS.translateRegExp(pattern));
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : 'it cannot be compiled';
  }
};

const failed = '[redaction failed]';
/** Patterns can match any length; a piece of one that begins so far before a cut is taken for whole. */
const patternReach = 8192;
const longestCached = 256;
const marksKept = 1000;
/** UTF-16 units or bytes of each end of a long value that are hashed. */
const hashedEnd = 65_536;
/** Of each UTF-16 unit, in units of 5 ns: resolving escape sequences and searching again, one pattern of the settings. */
const effortOfDecoding = 2;
const effortOfPattern = 12;
/** Of each pattern, whatever the text. */
const effortOfCall = 100;
const aMark = /^\[redacted:[0-9a-f]{4}\]$/;

type Found = Span & { value?: string };

/**
 * @throws Error when a pattern cannot be compiled; `patternFault` says so beforehand
 */
export function createRedactor({ names, patterns, key }: RedactorOptions): Redactor {
  const nameTest = createNameTest(names);
  const expressions = patterns.map((pattern) => RE2JS.compile(RE2JS.translateRegExp(pattern)));
  const marks = new Map<string, string>();
  let search: SecretSearch | null = null;
  let generation = 0;
  let hashes = 0;

  const digest = (value: string | Uint8Array): string => {
    hashes++;
    const hmac = createHmac('sha256', key);
    const { length } = value;
    if (length <= 2 * hashedEnd) hmac.update(value);
    else if (typeof value === 'string')
      hmac.update(`${length} ${value.slice(0, hashedEnd)}`).update(value.slice(-hashedEnd));
    else hmac.update(`${length} `).update(value.subarray(0, hashedEnd)).update(value.subarray(-hashedEnd));
    return hmac.digest('hex');
  };

  const mark = (value: string): string => {
    try {
      const known = marks.get(value);
      if (known !== undefined) return known;
      // What was redacted before stays recognisable, for example in a replayed capture.
      if (aMark.test(value)) return value;
      const made = `[redacted:${digest(value).slice(0, 4)}]`;
      if (value.length > longestCached) return made;
      if (marks.size >= marksKept) marks.clear();
      // A value can be a piece of a long text, which the cache would keep in memory.
      marks.set(` ${value}`.slice(1), made);
      return made;
    } catch {
      return failed;
    }
  };

  const find = (text: string): Found[] => {
    const found: Found[] = findPatterns(text, nameTest);
    if (search !== null) findKnown(text, search, found);
    findEncoded(text, found);
    for (const expression of expressions) {
      const matcher = expression.matcher(text);
      for (let count = 0; count <= maxSpans && matcher.find(); count++) {
        const end = count < maxSpans ? matcher.end() : text.length;
        if (end > matcher.start()) found.push({ start: matcher.start(), end });
      }
    }
    return found;
  };

  /** What is written with escape sequences in places where no writer needs them, or that were put around it later. */
  const findEncoded = (text: string, found: Found[]): void => {
    const first = firstSequence(text);
    if (first < 0) return;
    const decoded = decode(text, Math.max(0, first - Math.max(patternReach, search?.reach ?? 0)));
    const inside: Found[] = findPatterns(decoded.text, nameTest);
    if (search !== null) findKnown(decoded.text, search, inside);
    const { places } = decoded;
    for (const span of inside) {
      found.push({ ...span, start: places[span.start] as number, end: places[span.end] as number });
    }
  };

  const mayHoldSecret = (text: string, ordinary: boolean): boolean =>
    mayHoldPattern(text, ordinary) || (search !== null && search.find(text, 0) !== undefined) || expressions.length > 0;

  /** @param units how much of the text to give; a secret that goes beyond is replaced whole */
  const replace = (text: string, found: Found[], units: number): string => {
    found.sort(
      (a, b) => a.start - b.start || b.end - a.end || Number(a.value === undefined) - Number(b.value === undefined),
    );
    let result = '';
    let done = 0;
    for (let i = 0; i < found.length; ) {
      const { start, end: firstEnd, value } = found[i] as Found;
      let end = firstEnd;
      // What overlaps is one secret: taking out only one of two would leave the rest of the other.
      for (i++; i < found.length && (found[i] as Found).start < end; i++) end = Math.max(end, (found[i] as Found).end);
      const whole = end === firstEnd && value !== undefined ? value : text.slice(start, end);
      result += text.slice(done, start) + mark(whole);
      done = end;
    }
    return done < units ? result + text.slice(done, units) : result;
  };

  return {
    isSecretName(key) {
      try {
        return nameTest.isSecretName(key);
      } catch {
        return true;
      }
    },
    mark,
    head(text, units) {
      try {
        const window = text.slice(0, units + Math.max(patternReach, search?.reach ?? 0));
        if (!mayHoldSecret(window, false)) return window.slice(0, units);
        const found = find(window).filter(({ start }) => start < units);
        return replace(window, found, units);
      } catch {
        return failed;
      }
    },
    fingerprint(value) {
      try {
        return digest(value).slice(0, 8);
      } catch {
        return '';
      }
    },
    text(text, ordinary = false) {
      try {
        if (!mayHoldSecret(text, ordinary)) return text;
        const found = find(text);
        return found.length === 0 ? text : replace(text, found, text.length);
      } catch {
        return failed;
      }
    },
    effort(text, ordinary) {
      const { length } = text;
      const first = ordinary ? -1 : firstSequence(text);
      const decoding = first < 0 ? 0 : effortOfDecoding * (length - first);
      return (
        (ordinary ? length >> 1 : length) + decoding + expressions.length * (effortOfCall + effortOfPattern * length)
      );
    },
    setSecrets(values) {
      const next = new SecretSearch(values);
      search = next.reach > 0 ? next : null;
      generation++;
    },
    get watchesNumbers() {
      return expressions.length > 0 || (search?.numeric ?? false);
    },
    get generation() {
      return generation;
    },
    get hashes() {
      return hashes;
    },
  };
}

/** Those that overlap become one, so that nothing is left of the later one. */
const findKnown = (text: string, search: SecretSearch, found: Found[]): void => {
  let last: Found | undefined;
  let count = 0;
  for (let match = search.find(text, 0); match !== undefined; match = search.find(text, match.start + 1)) {
    if (last !== undefined && match.start < last.end) {
      if (match.end > last.end) {
        last.end = match.end;
        delete last.value;
      }
      continue;
    }
    last = match;
    found.push(match);
    if (++count <= maxSpans) continue;
    last.end = text.length;
    return;
  }
};
