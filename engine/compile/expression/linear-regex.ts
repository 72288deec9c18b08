import type { RE2JS } from 're2js';
import { re2 } from './library.ts';
import { expressionLimits as limits, sizeLimit } from './limits.ts';

/**
 * A stand-in for RegExp that matches in time proportional to the text (RE2's syntax and semantics), shaped as JSONata
 * uses one: made from a RegExp, `exec` from `lastIndex` on. Look-around and back-references do not exist in it.
 */
export class LinearRegex {
  lastIndex = 0;
  private readonly regex: RE2JS;
  private readonly size: number;
  private readonly born = Date.now();
  private matcher: ReturnType<RE2JS['matcher']> | null = null;
  private text: string | null = null;

  constructor(pattern: RegExp) {
    this.regex = compiled(pattern);
    this.size = this.regex.programSize();
  }

  exec(text: string): (string[] & { index: number }) | null {
    // A search cannot be interrupted, so what it may cost is known before it begins.
    if (this.size * (text.length - this.lastIndex) > limits.regexWork) {
      throw {
        code: sizeLimit,
        message: `A text of ${text.length} characters is too long for this regular expression; it may search ${Math.floor(limits.regexWork / this.size)}.`,
      };
    }
    if (Date.now() - this.born > limits.timeMs) throw { code: 'D1012', value: limits.timeMs };
    if (this.matcher === null || this.text !== text) {
      this.matcher = this.regex.matcher(text);
      this.text = text;
    }
    const { matcher } = this;
    if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) {
      this.lastIndex = 0;
      return null;
    }
    this.lastIndex = matcher.end();
    const groups = Array.from({ length: this.regex.groupCount() + 1 }, (_, group) => matcher.group(group) as string);
    return Object.assign(groups, { index: matcher.start() });
  }
}

// RE2's \s is ASCII; in JavaScript, and so in JSONata, it is every Unicode space.
const spaces = '\\t-\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff';
const widenSpaces = (source: string): string => {
  let inClass = false;
  return source.replace(/\\[\s\S]|[[\]]/g, (piece) => {
    if (piece === '[') inClass = true;
    else if (piece === ']') inClass = false;
    else if (piece === '\\s') return inClass ? spaces : `[${spaces}]`;
    else if (piece === '\\S' && !inClass) return `[^${spaces}]`;
    return piece;
  });
};

// Few patterns serve most projects; only $eval could make any number of them.
const capacity = 200;
const cache = new Map<string, RE2JS>();

function compiled(pattern: RegExp): RE2JS {
  const key = `${pattern.flags}/${pattern.source}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const regex = compileLinear(pattern.source, pattern.flags);
  if (cache.size >= capacity) cache.delete(cache.keys().next().value as string);
  cache.set(key, regex);
  return regex;
}

/** @throws Error that says why the pattern cannot be matched in linear time */
export function compileLinear(source: string, flags: string): RE2JS {
  if (source.length > limits.patternLength) {
    throw new Error(
      `A regular expression of ${source.length} characters is too long; at most ${limits.patternLength} are allowed.`,
    );
  }
  const { RE2JS } = re2();
  let regex: RE2JS;
  try {
    const bits = (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) | (flags.includes('m') ? RE2JS.MULTILINE : 0);
    regex = RE2JS.compile(RE2JS.translateRegExp(widenSpaces(source)), bits);
  } catch (thrown) {
    const reason = (thrown as Error).message.replace(/^error parsing regexp: /, '');
    throw new Error(
      `/${source.slice(0, 60)}/ cannot be used: ${reason}. Expressions use linear-time regular expressions (RE2), without look-around and back-references.`,
    );
  }
  if (regex.programSize() > limits.patternProgram)
    throw new Error(`/${source.slice(0, 60)}/ is too large; use smaller repeat counts.`);
  return regex;
}
