import type { Scopes } from '../run/scopes.ts';

/** Gives a value from the data of a run, now or (a promise) later. */
export type Evaluate = (scopes: Scopes) => unknown;

export interface Compiled {
  readonly evaluate: Evaluate;
  /** The value never changes and is there at once. */
  readonly constant: boolean;
}

export const constant = (value: unknown): Compiled => {
  deepFreeze(value);
  return { evaluate: () => value, constant: true };
};
export const dynamic = (evaluate: Evaluate): Compiled => ({ evaluate, constant: false });

/** Evaluates in order. One promise makes the rest wait for it, so that effects keep the order of the document. */
export function evaluateAll(
  evaluates: readonly Evaluate[],
  scopes: Scopes,
  from = 0,
  values: unknown[] = [],
): unknown[] | Promise<unknown[]> {
  for (let i = from; i < evaluates.length; i++) {
    const value = (evaluates[i] as Evaluate)(scopes);
    if (value instanceof Promise) {
      return value.then((resolved) => {
        values.push(resolved);
        return evaluateAll(evaluates, scopes, i + 1, values);
      });
    }
    values.push(value);
  }
  return values;
}

export function assemble(keys: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (let i = 0; i < keys.length; i++) setOwn(object, keys[i] as string, values[i]);
  return object;
}

/** Evaluates the members of an object in order; the same waiting as evaluateAll, and one pass where nothing has to wait. */
export function objectOf(keys: readonly string[], evaluates: readonly Evaluate[]): Evaluate {
  return (scopes) => {
    const object: Record<string, unknown> = {};
    for (let i = 0; i < keys.length; i++) {
      const value = (evaluates[i] as Evaluate)(scopes);
      if (value instanceof Promise) {
        const before = keys.slice(0, i).map((key) => object[key]);
        return value.then(async (resolved) =>
          assemble(keys, await evaluateAll(evaluates, scopes, i + 1, [...before, resolved])),
        );
      }
      setOwn(object, keys[i] as string, value);
    }
    return object;
  };
}

/** Sets an own key, whatever its name: `__proto__` is data here, not an instruction. */
export function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

// Literals are handed to every run; frozen, no action can change them for the next one by mistake.
function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
}
