import { checkTotal } from '../support/bounds.ts';

/**
 * The parts of a text between separators, which `next` gives from left to right, and undefined after the last. There
 * are at most `most` parts, and the last is the rest as it is; `trim` leaves out empty ones, which do not count then.
 */
export const splitParts = (
  text: string,
  next: () => { start: number; end: number } | undefined,
  most: number,
  trim: boolean,
): string[] => {
  if (text === '') return trim ? [] : [''];
  const parts: string[] = [];
  let offset = 0;
  while (parts.length < most - 1) {
    const separator = next();
    if (separator === undefined) break;
    if (separator.start > offset || !trim) {
      parts.push(text.slice(offset, separator.start));
      if (parts.length % 1024 === 0) checkTotal(parts.length, 'string');
    }
    offset = separator.end;
  }
  if (offset < text.length || !trim) parts.push(text.slice(offset));
  checkTotal(parts.length, 'string');
  return parts;
};
