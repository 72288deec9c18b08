import type { Subject } from './predicate.ts';

/** Forms in which the log writes what JSON does not have, or what was too long: objects of one key. */
const wrappers = ['$cut', '$map', '$set', '$literal'] as const;
/** The log writes three inside each other at most: a literal of a map that was cut. */
const mostInside = 4;

const isObject = (value: unknown): value is Subject => typeof value === 'object' && value !== null;

/** What a cut left, `{"$cut":{"bytes":73211,"head":"Dear…"}}`; undefined for another value. */
function headOfCut(value: Subject): { head: unknown } | undefined {
  const { $cut: cut } = value;
  return isObject(cut) && Object.hasOwn(cut, 'head') ? { head: cut.head } : undefined;
}

const hasOnly = (value: Subject, key: string): boolean => Object.hasOwn(value, key) && Object.keys(value).length === 1;

function unwrapped(value: unknown): { inside: unknown } | undefined {
  if (!isObject(value) || Array.isArray(value)) return undefined;
  const wrapper = wrappers.find((key) => hasOnly(value, key));
  if (wrapper === undefined) return undefined;
  if (wrapper !== '$cut') return { inside: value[wrapper] };
  const cut = headOfCut(value);
  return cut && { inside: cut.head };
}

/** A value, and what is inside of the forms that the log may have wrapped it in. Data may have such keys by itself. */
export function insidesOf(value: unknown): unknown[] {
  const insides = [value];
  for (let next = unwrapped(value); next !== undefined && insides.length <= mostInside; next = unwrapped(next.inside))
    insides.push(next.inside);
  return insides;
}

/**
 * Whether a value, or one within it, fits a test of values that are neither objects nor lists, however deep. How long a value was that
 * was cut is not part of it; of a cut text only the beginning is there, so `fitsHead` is asked about that.
 */
export function hasLeaf(
  value: unknown,
  fits: (leaf: unknown) => boolean,
  fitsHead: (leaf: unknown) => boolean,
): boolean {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (!isObject(next)) {
      if (next !== undefined && fits(next)) return true;
      continue;
    }
    const cut = hasOnly(next, '$cut') ? headOfCut(next) : undefined;
    if (cut === undefined) for (const inner of Object.values(next)) waiting.push(inner);
    else if (typeof cut.head !== 'string') waiting.push(cut.head);
    // Its hash stands for the whole of it.
    else if (fitsHead(cut.head) || fits((next.$cut as Subject).hash)) return true;
  }
  return false;
}
