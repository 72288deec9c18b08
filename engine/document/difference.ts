import { canonicalJson } from './hash.ts';
import type { Json } from './types.ts';

/** One place where two versions of a document differ. */
export interface Difference {
  /** RFC 6901, in the newer version. Of what was removed, the last key alone is that of the older one. */
  path: string;
  kind: 'added' | 'removed' | 'changed' | 'reordered';
  /** Absent for what was added. For a new order, the ids as they stood. */
  before?: Json;
  /** Absent for what was removed. For a new order, the ids as they stand. */
  after?: Json;
}

type JsonObject = { [key: string]: Json };

/**
 * What changed from one version of a document to another, in the order of the newer one. Items of arrays that have ids
 * (operations, actions, simulations) are compared by id, so that one inserted step is one difference; other arrays by
 * position. The order of keys does not count. With `most`, only the first so many.
 */
export function differences(before: Json, after: Json, most = Number.POSITIVE_INFINITY): Difference[] {
  const found = new Found(most);
  compare(before, after, '', found);
  return found.list;
}

class Found {
  readonly list: Difference[] = [];

  constructor(private readonly most: number) {}

  get isFull(): boolean {
    return this.list.length >= this.most;
  }

  push(difference: Difference): void {
    if (!this.isFull) this.list.push(difference);
  }
}

/** Whether two JSON values are equal, whatever the order of their keys. */
export const sameJson = (a: Json, b: Json): boolean => a === b || canonicalJson(a) === canonicalJson(b);

function compare(before: Json, after: Json, path: string, found: Found): void {
  if (before === after || found.isFull) return;
  if (Array.isArray(before) && Array.isArray(after)) compareArrays(before, after, path, found);
  else if (isObject(before) && isObject(after)) compareObjects(before, after, path, found);
  else found.push({ path, kind: 'changed', before, after });
}

function compareObjects(before: JsonObject, after: JsonObject, path: string, found: Found): void {
  for (const key of Object.keys(after)) {
    if (after[key] === undefined) continue;
    const at = `${path}/${escaped(key)}`;
    if (Object.hasOwn(before, key) && before[key] !== undefined) compare(before[key] as Json, after[key], at, found);
    else found.push({ path: at, kind: 'added', after: after[key] });
  }
  for (const key of Object.keys(before)) {
    if (before[key] === undefined || (Object.hasOwn(after, key) && after[key] !== undefined)) continue;
    found.push({ path: `${path}/${escaped(key)}`, kind: 'removed', before: before[key] });
  }
}

function compareArrays(before: Json[], after: Json[], path: string, found: Found): void {
  const [olds, news] = [idsOf(before), idsOf(after)];
  if (olds === null || news === null) {
    for (const [index, item] of after.entries()) {
      const at = `${path}/${index}`;
      if (index < before.length) compare(before[index] as Json, item, at, found);
      else found.push({ path: at, kind: 'added', after: item });
    }
    for (let index = after.length; index < before.length; index++)
      found.push({ path: `${path}/${index}`, kind: 'removed', before: before[index] as Json });
    return;
  }
  const kept = [...olds.keys()].filter((id) => news.has(id));
  const now = [...news.keys()].filter((id) => olds.has(id));
  if (kept.some((id, index) => id !== now[index]))
    found.push({ path, kind: 'reordered', before: [...olds.keys()], after: [...news.keys()] });
  for (const [id, index] of news) {
    const old = olds.get(id);
    if (old === undefined) found.push({ path: `${path}/${index}`, kind: 'added', after: after[index] as Json });
    else compare(before[old] as Json, after[index] as Json, `${path}/${index}`, found);
  }
  for (const [id, index] of olds)
    if (!news.has(id)) found.push({ path: `${path}/${index}`, kind: 'removed', before: before[index] as Json });
}

/** Positions by id; null unless every item has one of its own. */
function idsOf(list: Json[]): Map<string, number> | null {
  const ids = new Map<string, number>();
  for (const [index, item] of list.entries()) {
    const id = isObject(item) ? item.id : undefined;
    if (typeof id !== 'string' || ids.has(id)) return null;
    ids.set(id, index);
  }
  return ids;
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
