import { parsePath } from '../../engine/document/route.ts';
import type { Json, Operation } from '../../engine/document/types.ts';
import type { LentScope } from './scopes-lent.ts';
import { type Places, stateAt } from './scopes-written.ts';

/** Something that can be referred to: a scope, a variable or a known place within one. */
export interface Scope {
  name: string;
  /** What a reference to it holds, the scope first. */
  path: (string | number)[];
  kind: 'scope' | 'variable' | 'field';
  /** It may be missing: it is written on some ways to here only. */
  maybe?: boolean;
  /** Id of the action that writes it, or that lends the scope. */
  from?: string;
  children?: Scope[];
}

/**
 * What can be referred to where a run has come to an action and its input is evaluated. `end` is the output mapping of the
 * operation, `onError` the begin of its error handler, null its begin.
 * @param kind of the resource that the operation belongs to
 * @param hasResult whether an action gives a result, which goes to `variables.output` where nothing else is said
 * @param field a field of the action, for what is lent to the steps in it as well
 */
export function scopesAt(
  operation: Operation,
  kind: 'server' | 'service' | 'client',
  id: string | 'end' | 'onError' | null,
  hasResult: (action: string) => boolean,
  field?: string,
): Scope[] {
  const state = id === null || id === 'start' ? undefined : stateAt(operation, id, hasResult, field);
  const { written = new Map<string, Places>(), lent = [] } = state ?? {};
  const locals = new Map(lent.map((scope) => [scope.name, scope]));
  const error = locals.get('error');
  locals.delete('error');
  return [
    given(operation, kind),
    scope('variables', variables(written.get('variables') ?? new Map(), ['variables'], 'variable')),
    // The innermost first, which is what one most likely means.
    ...[...locals.values()]
      .filter(({ name }) => !fixed.has(name))
      .reverse()
      .map((one) => lentScope(one, written.get(one.name))),
    ...(error === undefined ? [] : [lentScope(error)]),
    scope('global'),
    scope('env'),
    scope('run', fields(['run'], 'id', 'node', 'version', 'begin', 'parent')),
  ];
}

/** Scopes that every run has; an iteration's scope of such a name is never seen. */
const fixed = new Set(['request', 'input', 'received', 'variables', 'global', 'env', 'run', 'error']);

const scope = (name: string, children?: Scope[]): Scope => ({
  name,
  path: [name],
  kind: 'scope',
  ...(children !== undefined && { children }),
});

const fields = (path: (string | number)[], ...names: string[]): Scope[] => names.map((name) => field(path, name));

const field = (path: (string | number)[], name: string | number, children?: Scope[]): Scope => ({
  name: String(name),
  path: [...path, name],
  kind: 'field',
  ...(children !== undefined && children.length > 0 && { children }),
});

function variables(places: Places, path: (string | number)[], kind: 'variable' | 'field'): Scope[] {
  return [...places].map(([part, { maybe, from, below }]) => {
    const at = [...path, part];
    const children = variables(below, at, 'field');
    return {
      name: String(part),
      path: at,
      kind,
      ...(maybe && { maybe }),
      ...(from !== undefined && { from }),
      ...(children.length > 0 && { children }),
    };
  });
}

function lentScope({ name, members, from }: LentScope & { from?: string | undefined }, written?: Places): Scope {
  const own = fields([name], ...members);
  const added = variables(written ?? new Map(), [name], 'field').filter((one) => !members.includes(one.name));
  return { ...scope(name, [...own, ...added]), ...(from !== undefined && { from }) };
}

/** What a run begins with. */
function given(operation: Operation, kind: 'server' | 'service' | 'client'): Scope {
  if (kind === 'client') return scope('received');
  if (kind === 'service')
    return scope('input', properties('input' in operation ? operation.input : undefined, ['input']));
  const at = (name: string, children?: Scope[]): Scope => field(['request'], name, children);
  const names = ['method', 'path', 'query', 'header', 'cookie', 'body', 'uri'];
  const ends = ['peer', 'socket'].map((end) =>
    field(['request', 'connection'], end, fields(['request', 'connection', end], 'ip', 'port')),
  );
  return scope('request', [
    ...names.map((name) => at(name, name === 'path' ? parameters(operation) : undefined)),
    at('connection', ends),
  ]);
}

function parameters(operation: Operation): Scope[] {
  const segments = 'path' in operation ? parsePath(operation.path) : [];
  if (typeof segments === 'string') return [];
  return segments.flatMap(({ parameter }) => (parameter === undefined ? [] : fields(['request', 'path'], parameter)));
}

const deepest = 6;

/** The properties that a schema names, and those of their items under the first place. */
function properties(schema: Json | undefined, path: (string | number)[]): Scope[] {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema) || path.length > deepest) return [];
  const { properties: named, items } = schema;
  if (typeof items === 'object' && items !== null) return [field(path, 0, properties(items, [...path, 0]))];
  if (typeof named !== 'object' || named === null || Array.isArray(named)) return [];
  return Object.entries(named).map(([name, member]) => field(path, name, properties(member, [...path, name])));
}

/** What a reference finds in data; undefined where there is nothing. Negative places count from the end. */
export function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  let at = data;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    if (Array.isArray(at)) at = typeof part === 'number' ? at.at(part) : undefined;
    else at = Object.hasOwn(at, part) ? (at as { [key: string]: unknown })[part] : undefined;
  }
  return at;
}
