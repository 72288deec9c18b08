import { finder } from './finder.ts';

/** The values within a value that are neither objects nor lists: itself, if it is none. Own keys only, however deep. */
export function leavesOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return value === undefined ? [] : [value];
  const leaves: unknown[] = [];
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'object' && next !== null) for (const inner of Object.values(next)) waiting.push(inner);
    else if (next !== undefined) leaves.push(next);
  }
  return leaves;
}

/** A value as people would write it. */
export const textOf = (leaf: unknown): string => (typeof leaf === 'string' ? leaf : String(leaf));

/**
 * Makes the test whether a text is these parts with anything between them: the first at its begin, the last at its end.
 * Each part is looked for once, from where the one before ended, so a hostile pattern costs no more than a friendly one.
 */
export function likeTest(parts: readonly string[]): (text: string) => boolean {
  const first = parts[0] as string;
  const last = parts[parts.length - 1] as string;
  const inner = parts.slice(1, -1).map((part) => ({ find: finder(part), length: part.length }));
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const { find, length } of inner) {
      const found = find(text, at);
      if (found < 0 || found + length > end) return false;
      at = found + length;
    }
    return true;
  };
}
