import { createHmac } from 'node:crypto';
import { RE2JS } from 're2js';
import { createNameTest } from './redact/names.ts';
import { findPatterns, mayHoldPattern, type Span } from './redact/patterns.ts';
import { SecretSearch } from './redact/secrets.ts';

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
   * `@ = J B` is in it, when the caller knows that already.
   */
  text(text: string, ordinary?: boolean): string;
  /** Replaces the known secrets. They are found in plain, base64, URL-encoded, hex and JSON-escaped form, from 4 characters on. */
  setSecrets(values: readonly string[]): void;
  /**
   * UTF-16 units. Who redacts only the beginning of a text must drop so many at its end: a secret that is cut in two there
   * could not be recognised.
   */
  readonly reach: number;
  /** Whether a known secret could turn up as a number. */
  readonly watchesNumbers: boolean;
  /** Grows when the known secrets change, for who keeps results. */
  readonly generation: number;
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
const longestHashed = 65_536;
const aMark = /^\[redacted:[0-9a-f]{4}\]$/;

type Found = Span & { value?: string };

/**
 * @throws Error when a pattern cannot be compiled; `patternFault` says so beforehand
 */
export function createRedactor({ names, patterns, key }: RedactorOptions): Redactor {
  const isSecretName = createNameTest(names);
  const expressions = patterns.map((pattern) => RE2JS.compile(RE2JS.translateRegExp(pattern)));
  const marks = new Map<string, string>();
  let search: SecretSearch | null = null;
  let generation = 0;

  const mark = (value: string): string => {
    try {
      const known = marks.get(value);
      if (known !== undefined) return known;
      // What was redacted before stays recognisable, for example in a replayed capture.
      if (aMark.test(value)) return value;
      const hashed = value.length > longestHashed ? `${value.length} ${value.slice(0, longestHashed)}` : value;
      const made = `[redacted:${createHmac('sha256', key).update(hashed).digest('hex').slice(0, 4)}]`;
      if (value.length > longestCached) return made;
      if (marks.size >= marksKept) marks.clear();
      marks.set(value, made);
      return made;
    } catch {
      return failed;
    }
  };

  const find = (text: string): Found[] => {
    const found: Found[] = findPatterns(text, isSecretName);
    for (let match = search?.find(text, 0); match !== undefined; match = search?.find(text, match.end)) {
      found.push(match);
    }
    for (const expression of expressions) {
      const matcher = expression.matcher(text);
      while (matcher.find()) {
        if (matcher.end() > matcher.start()) found.push({ start: matcher.start(), end: matcher.end() });
      }
    }
    return found;
  };

  const mayHoldSecret = (text: string, ordinary: boolean): boolean =>
    mayHoldPattern(text, ordinary) || (search !== null && search.find(text, 0) !== undefined) || expressions.length > 0;

  const replace = (text: string, found: Found[]): string => {
    found.sort((a, b) => a.start - b.start || b.end - a.end);
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
    return result + text.slice(done);
  };

  return {
    isSecretName,
    mark,
    text(text, ordinary = false) {
      try {
        if (!mayHoldSecret(text, ordinary)) return text;
        const found = find(text);
        return found.length === 0 ? text : replace(text, found);
      } catch {
        return failed;
      }
    },
    setSecrets(values) {
      const next = new SecretSearch(values);
      search = next.reach > 0 ? next : null;
      generation++;
    },
    get reach() {
      return Math.max(patternReach, search?.reach ?? 0);
    },
    get watchesNumbers() {
      return search?.numeric ?? false;
    },
    get generation() {
      return generation;
    },
  };
}
