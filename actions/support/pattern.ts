import type * as Re2 from 're2js';
import { ActionFailure } from '../kit/index.ts';
import { library } from './library.ts';

const re2 = library<typeof Re2>('re2js');

// The time of a search is at most the product of what the pattern compiles to and the text.
const longestPattern = 2_000;
const largestProgram = 20_000;
const largestSearch = 25_000_000;
// A pattern may look far ahead for each of many matches; no count of steps tells that from outside.
const longestMs = 250;
const msForEach = 0.002;

/** So many matches may be looked for at a stretch; then one gives way to others. */
export const matchesOfSlice = 50_000;

const lookAround = /\(\?<?[=!]/;
const backReference = /\\(?:[1-9]|k[<{'])/;
const linear = 'patterns are matched in linear time (RE2)';

const refuse = (field: string, problem: string): never => {
  throw new ActionFailure('pattern-invalid', `\`${field}\` ${problem}`);
};

// Escaped characters and the contents of [...] mean themselves.
const withoutEscapesAndClasses = (source: string): string => source.replace(/\\[^1-9k]|\[(?:\\.|[^\]\\])*\]/gs, '_');

const flagsOf = (modifiers: string): { flags: number; ungreedy: boolean } => {
  const { CASE_INSENSITIVE, MULTILINE, DOTALL } = re2().RE2JS;
  let flags = 0;
  let ungreedy = false;
  for (const letter of modifiers) {
    if (letter === 'i') flags |= CASE_INSENSITIVE;
    else if (letter === 'm') flags |= MULTILINE;
    else if (letter === 's') flags |= DOTALL;
    else if (letter === 'U') ungreedy = true;
    else if (letter !== 'u') {
      throw new ActionFailure(
        'input-invalid',
        `\`modifiers\` may have the letters i, m, s, U and u, found ${JSON.stringify(letter)}`,
      );
    }
  }
  return { flags, ungreedy };
};

const compile = (source: string, modifiers: string, field: string): Re2.RE2JS => {
  if (source.length > longestPattern) {
    refuse(field, `has ${source.length} characters, and at most ${longestPattern} are allowed`);
  }
  const bare = withoutEscapesAndClasses(source);
  if (lookAround.test(bare)) refuse(field, `may not have look-ahead or look-behind, since ${linear}`);
  if (backReference.test(bare)) refuse(field, `may not have back-references, since ${linear}`);
  const { flags, ungreedy } = flagsOf(modifiers);
  // RE2 writes \x{e9} for what most others also write as \u00e9.
  const translated = source.replace(/\\(?:u([0-9a-fA-F]{4})|.)/gs, (piece, hex) => (hex ? `\\x{${hex}}` : piece));
  let compiled: Re2.RE2JS | undefined;
  try {
    compiled = re2().RE2JS.compile(ungreedy ? `(?U)${translated}` : translated, flags);
  } catch (thrown) {
    // The reason quotes the pattern, which may be long.
    const reason = (thrown as Error).message.replace(/^error parsing regexp: /, '').replace(/: `.{40,}$/s, '');
    refuse(field, `is no regular expression: ${reason}; ${linear}`);
  }
  const program = (compiled as Re2.RE2JS).programSize();
  if (program > largestProgram) {
    refuse(field, `is too large, with ${program} instructions of at most ${largestProgram}; use smaller repeat counts`);
  }
  return compiled as Re2.RE2JS;
};

// Most patterns are literals of a workflow: the same few, over and over.
const mostKept = 50;
const kept = new Map<string, Re2.RE2JS>();

const compileOnce = (source: string, modifiers: string, field: string): Re2.RE2JS => {
  const key = `${modifiers}/${source}`;
  const known = kept.get(key);
  if (known !== undefined) kept.delete(key);
  const pattern = known ?? compile(source, modifiers, field);
  kept.set(key, pattern);
  if (kept.size > mostKept) kept.delete(kept.keys().next().value as string);
  return pattern;
};

/** One match. `group(0)` is all of it; a group that took no part is null. */
export interface Match {
  readonly start: number;
  readonly end: number;
  group(index: number): string | null;
}

export interface Pattern {
  /** Capturing groups, without the whole match. */
  readonly groups: number;
  /** Names of groups, in the order of the groups. */
  readonly names: readonly (readonly [name: string, group: number])[];
  /** Of the compiled pattern, in instructions: what each character of a text may take, at the worst. */
  readonly size: number;
  test(text: string, field: string): boolean;
  /**
   * Gives the matches of a text from left to right, which do not overlap, and undefined after the last one. A match is
   * valid until the next is asked for. `field` names the text.
   */
  search(text: string, field: string): () => Match | undefined;
}

// The time this process has calculated, which does not depend on what else the machine does. Asking takes long.
const usedMs = (): number => process.cpuUsage().user / 1000;

/** Tells whether more than so many milliseconds were needed in which this process calculated. */
const openWatch = (): ((allowedMs: number) => boolean) => {
  const began = performance.now();
  const usedBefore = usedMs();
  let ask = 0;
  return (allowedMs) => {
    const passed = performance.now() - began;
    if (passed <= allowedMs || passed < ask) return false;
    const left = allowedMs - (usedMs() - usedBefore);
    // No more than what passes can be used.
    ask = passed + Math.max(left, 1);
    return left < 0;
  };
};

const refuseSearch = (text: string, field: string, allowed: string): never => {
  throw new ActionFailure(
    'input-invalid',
    `\`${field}\` has ${text.length} characters, and ${allowed}; give a part of it, or a simpler pattern`,
  );
};

/**
 * A regular expression of RE2's syntax, which takes time in proportion to the text. `modifiers` are letters as Elixir
 * has them: i, m, s, U and u, the last of which changes nothing. Fails with pattern-invalid, naming `field`; searching
 * fails with input-invalid when the text is too long for the pattern.
 */
export const openPattern = (source: string, modifiers = '', field = 'regex'): Pattern => {
  const pattern = compileOnce(source, modifiers, field);
  const checkLength = (text: string, where: string): void => {
    const most = Math.floor(largestSearch / pattern.programSize());
    if (text.length > most) refuseSearch(text, where, `this pattern may search ${most}`);
  };
  return {
    groups: pattern.groupCount(),
    names: Object.entries(pattern.namedGroups()).sort(([, a], [, b]) => a - b),
    size: pattern.programSize(),
    test: (text, where) => {
      checkLength(text, where);
      return pattern.matcher(text).find();
    },
    search: (text, where) => {
      checkLength(text, where);
      const matcher = pattern.matcher(text);
      const takesLonger = openWatch();
      let from = 0;
      let count = 0;
      return () => {
        count += 1;
        if (takesLonger(longestMs + count * msForEach)) {
          refuseSearch(text, where, 'this pattern takes too long to find all its matches in them');
        }
        if (from > text.length || !matcher.find(from)) return undefined;
        const start = matcher.start();
        const end = matcher.end();
        from = end > start ? end : end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
        return { start, end, group: (index) => matcher.group(index) };
      };
    },
  };
};
