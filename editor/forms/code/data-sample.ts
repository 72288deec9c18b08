import type { DataPath } from './expression-place.ts';

/** Items of an array that are looked at to know its keys. */
const mostItems = 20;

/** The values that a path leads to in the data, as JSONata goes: through arrays, item by item. At most 20. */
export function valuesAt(data: unknown, path: NonNullable<DataPath>): unknown[] {
  let values = items(data);
  for (const name of path) {
    values = values
      .flatMap((value) => (isObject(value) && Object.hasOwn(value, name) ? items(value[name]) : []))
      .slice(0, mostItems);
  }
  return values;
}

/** A value for each key that the values have, in the order in which the keys are met. */
export function membersOf(values: readonly unknown[]): Map<string, unknown> {
  const members = new Map<string, unknown>();
  for (const value of values) {
    if (!isObject(value)) continue;
    for (const [name, member] of Object.entries(value)) if (!members.has(name)) members.set(name, member);
  }
  return members;
}

const items = (value: unknown): unknown[] =>
  Array.isArray(value) ? value.slice(0, mostItems).flatMap(items) : [value];

const isObject = (value: unknown): value is { [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
