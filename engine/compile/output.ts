import { isPlainObject } from '../../actions/kit/fields.ts';
import type { Json } from '../document/types.ts';
import { RunFailure } from '../run/failure.ts';
import type { Scopes } from '../run/scopes.ts';
import type { OperationBuilder } from './builder.ts';
import { evaluateAll, setOwn } from './evaluate.ts';

/** Puts a result where an action's `output` says; gives a promise only if a part of the path has to be waited for. */
export type Deliver = (result: unknown, scopes: Scopes) => void | Promise<void>;

const longestArray = 1_000_000;

export function compileOutput(path: readonly Json[], build: OperationBuilder): Deliver {
  const [scope, ...parts] = path as [string, ...Json[]];
  const [first] = parts;
  if (scope === 'variables' && parts.length === 1 && typeof first === 'string') {
    return (result, scopes) => {
      scopes.variables[first] = result;
    };
  }
  const keys = parts.map((part) => build.value(part).evaluate);
  return (result, scopes) => {
    const values = evaluateAll(keys, scopes);
    return values instanceof Promise
      ? values.then((all) => write(scopes, scope, all, result))
      : write(scopes, scope, values, result);
  };
}

function write(scopes: Scopes, scope: string, keys: readonly unknown[], result: unknown): void {
  if (scope === 'variables') {
    const [first, ...rest] = keys;
    const name = keyOf(first);
    scopes.variables[name] = placed(scopes.variables[name], rest, result);
    return;
  }
  const holder = scopes.locals?.[scope];
  if (holder === undefined) {
    throw new RunFailure(
      'reference-invalid',
      `There is no scope "${scope}" to write to here; use "variables" or an enclosing iteration's scope.`,
    );
  }
  holder.data = placed(holder.data, keys, result);
}

/** A copy of `data` with `result` at the path; only the containers on the way are copied, the rest is shared. */
function placed(data: unknown, keys: readonly unknown[], result: unknown): unknown {
  if (keys.length === 0) return result;
  const [key, ...rest] = keys;
  if (
    typeof key === 'number' &&
    Number.isInteger(key) &&
    (data === null || data === undefined || Array.isArray(data))
  ) {
    const copy: unknown[] = Array.isArray(data) ? data.slice() : [];
    const index = key < 0 ? copy.length + key : key;
    if (index < 0 || index >= longestArray) {
      throw new RunFailure(
        'reference-invalid',
        `The output path points to index ${key} of an array of ${copy.length}.`,
      );
    }
    while (copy.length < index) copy.push(null);
    copy[index] = placed(copy[index], rest, result);
    return copy;
  }
  if (data !== null && data !== undefined && !isPlainObject(data)) {
    throw new RunFailure(
      'reference-invalid',
      `The output path has the part ${JSON.stringify(key)}, but there is ${Array.isArray(data) ? 'an array (its parts are whole numbers)' : `a ${typeof data}`} at that place.`,
    );
  }
  const name = keyOf(key);
  const copy: Record<string, unknown> = { ...(data as Record<string, unknown> | null | undefined) };
  setOwn(copy, name, placed(Object.hasOwn(copy, name) ? copy[name] : undefined, rest, result));
  return copy;
}

function keyOf(key: unknown): string {
  if (typeof key === 'string') return key;
  if (typeof key === 'number' && Number.isFinite(key)) return String(key);
  throw new RunFailure(
    'reference-invalid',
    `A part of the output path is ${key === null ? 'null' : typeof key}; allowed are texts and whole numbers.`,
  );
}
