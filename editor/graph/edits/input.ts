import { sameJson } from '../../../engine/document/difference.ts';
import type { Json, Operation } from '../../../engine/document/types.ts';
import { updateAction } from './action.ts';

type JsonObject = { [key: string]: Json };
type InputPath = readonly (string | number)[];

/**
 * Sets a value within the input of an action; undefined takes it away, from a list with its place. Objects and lists that are
 * missing on the way are made, and the places before it in such a list are null. Where the path leads into a text, a number
 * or a truth value, nothing changes.
 */
export const setInput = (operation: Operation, id: string, path: InputPath, value: Json | undefined): Operation =>
  updateAction(operation, id, (action) => {
    const input = put(action.input, path, value);
    if (input === action.input) return action;
    if (input !== undefined) return { ...action, input: input as JsonObject };
    const { input: _, ...others } = action;
    return others;
  });

/** The same within any value. */
export function put(at: Json | undefined, path: InputPath, value: Json | undefined): Json | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return isSame(at, value) ? at : value;
  const isMissing = at === undefined || at === null;
  if (isMissing && value === undefined) return at;
  if (!isMissing && typeof at !== 'object') return at;
  const holder: Json[] | JsonObject = isMissing ? (typeof part === 'number' ? [] : {}) : at;
  if (Array.isArray(holder)) return typeof part === 'number' ? putItem(holder, part, rest, value) : at;
  return putMember(holder, String(part), rest, value, isMissing);
}

function putItem(items: Json[], index: number, rest: InputPath, value: Json | undefined): Json[] {
  if (!Number.isSafeInteger(index) || index < 0 || (value === undefined && index >= items.length)) return items;
  const before = items[index];
  const after = put(before, rest, value);
  if (after === undefined) return items.toSpliced(index, 1);
  if (after === before && index < items.length) return items;
  const copy = items.slice();
  while (copy.length < index) copy.push(null);
  copy[index] = after;
  return copy;
}

function putMember(
  object: JsonObject,
  key: string,
  rest: InputPath,
  value: Json | undefined,
  isNew: boolean,
): JsonObject {
  const before = Object.hasOwn(object, key) ? object[key] : undefined;
  const after = put(before, rest, value);
  if (after === before && !isNew) return object;
  // Not by assignment: a key may be `__proto__`.
  const entries = Object.entries(object).map(([name, member]) => [name, name === key ? after : member] as const);
  if (before === undefined) entries.push([key, after]);
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

const isSame = (a: Json | undefined, b: Json | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && sameJson(a, b));
