import type { Json } from '../document/types.ts';
import type { Bag, Scopes } from '../run/scopes.ts';
import type { OperationBuilder } from './builder.ts';
import { type Evaluate, evaluateAll } from './evaluate.ts';
import { scopeReader } from './scope-data.ts';

/**
 * The data at one step of a path; missing is null. Only own keys count, integers index arrays, a negative one counts
 * from the end.
 */
function child(data: unknown, key: unknown): unknown {
  if (typeof data !== 'object' || data === null) return null;
  if (Array.isArray(data)) {
    if (typeof key !== 'number') return null;
    return data[key < 0 ? data.length + key : key] ?? null;
  }
  if ((typeof key !== 'string' && typeof key !== 'number') || !Object.hasOwn(data, key)) return null;
  return (data as Bag)[key] ?? null;
}

/** Compiles `{"$ref": [scope, …keys]}`. */
export function compileReference(path: readonly Json[], build: OperationBuilder): Evaluate {
  const [scope, ...parts] = path;
  if (typeof scope !== 'string') return computedScope(path, build);
  build.needsReference(scope, parts);
  const root = scopeReader(scope);
  if (parts.every((part) => typeof part === 'string' || typeof part === 'number')) return plainPath(scope, root, parts);
  const keys = parts.map((part) => build.value(part).evaluate);
  return (scopes) => {
    const values = evaluateAll(keys, scopes);
    return values instanceof Promise
      ? values.then((all) => all.reduce(child, root(scopes)))
      : values.reduce(child, root(scopes));
  };
}

/** The scope's name is an expression too: any scope may be asked for. */
function computedScope(path: readonly Json[], build: OperationBuilder): Evaluate {
  build.needs('all');
  const parts = path.map((part) => build.value(part).evaluate);
  const read = (scopes: Scopes, [scope, ...keys]: unknown[]) =>
    typeof scope === 'string' ? keys.reduce(child, scopeReader(scope)(scopes)) : null;
  return (scopes) => {
    const values = evaluateAll(parts, scopes);
    return values instanceof Promise ? values.then((all) => read(scopes, all)) : read(scopes, values);
  };
}

// Short paths are spelled out: a loop over a path array costs more than the reads.
function plainPath(scope: string, root: Evaluate, keys: readonly (string | number)[]): Evaluate {
  const [first, second] = keys;
  if (first === undefined) return root;
  if (scope === 'variables' && typeof first === 'string') {
    if (keys.length === 1) return (scopes) => scopes.variables[first] ?? null;
    const rest = keys.slice(1);
    return (scopes) => rest.reduce(child, scopes.variables[first]);
  }
  if (keys.length === 1) return (scopes) => child(root(scopes), first);
  if (keys.length === 2) return (scopes) => child(child(root(scopes), first), second);
  return (scopes) => keys.reduce(child, root(scopes));
}
