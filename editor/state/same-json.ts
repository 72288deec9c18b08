import type { Json } from '../../engine/document/types.ts';

/** A value as JSON has it; a key with undefined counts as absent. */
export type Part = Json | undefined;
export type JsonObject = { readonly [key: string]: Part };

export const isObject = (value: Part): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The keys that JSON text would have. */
export const keysOf = (object: JsonObject): string[] => Object.keys(object).filter((key) => object[key] !== undefined);

/** Whether two values are equal, whatever the order of their keys. Quick where they share parts. */
export function isSame(a: Part, b: Part): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => isSame(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = keysOf(a);
  return keys.length === keysOf(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}

/** Positions by id; null unless every item is an object with an id of its own. */
export function idsOf(list: readonly Part[]): Map<string, number> | null {
  const ids = new Map<string, number>();
  for (const [index, item] of list.entries()) {
    const id = isObject(item) ? item.id : undefined;
    if (typeof id !== 'string' || ids.has(id)) return null;
    ids.set(id, index);
  }
  return ids;
}

/** `fresh`, made of the parts of `known` wherever they are equal: what did not change is the same object again. */
export function sharing<T extends Part>(known: Part, fresh: T): T {
  if (known === fresh) return fresh;
  if (Array.isArray(fresh) && Array.isArray(known)) {
    const ids = idsOf(known);
    const items = fresh.map((item, index) => {
      const at = ids !== null && isObject(item) ? ids.get(item.id as string) : index;
      return at === undefined ? item : sharing(known[at], item);
    });
    const isWhole = items.length === known.length && items.every((item, index) => item === known[index]);
    return (isWhole ? known : items) as T;
  }
  if (isObject(fresh) && isObject(known)) {
    const keys = keysOf(fresh);
    const parts = keys.map(
      (key) => [key, sharing(Object.hasOwn(known, key) ? known[key] : undefined, fresh[key])] as const,
    );
    const isWhole =
      keys.length === keysOf(known).length &&
      parts.every(([key, part]) => Object.hasOwn(known, key) && part === known[key]);
    return (isWhole ? known : Object.fromEntries(parts)) as T;
  }
  return fresh;
}
