import { createRequire } from 'node:module';
import type * as Re2 from 're2js';
import { LimitReached, limits, useText, work } from './budget.ts';

// Loaded with the first regular expression.
const require = createRequire(import.meta.url);
let engine: typeof Re2.RE2JS | undefined;
const re2 = (): typeof Re2.RE2JS => {
  engine ??= (require('re2js') as typeof Re2).RE2JS;
  return engine;
};

/** What a search found. An optional group that took no part is undefined. */
export interface RegexMatch {
  match: string;
  start: number;
  end: number;
  groups: (string | undefined)[];
}

/** A pattern that cannot be matched in linear time, or is too large. */
export class RegexFault extends Error {}

const lookAround = /\(\?<?[=!]/;
const backReference = /\\[1-9]|\\k</;

const compile = (source: string, flags: number): Re2.RE2JS => {
  if (source.length > limits.pattern) {
    throw new RegexFault(`it has ${source.length} characters; at most ${limits.pattern} are allowed`);
  }
  const bare = withoutEscapesAndClasses(source);
  if (lookAround.test(bare))
    throw new RegexFault(
      'look-ahead and look-behind are not supported, since expressions use linear-time regular expressions (RE2)',
    );
  if (backReference.test(bare))
    throw new RegexFault(
      'back-references are not supported, since expressions use linear-time regular expressions (RE2)',
    );
  let compiled: Re2.RE2JS;
  try {
    compiled = re2().compile(re2().translateRegExp(withAllSpaces(source)), flags);
  } catch (error) {
    const reason = (error as Error).message.replace(/^error parsing regexp: /, '');
    throw new RegexFault(`${reason}; expressions use linear-time regular expressions (RE2)`);
  }
  if (compiled.programSize() > limits.program) {
    throw new RegexFault(
      `it is too large (${compiled.programSize()} instructions; at most ${limits.program} are allowed). Use smaller repeat counts`,
    );
  }
  return compiled;
};

// Escaped characters and the contents of [...] mean themselves; numbers and k after a backslash are what is looked for.
const withoutEscapesAndClasses = (source: string): string => source.replace(/\\[^1-9k]|\[(?:\\.|[^\]\\])*\]/gs, '_');

const spaces = '\\t-\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff';

// RE2's \s is ASCII; in JavaScript, and so in JSONata, it is every Unicode space.
const withAllSpaces = (source: string): string => {
  let inClass = false;
  return source.replace(/\\.|[[\]]/gs, (piece) => {
    if (piece === '[') inClass = true;
    else if (piece === ']') inClass = false;
    else if (piece === '\\s') return inClass ? spaces : `[${spaces}]`;
    else if (piece === '\\S' && !inClass) return `[^${spaces}]`;
    return piece;
  });
};

// A handful of patterns serves most expressions; $eval could make any number of them.
const capacity = 100;
const cache = new Map<string, Re2.RE2JS>();

const cached = (source: string, flags: number): Re2.RE2JS => {
  const key = `${flags}/${source}`;
  let found = cache.get(key);
  if (found) cache.delete(key);
  else found = compile(source, flags);
  cache.set(key, found);
  if (cache.size > capacity) cache.delete(cache.keys().next().value as string);
  return found;
};

/** Forgets compiled patterns, for when a search was torn off and may have left one in disorder. */
export const forgetPatterns = (): void => cache.clear();

/**
 * A regular expression matched in time proportional to the text (RE2 syntax and semantics; a character is a Unicode
 * code point). Flags: i and m. Fails with a RegexFault for what RE2 does not have: look-around and back-references.
 */
export class LinearRegex {
  readonly source: string;
  private readonly flags: number;

  constructor({ source, ignoreCase, multiline }: Pick<RegExp, 'source' | 'ignoreCase' | 'multiline'>) {
    this.source = source;
    this.flags = (ignoreCase ? re2().CASE_INSENSITIVE : 0) | (multiline ? re2().MULTILINE : 0);
    cached(source, this.flags);
  }

  /** A function that gives the first match of a text at or after an index. */
  searcher(): (text: string, from: number) => RegexMatch | undefined {
    const regex = cached(this.source, this.flags);
    const size = regex.programSize();
    let matcher = regex.matcher('');
    let current = '';
    return (text, from) => {
      // Linear in the text, but also in the pattern: their product is the time.
      if (size * (text.length - from) > limits.search) {
        throw new LimitReached(
          'size',
          `a text of ${text.length} characters is too long for the regular expression /${preview(this.source)}/, which may search ${Math.floor(limits.search / size)}`,
        );
      }
      if (text !== current) {
        useText(text.length);
        matcher = regex.matcher(text);
        current = text;
      }
      work(((text.length - from) >> 5) + 1);
      if (from > text.length || !matcher.find(Math.max(0, from))) return undefined;
      const groups: (string | undefined)[] = [];
      for (let group = 1; group <= regex.groupCount(); group++) groups.push(matcher.group(group) ?? undefined);
      return { match: matcher.group() as string, start: matcher.start(), end: matcher.end(), groups };
    };
  }
}

const preview = (source: string): string => (source.length > 40 ? `${source.slice(0, 40)}…` : source);
