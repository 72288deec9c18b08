import type { Run } from '../run/run.ts';
import { Bag, type Scopes } from '../run/scopes.ts';
import type { Evaluate } from './evaluate.ts';

/** Names of the scopes that an expression can touch, or 'all' when that cannot be told. */
export type Roots = ReadonlySet<string> | 'all';

const fixed = ['request', 'input', 'received', 'variables', 'global', 'env', 'run', 'error'] as const;

/** Makes the object that an expression is evaluated over: its keys are the scopes, only those it can touch. */
export function scopesFor(roots: Roots): (scopes: Scopes) => Bag {
  const names = roots === 'all' ? fixed : [...roots];
  const readers = names.map((name) => [name, scopeReader(name)] as const);
  return (scopes) => {
    const data = new Bag();
    if (roots === 'all') for (const name of Object.keys(scopes.locals ?? {})) data[name] = scopes.locals?.[name]?.data;
    for (const [name, read] of readers) {
      const value = read(scopes);
      if (value !== null) data[name] = value;
    }
    return data;
  };
}

/** The scope `run`: what a workflow may know of its own run. */
const runScope = (run: Run) => ({
  id: run.id,
  node: run.operation.address,
  version: run.operation.version,
  begin: new Date(run.begin).toISOString(),
  parent: run.parent?.id ?? null,
});

/** Reads a whole scope. `variables` comes as a copy, since the object itself goes on changing. */
export function scopeReader(scope: string): Evaluate {
  switch (scope) {
    case 'request':
      return (scopes) => scopes.request;
    case 'input':
      return (scopes) => scopes.input;
    case 'received':
      return (scopes) => scopes.received;
    case 'variables':
      return (scopes) => ({ ...scopes.variables });
    case 'global':
      return (scopes) => scopes.run.environment.global;
    case 'env':
      return (scopes) => scopes.run.environment.env;
    case 'run':
      return (scopes) => runScope(scopes.run);
    case 'error':
      return (scopes) => scopes.error;
    default:
      return (scopes) => scopes.locals?.[scope]?.data ?? null;
  }
}
