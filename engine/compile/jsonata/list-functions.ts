import { add, tick, useItems, useObject, work } from './budget.ts';
import { apply, callBack } from './call.ts';
import { EvaluationError } from './fault.ts';
import { borrowed, native } from './library.ts';
import {
  append,
  arityOf,
  asSequence,
  boolean,
  type Frame,
  isEqual,
  isFunction,
  isNumeric,
  isObject,
  isSequence,
  keysOf,
  lookup,
  type Native,
  type Plain,
  sequence,
  setKey,
} from './value.ts';

type List = readonly unknown[];

/** A function of an array that gives nothing for nothing. */
const ofList =
  (run: (list: unknown[], args: List, frame: Frame) => unknown): Native['run'] =>
  (args, _, frame) => {
    const list = args[0];
    if (!Array.isArray(list)) return undefined;
    useItems(list.length);
    return run(list, args, frame);
  };

const best = (list: List, isBetter: (a: number, b: number) => boolean): unknown =>
  list.reduce(
    (found, value) => (found === undefined || isBetter(value as number, found as number) ? value : found),
    undefined,
  );

const single = (list: unknown[], test: unknown, frame: Frame): unknown => {
  const found = list.filter((item, index) => test === undefined || boolean(callBack(test, [item, index, list], frame)));
  if (found.length === 1) return found[0];
  throw new EvaluationError(found.length > 1 ? 'D3138' : 'D3139');
};

const reduce = (list: unknown[], step: unknown, initial: unknown, frame: Frame): unknown => {
  const arity = arityOf(step);
  if (arity < 2) throw new EvaluationError('D3050', { index: 1 });
  const startsInside = initial === undefined && list.length > 0;
  let result = startsInside ? list[0] : initial;
  for (let index = startsInside ? 1 : 0; index < list.length; index++) {
    result = apply(step, [result, list[index], index, list].slice(0, Math.max(2, arity)), null, frame);
  }
  return result;
};

/** Merge sort, stable. The comparator says whether the left one belongs after the right one. */
const mergeSort = (list: List, isAfter: (left: unknown, right: unknown) => boolean): unknown[] => {
  if (list.length <= 1) return [...list];
  const middle = Math.floor(list.length / 2);
  const left = mergeSort(list.slice(0, middle), isAfter);
  const right = mergeSort(list.slice(middle), isAfter);
  const merged: unknown[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length) merged.push(isAfter(left[l], right[r]) ? right[r++] : left[l++]);
  while (l < left.length) merged.push(left[l++]);
  while (r < right.length) merged.push(right[r++]);
  return merged;
};

const sort = (list: unknown[], comparator: unknown, frame: Frame): unknown[] => {
  if (list.length <= 1) return list;
  work(list.length);
  if (comparator !== undefined)
    return mergeSort(list, (left, right) => Boolean(apply(comparator, [left, right], null, frame)));
  const type = typeof list[0];
  if (type === 'number' ? !list.every(isNumeric) : type !== 'string' || list.some((item) => typeof item !== type)) {
    throw new EvaluationError('D3070', { index: 1 });
  }
  return [...list].sort((left, right) => {
    tick();
    return (left as number) > (right as number) ? 1 : (left as number) < (right as number) ? -1 : 0;
  });
};

// Equal objects have the same outline: their keys with what is a scalar.
const outline = (value: Plain): string => {
  if (Array.isArray(value)) return `${value.length}`;
  const scalars = keysOf(value)
    .sort()
    .map((key) => `${key}=${isObject(value[key]) ? '' : String(value[key]).slice(0, 40)}`);
  work(scalars.length);
  return scalars.join();
};

const distinct = (list: unknown[]): unknown[] => {
  const found = isSequence(list) ? sequence() : [];
  const scalars = new Set<unknown>();
  const objects = new Map<string, unknown[]>();
  for (const item of list) {
    tick();
    if (isObject(item)) {
      const key = outline(item);
      const alike = objects.get(key);
      if (!alike) objects.set(key, [item]);
      else if (alike.some((other) => isEqual(item, other))) continue;
      else alike.push(item);
    } else if (scalars.has(item) && !Number.isNaN(item)) continue;
    else scalars.add(item);
    add(found, item);
  }
  return found;
};

const allKeys = (value: unknown, into: Plain): void => {
  tick();
  if (Array.isArray(value)) for (const item of value) allKeys(item, into);
  else for (const key of keysOf(value)) into[key] = true;
};

// The parts of an array's items are one plain array, those of an object a sequence.
const spread = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    const parts = value.map(spread).filter((part) => part !== undefined);
    const all: unknown[] = [];
    for (const part of parts) for (const item of Array.isArray(part) ? part : [part]) add(all, item);
    return parts.length === 0 ? sequence() : all;
  }
  if (!isObject(value)) return value;
  const parts = sequence();
  for (const key of keysOf(value)) {
    useObject(64);
    const part: Plain = {};
    setKey(part, key, value[key]);
    add(parts, part);
  }
  return parts;
};

const merge = (list: List): Plain => {
  const merged: Plain = {};
  for (const item of list) {
    const keys = keysOf(item);
    useItems(keys.length);
    for (const key of keys) setKey(merged, key, (item as Plain)[key]);
  }
  return merged;
};

const sift = (object: unknown, test: unknown, frame: Frame): Plain | undefined => {
  const kept: Plain = {};
  let count = 0;
  for (const key of keysOf(object)) {
    const value = (object as Plain)[key];
    if (!boolean(callBack(test, [value, key, object], frame))) continue;
    setKey(kept, key, value);
    count++;
  }
  useItems(count);
  return count === 0 ? undefined : kept;
};

const typeOf = (value: unknown): string | undefined => {
  if (value === undefined) return undefined;
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return isNumeric(value) ? 'number' : 'object';
  return isFunction(value) ? 'function' : typeof value;
};

/** The functions of arrays, objects and functions. */
export const listFunctions = (): Native[] => [
  borrowed('sum'),
  borrowed('count'),
  borrowed('average'),
  native(
    'max',
    ofList((list) => best(list, (a, b) => a > b)),
  ),
  native(
    'min',
    ofList((list) => best(list, (a, b) => a < b)),
  ),
  native(
    'map',
    ofList((list, [, step], frame) => {
      const results = sequence();
      list.forEach((item, index) => {
        const result = callBack(step, [item, index, list], frame);
        if (result !== undefined) add(results, result);
      });
      return results;
    }),
  ),
  native(
    'filter',
    ofList((list, [, test], frame) => {
      const kept = sequence();
      list.forEach((item, index) => {
        if (boolean(callBack(test, [item, index, list], frame))) add(kept, item);
      });
      return kept;
    }),
  ),
  native(
    'single',
    ofList((list, [, test], frame) => single(list, test, frame)),
  ),
  native(
    'reduce',
    ofList((list, [, step, initial], frame) => reduce(list, step, initial, frame)),
  ),
  native('sift', ([object, test], _, frame) => sift(object, test, frame)),
  native('each', ([object, step], _, frame) => {
    const results = sequence();
    for (const key of keysOf(object)) {
      const result = callBack(step, [(object as Plain)[key], key, object], frame);
      if (result !== undefined) add(results, result);
    }
    return results;
  }),
  native('keys', ([value]) => {
    const found: Plain = Object.create(null);
    allKeys(value, found);
    return asSequence(Object.keys(found));
  }),
  native('lookup', ([value, key]) => lookup(value, key as string)),
  native('append', ([first, second]) => append(first, second)),
  native('spread', ([value]) => spread(value)),
  native('merge', ofList(merge)),
  borrowed('zip'),
  borrowed('reverse'),
  borrowed('shuffle'),
  native(
    'sort',
    ofList((list, [, comparator], frame) => sort(list, comparator, frame)),
  ),
  native('distinct', ([value]) => (Array.isArray(value) && value.length > 1 ? distinct(value) : value)),
  native('exists', ([value]) => value !== undefined),
  native('boolean', ([value]) => (value === undefined ? undefined : boolean(value))),
  native('not', ([value]) => (value === undefined ? undefined : !boolean(value))),
  native('type', ([value]) => typeOf(value)),
];
