import { types } from 'node:util';

/** What is kept of an object's keys. */
export interface Names {
  /** The first ones. */
  readonly first: readonly string[];
  /** How many there are. */
  readonly count: number;
}

/**
 * Listing more keys takes milliseconds, and there is no way to list only the first ones: `for…in` lists all of them before it
 * gives one and is no faster, and the other ways take several times as long.
 */
const manyKeys = 10_000;

const kept = new WeakMap<object, Names>();
/** Most processes never see such an object, and save the search. */
let isAnyKept = false;

/** The keys of an object that was found to have very many. One that passes through a run is written many times. */
export const keptNames = (object: object, most: number): Names | undefined => {
  const names = isAnyKept ? kept.get(object) : undefined;
  return names !== undefined && (names.first.length === names.count || names.first.length >= most) ? names : undefined;
};

/** The own enumerable keys of an object, without symbols. `most` of very many are kept for the next time. */
export const listNames = (object: object, most: number): readonly string[] => {
  const names = Object.keys(object);
  if (names.length >= manyKeys && !types.isProxy(object)) {
    kept.set(object, { first: names.slice(0, most), count: names.length });
    isAnyKept = true;
  }
  return names;
};
