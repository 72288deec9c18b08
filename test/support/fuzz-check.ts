import { isPlainObject } from '../../actions/kit/index.ts';

/** Large values that were frozen and looked through before, and are used again and again. */
const known = new WeakSet<object>();

/** Every value inside a value, itself included; what holds itself is walked once. */
function* partsOf(value: unknown): Iterable<unknown> {
  const seen = new Set<unknown>();
  const open: unknown[] = [value];
  while (open.length > 0) {
    const part = open.pop();
    if (typeof part === 'object' && part !== null) {
      if (seen.has(part) || known.has(part)) continue;
      seen.add(part);
      if (!(part instanceof Uint8Array || part instanceof Date))
        for (const inner of Object.values(part)) open.push(inner);
    }
    yield part;
  }
}

/** What JSON has no word for: it may come out where it was put in. */
const isOdd = (value: unknown): boolean =>
  typeof value === 'bigint' ||
  (typeof value === 'number' && !Number.isFinite(value)) ||
  (value instanceof Date && Number.isNaN(value.getTime()));

export const holdsOdd = (value: unknown): boolean => {
  for (const part of partsOf(value)) if (isOdd(part)) return true;
  return false;
};

/** Why a result is not data; undefined when it is. */
export const faultOfResult = (result: unknown, oddAllowed: boolean): string | undefined => {
  for (const part of partsOf(result)) {
    if (part === undefined) return 'undefined in the result';
    if (isOdd(part) && !oddAllowed) return `${String(part)} in the result, though not in the input`;
    if (typeof part === 'function' || typeof part === 'symbol') return `a ${typeof part} in the result`;
    if (isPlainObject(part)) {
      const prototype = Object.getPrototypeOf(part);
      if (prototype !== null && prototype !== Object.prototype)
        return `an instance of ${prototype.constructor?.name} in the result`;
    }
  }
  return isCyclic(result) ? 'a cycle in the result' : undefined;
};

const isCyclic = (value: unknown): boolean => {
  const around = new Set<object>();
  const done = new Set<object>();
  const open: { part: object; inner: unknown[] }[] = [];
  const enter = (part: unknown): boolean => {
    if (typeof part !== 'object' || part === null || ArrayBuffer.isView(part)) return false;
    if (done.has(part) || known.has(part)) return false;
    if (around.has(part)) return true;
    around.add(part);
    open.push({ part, inner: Object.values(part) });
    return false;
  };
  enter(value);
  while (open.length > 0) {
    const last = open.at(-1) as { part: object; inner: unknown[] };
    if (last.inner.length > 0) {
      if (enter(last.inner.pop())) return true;
    } else {
      around.delete(last.part);
      done.add(last.part);
      open.pop();
    }
  }
  return false;
};

/** Freezes what can be frozen, and gives a function that tells whether the rest is as it was. */
export const freeze = (value: unknown): (() => boolean) => {
  const kept: (() => boolean)[] = [];
  for (const part of partsOf(value)) {
    if (part instanceof Uint8Array) {
      const copy = part.slice();
      kept.push(() => Buffer.compare(part, copy) === 0);
    } else if (part instanceof Date) {
      const time = part.getTime();
      kept.push(() => Object.is(part.getTime(), time));
    } else if (typeof part === 'object' && part !== null) Object.freeze(part);
  }
  return () => kept.every((same) => same());
};

/** Freezes a value without anything odd in it, and trusts it from now on. */
export const trust = <T>(value: T): T => {
  freeze(value);
  if (typeof value === 'object' && value !== null) known.add(value);
  return value;
};
