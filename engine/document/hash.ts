import type { Json, Operation } from './types.ts';

/** JSON text with the keys of every object in code unit order, so that equal data gives equal text. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] as Json)}`);
  return `{${members.join(',')}}`;
}

/**
 * 16 hex digits that are equal for equal data, whatever the order of keys. A fingerprint (two multiplicative 32-bit
 * lanes, cyrb53's mixing without its cut to 53 bits), no protection against someone who looks for collisions.
 */
function hashText(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  const first = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  const second = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return hex(second) + hex(first);
}

/** The fingerprint of any JSON value; see hashText. */
export const hashJson = (value: Json): string => hashText(canonicalJson(value));

/**
 * The version of an operation that records and runs carry. Simulations are left out: they change nothing about what
 * runs.
 */
export function operationVersion(operation: Operation): string {
  const { simulations: _, ...definition } = operation;
  return hashJson(definition as unknown as Json);
}

const hex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0');
