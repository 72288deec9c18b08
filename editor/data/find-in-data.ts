import type { DataPath } from './data-rows.ts';

/** Hits after which a search ends: more lead nowhere. */
export const mostHits = 500;

/**
 * Looks for a text in the keys and values of data, case ignored, in the order of the tree. Yields now and then, so that
 * whoever asks can let others work, and ends after 500 hits.
 */
export function* findInData(value: unknown, text: string): Generator<undefined, DataPath[]> {
  const wanted = text.toLowerCase();
  const hits: DataPath[] = [];
  // What is still to be looked at, the next one last. A place knows the one around it: paths are made of hits only.
  const ahead: Place[] = [{ around: null, name: '', value }];
  let looked = 0;
  for (let place = ahead.pop(); place !== undefined && hits.length < mostHits; place = ahead.pop()) {
    if (++looked % 5000 === 0) yield;
    const { name, value: one } = place;
    const isHit = (place.around !== null && typeof name === 'string' && has(name, wanted)) || isLeafWith(one, wanted);
    if (isHit) hits.push(pathTo(place));
    if (typeof one !== 'object' || one === null) continue;
    if (Array.isArray(one)) {
      for (let index = one.length - 1; index >= 0; index--)
        ahead.push({ around: place, name: index, value: one[index] });
      continue;
    }
    const keys = Object.keys(one);
    for (let index = keys.length - 1; index >= 0; index--) {
      const key = keys[index] as string;
      ahead.push({ around: place, name: key, value: (one as { [key: string]: unknown })[key] });
    }
  }
  return hits;
}

interface Place {
  around: Place | null;
  name: string | number;
  value: unknown;
}

const has = (text: string, wanted: string): boolean => text.toLowerCase().includes(wanted);

const isLeafWith = (value: unknown, wanted: string): boolean =>
  typeof value === 'object' && value !== null ? false : has(String(value), wanted);

function pathTo(place: Place): DataPath {
  const path: (string | number)[] = [];
  for (let one = place; one.around !== null; one = one.around) path.unshift(one.name);
  return path;
}
