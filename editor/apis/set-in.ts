import type { Json } from '../../engine/document/types.ts';

export type JsonObject = { [key: string]: Json };

export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at a path of keys; undefined where there is nothing. */
export function getIn(value: Json | undefined, path: readonly string[]): Json | undefined {
  let at = value;
  for (const key of path) {
    if (Array.isArray(at)) at = at[Number(key)];
    else if (isJsonObject(at) && Object.hasOwn(at, key)) at = at[key];
    else return undefined;
  }
  return at;
}

/**
 * The value with something else at a path of keys, sharing what did not change. undefined takes a key or an item away;
 * objects on the way are made where they are missing.
 */
export function setIn(value: Json | undefined, path: readonly string[], put: Json | undefined): Json {
  const [key, ...rest] = path as [string, ...string[]];
  if (Array.isArray(value)) {
    const index = Number(key);
    const member = rest.length === 0 ? put : setIn(value[index], rest, put);
    if (member === undefined) return value.filter((_, at) => at !== index);
    return index === value.length ? [...value, member] : value.map((item, at) => (at === index ? member : item));
  }
  const before: JsonObject = isJsonObject(value) ? value : {};
  const member = rest.length === 0 ? put : setIn(before[key], rest, put);
  if (member === undefined) return Object.fromEntries(Object.entries(before).filter(([name]) => name !== key));
  if (!Object.hasOwn(before, key)) return Object.fromEntries([...Object.entries(before), [key, member]]);
  return Object.fromEntries(Object.entries(before).map(([name, old]) => [name, name === key ? member : old]));
}

/** The object with a key renamed in its place. The same object when the new name is taken. */
export function renameKey(object: JsonObject, from: string, to: string): JsonObject {
  if (from === to || Object.hasOwn(object, to)) return object;
  return Object.fromEntries(Object.entries(object).map(([key, member]) => [key === from ? to : key, member]));
}
