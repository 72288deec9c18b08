import { expressionKind } from '../../engine/document/expression.ts';
import type { Json } from '../../engine/document/types.ts';
import { type RootName, rootNames, templateRootNames } from './root-names.ts';
import type { State } from './scopes-written.ts';

/** One thing that an expression reads. */
export interface Read {
  scope: string;
  /** The keys behind it, as far as they are known; for a text the first one at most. */
  path: readonly (string | number)[];
  /** Whether something follows that is not known. */
  goesOn: boolean;
  /** Where a text says so. */
  at?: RootName;
}

export type Expression = { readonly [key: string]: Json };

/** What an expression reads; null where that cannot be told. */
export function readsOf(expression: Expression): Read[] | null {
  if (expressionKind(expression) === '$ref') {
    const [scope, ...parts] = expression.$ref as Json[];
    if (typeof scope !== 'string') return null;
    const known = parts.findIndex((part) => typeof part === 'object');
    const path = (known < 0 ? parts : parts.slice(0, known)) as (string | number)[];
    return [{ scope, path, goesOn: known >= 0 }];
  }
  const names = textNames(expression);
  return (
    names?.map((at) => ({ scope: at.name, path: at.key === undefined ? [] : [at.key.name], goesOn: true, at })) ?? null
  );
}

const textNames = (expression: Expression): RootName[] | null =>
  typeof expression.$jsonata === 'string'
    ? rootNames(expression.$jsonata)
    : templateRootNames(expression.$template as string);

/** The variable that is read; undefined for all of them, null for another scope. */
export const variableOf = ({ scope, path }: Read): string | undefined | null =>
  scope !== 'variables' ? null : path[0] === undefined ? undefined : String(path[0]);

/** Scopes that the run of a service has of its own, with the same content. */
const everywhere = new Set(['global', 'env']);
/** Scopes that every run has: an iteration's scope of such a name is never seen. */
const ofRun = new Set(['request', 'input', 'received', 'variables', 'run']);

/** Whether the scope comes from inside of the steps, or is the same in the service. */
export const staysAsItIs = ({ scope }: Read, { lent }: State): boolean =>
  everywhere.has(scope) || (!ofRun.has(scope) && lent.some(({ name }) => name === scope));
