import { ActionFailure } from '../kit/index.ts';

// Every pattern is looked for in all of the text.
const mostSteps = 50_000_000;

/** Refuses, naming `field`, so many patterns that looking for each of them in a text would take too long. */
export const checkSearches = (patterns: number, text: string, field: string): void => {
  if (patterns > 1 && patterns * text.length > mostSteps) {
    throw new ActionFailure(
      'input-invalid',
      `\`${field}\` has ${patterns} texts to be looked for in ${text.length} characters, which takes too long; give fewer, or a part of the text`,
    );
  }
};

// What the runtime searches with is fast for short patterns, but takes the product of both lengths for some long ones.
export const longestNative = 256;

/** For each beginning of the pattern, how much of its end is a beginning too (Knuth, Morris and Pratt). */
const bordersOf = (pattern: string): Int32Array => {
  const borders = new Int32Array(pattern.length);
  for (let at = 1, length = 0; at < pattern.length; at += 1) {
    const unit = pattern.charCodeAt(at);
    while (length > 0 && unit !== pattern.charCodeAt(length)) length = borders[length - 1] as number;
    if (unit === pattern.charCodeAt(length)) length += 1;
    borders[at] = length;
  }
  return borders;
};

/**
 * Finds a pattern that is not empty, at or after an index; -1 when it does not occur any more. Takes time in proportion
 * to the text.
 */
export const openSearch = (text: string, pattern: string): ((from: number) => number) => {
  if (pattern.length <= longestNative) return (from) => text.indexOf(pattern, from);
  const borders = bordersOf(pattern);
  return (from) => {
    for (let at = from, length = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      while (length > 0 && unit !== pattern.charCodeAt(length)) length = borders[length - 1] as number;
      if (unit === pattern.charCodeAt(length)) length += 1;
      if (length === pattern.length) return at - length + 1;
    }
    return -1;
  };
};

/** Where a pattern that is not empty occurs for the last time; -1 when it does not. */
export const findLast = (text: string, pattern: string): number => {
  const borders = bordersOf(pattern);
  let last = -1;
  for (let at = 0, length = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    while (length > 0 && unit !== pattern.charCodeAt(length)) length = borders[length - 1] as number;
    if (unit === pattern.charCodeAt(length)) length += 1;
    if (length === pattern.length) {
      last = at - length + 1;
      length = borders[length - 1] as number;
    }
  }
  return last;
};

/** How often a pattern that is not empty occurs, one occurrence after the end of the other. */
export const countOccurrences = (text: string, pattern: string): number => {
  const find = openSearch(text, pattern);
  let count = 0;
  for (let at = find(0); at >= 0; at = find(at + pattern.length)) count += 1;
  return count;
};
