import { LimitReached, limits, tick } from './budget.ts';
import { isAtom, isFunction, isObject, isSequence, marksOf, setKey, unmark } from './value.ts';

/**
 * Makes the value of an expression an ordinary one: nothing, functions and numbers that are not finite are null,
 * arrays carry no marks. What is ordinary already is not copied. Fails when the value, written as JSON, would exceed the limit.
 */
export const release = (value: unknown): unknown => {
  let size = 0;
  const count = (characters: number): void => {
    size += characters;
    if (size > limits.output) {
      throw new LimitReached('size', `its result is longer than the ${limits.output} characters allowed`);
    }
  };
  const walk = (item: unknown): unknown => {
    tick();
    if (item === undefined || isFunction(item) || (typeof item === 'number' && !Number.isFinite(item))) return null;
    if (typeof item === 'string') count(item.length + 2);
    else if (!isObject(item)) count(8);
    else if (isAtom(item)) count(item instanceof Uint8Array ? item.length : 26);
    else return Array.isArray(item) ? walkArray(item) : walkObject(item);
    return item;
  };
  const walkArray = (items: unknown[]): unknown[] => {
    if (marksOf(items) !== 0) unmark(items);
    let made = items;
    for (let at = 0; at < items.length; at++) {
      count(1);
      const item = items[at];
      const ordinary = walk(item);
      if (ordinary === item) continue;
      if (made === items) made = [...items];
      made[at] = ordinary;
    }
    return made;
  };
  const walkObject = (object: { [key: string]: unknown }): { [key: string]: unknown } => {
    let made = object;
    for (const key of Object.keys(object)) {
      const item = object[key];
      // JSON leaves such keys out; what the data hold is not touched for it.
      if (item === undefined) continue;
      count(key.length + 4);
      const ordinary = walk(item);
      if (ordinary === item) continue;
      if (made === object) made = { ...object };
      setKey(made, key, ordinary);
    }
    return made;
  };
  return walk(value);
};

/** `release` for an expression that only selects from the data: what it found is ordinary, and was there before. */
export const releaseSelected = (value: unknown): unknown => {
  if (value === undefined) return null;
  return isSequence(value) ? release(value) : value;
};
