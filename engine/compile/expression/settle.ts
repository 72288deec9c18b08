import { expressionLimits as limits } from './limits.ts';

/** A result that is larger than an expression may give. */
export class TooLarge extends Error {}

/**
 * Makes plain data of what JSONata gives: undefined is null, a function is null, and arrays lose the marks that the
 * library keeps on them. What needs no change is handed on as it is, so that input data passes through uncopied.
 * @throws TooLarge beyond the size limit, estimated on the way
 */
export function settle(result: unknown): unknown {
  return plain(result, { left: limits.size });
}

interface Room {
  left: number;
}

function plain(value: unknown, room: Room): unknown {
  if (typeof value === 'string') return use(value.length, room, value);
  if (value === undefined || typeof value === 'function') return null;
  if (typeof value !== 'object' || value === null) return use(8, room, value);
  if (Array.isArray(value)) return plainArray(value, room);
  if ('_jsonata_function' in value || '_jsonata_lambda' in value) return null;
  if (value instanceof Date || value instanceof Uint8Array) return use(64, room, value);
  return plainObject(value as Record<string, unknown>, room);
}

function plainArray(array: unknown[], room: Room): unknown[] {
  use(8, room, null);
  // Marks are own properties beside the items; `push` is replaced while a sequence is bounded.
  let copy: unknown[] | null = Object.keys(array).length === array.length ? null : Array.from(array);
  for (let i = 0; i < array.length; i++) {
    const item = plain(array[i], room);
    if (item === array[i]) continue;
    copy ??= array.slice();
    copy[i] = item;
  }
  return copy ?? array;
}

function plainObject(object: Record<string, unknown>, room: Room): Record<string, unknown> {
  let copy: Record<string, unknown> | null = null;
  for (const key of Object.keys(object)) {
    use(key.length, room, null);
    const member = object[key];
    const settled = plain(member, room);
    if (settled === member) continue;
    copy ??= { ...object };
    Object.defineProperty(copy, key, { value: settled, enumerable: true, configurable: true, writable: true });
  }
  return copy ?? object;
}

function use<T>(size: number, room: Room, value: T): T {
  room.left -= size;
  if (room.left < 0) throw new TooLarge(`The result is larger than ${limits.size} bytes.`);
  return value;
}
