import { expressionKind } from '../../engine/document/expression.ts';
import type { Action, Json, Operation, Workflow } from '../../engine/document/types.ts';
import { holderOf, placeOf } from './edits/find.ts';
import { isVerbatim } from './edits/lists.ts';
import { errorScope, isRepeated, type LentScope, lentTo, stepsRun } from './scopes-lent.ts';

/** What is known of a place that steps wrote, and of the places below it. */
export interface Written {
  /** It may be missing: it is only written on some ways to here. */
  maybe: boolean;
  /** Only places below it were written; what else is in it was there before. */
  isPart: boolean;
  /** Id of the action that wrote it last. */
  from: string | undefined;
  /** Ids of all actions whose result may be there, or below. */
  by: ReadonlySet<string>;
  below: Places;
}
export type Places = ReadonlyMap<string | number, Written>;

/** What is known where a run has come to: variables, and the scopes that containers around lend, by name. */
export interface State {
  written: ReadonlyMap<string, Map<string | number, Written>>;
  /** Innermost last. */
  lent: readonly (LentScope & { from: string | undefined })[];
}

const nothing: State = { written: new Map([['variables', new Map<string | number, Written>()]]), lent: [] };

/** What steps have written when a run comes to an action, to `end`, or to the steps of `onError`; undefined for no such place. */
export function stateAt(
  operation: Operation,
  id: string,
  hasResult: (action: string) => boolean,
  field?: string,
): State | undefined {
  const walk = new Walk(operation, id, hasResult, field);
  const end = walk.workflow(operation.workflow, nothing, id === 'end');
  // A run may fail anywhere, so nothing is sure to be there.
  const failed = lend(join(nothing, end), [errorScope], undefined);
  if (id === 'onError') return failed;
  if (walk.found === undefined && operation.onError !== undefined) walk.workflow(operation.onError, failed);
  return walk.found;
}

/** What is told of on the way through an operation, with what is known there. */
export interface Watcher {
  /** A reference, a JSONata expression or a template is evaluated. */
  reads(expression: { [key: string]: Json }, state: State): void;
  /** An action writes its result. */
  writes(action: Action, path: readonly Json[], state: State): void;
}

/** Runs an operation in mind, the error handler included, and gives what its main workflow has written in the end. */
export function watch(operation: Operation, hasResult: (action: string) => boolean, watcher: Watcher): State {
  const walk = new Walk(operation, null, hasResult, undefined, watcher);
  const end = walk.workflow(operation.workflow, nothing);
  if (operation.onError !== undefined)
    walk.workflow(operation.onError, lend(join(nothing, end), [errorScope], undefined));
  return end;
}

/** Runs an operation in mind: all branches, each iteration twice where something is looked for in it. */
class Walk {
  found: State | undefined;
  private readonly around = new Set<string>();

  constructor(
    operation: Operation,
    private target: string | null,
    private readonly hasResult: (action: string) => boolean,
    private readonly field: string | undefined,
    private watcher?: Watcher,
  ) {
    for (let at = target; at !== null; ) {
      const place = placeOf(operation, at);
      const holder = place === undefined ? undefined : holderOf(place);
      if (holder !== undefined) this.around.add(holder);
      at = holder ?? null;
    }
  }

  /** @param isSought the place looked for is where its actions are done */
  workflow(workflow: Workflow, before: State, isSought = false): State {
    // Its actions write to a copy of its own, since whoever asked may go on with what was before.
    const done = workflow.actions.reduce((state, action) => this.action(action, state), copyOf(before));
    if (isSought) this.found = done;
    return workflow.output === undefined ? done : this.value(workflow.output, done);
  }

  private action(action: Action, before: State): State {
    if (action.id === this.target)
      this.found = lend(copyOf(before), this.field === undefined ? [] : lentTo(action, this.field), action.id);
    const after = this.input(action, before);
    if (action.enabled === false) return before;
    return this.deliver(action, after);
  }

  private input(action: Action, before: State): State {
    const entries = Object.entries(action.input ?? {}).filter(([field]) => !isVerbatim(action.action, field));
    const eager = entries.filter(([field]) => stepsRun(action.action, field) === null);
    const given = eager.reduce((state, [, value]) => this.value(value, state), before);
    const lazy = entries.filter(([field]) => stepsRun(action.action, field) !== null);
    const after = action.action.startsWith('conditional/')
      ? this.branches(action, given)
      : lazy.reduce((state, [field, value]) => this.steps(action, field, value, state), given);
    return action.mock?.enabled === true ? given : after;
  }

  private steps(action: Action, field: string, value: Json, before: State): State {
    const inside = lend(before, lentTo(action, field), action.id);
    const entry =
      isRepeated(action.action, field) && (this.around.has(action.id) || this.watcher !== undefined)
        ? join(
            inside,
            this.quietly(() => this.value(value, inside)),
          )
        : inside;
    const after = leave(this.value(value, entry), before);
    switch (stepsRun(action.action, field)) {
      case 'apart':
        return before;
      case 'once':
        return after;
      default:
        return join(before, after);
    }
  }

  private branches(action: Action, before: State): State {
    const { conditions, cases, default: otherwise, value = null, onError = null } = action.input ?? {};
    if (action.action === 'conditional/try') {
      const tried = this.value(value, before);
      const failed = lend(join(before, tried), lentTo(action, 'onError'), action.id);
      return join(tried, leave(this.value(onError, failed), before));
    }
    const rows = action.action === 'conditional/if' ? conditions : cases;
    if (!Array.isArray(rows)) return join(before, this.value(rows ?? null, before));
    const ends: State[] = [];
    let reached = before;
    for (const row of rows) {
      const isRow = typeof row === 'object' && row !== null && !Array.isArray(row) && expressionKind(row) === undefined;
      const { value: branch = null, ...deciding } = isRow ? row : { value: row };
      reached = this.value(deciding, reached);
      ends.push(this.value(branch, reached));
    }
    const isElse = rows.some((row) => (row as { condition?: Json } | null)?.condition === true);
    if (otherwise !== undefined && otherwise !== null) ends.push(this.value(otherwise, reached));
    else if (!isElse) ends.push(reached);
    return ends.reduce(join, ends[0] ?? reached);
  }

  private value(value: Json, before: State): State {
    if (typeof value !== 'object' || value === null) return before;
    if (Array.isArray(value)) return value.reduce<State>((state, item) => this.value(item, state), before);
    const kind = expressionKind(value);
    if (kind === '$ref' || kind === '$jsonata' || kind === '$template') this.watcher?.reads(value, before);
    switch (kind) {
      case '$literal':
        return before;
      case '$do':
        return this.workflow(value.$do as unknown as Workflow, before);
      case '$op': {
        const [first = null, ...others] = value.of as Json[];
        const decided = this.value(first, before);
        const all = others.reduce<State>((state, item) => this.value(item, state), decided);
        return value.$op === 'and' || value.$op === 'or' ? join(decided, all) : all;
      }
      default:
        return Object.values(value).reduce<State>((state, member) => this.value(member, state), before);
    }
  }

  private deliver(action: Action, before: State): State {
    const { output } = action;
    const path = output === undefined ? (this.hasResult(action.action) ? ['variables', 'output'] : null) : output;
    if (path === null) return before;
    const given = this.value(path, before);
    this.watcher?.writes(action, path, given);
    const [scope, ...parts] = path;
    const places = typeof scope === 'string' ? given.written.get(scope) : undefined;
    const [part, ...rest] = parts;
    if (places === undefined || (typeof part !== 'string' && typeof part !== 'number')) return given;
    places.set(part, writtenTo(places.get(part), rest, action.id));
    return given;
  }

  private quietly<T>(run: () => T): T {
    const { target, watcher } = this;
    this.target = null;
    this.watcher = undefined;
    const result = run();
    this.target = target;
    this.watcher = watcher;
    return result;
  }
}

/** What is known of a place after something was written there or, with `rest`, below it; up to the first computed part. */
function writtenTo(former: Written | undefined, rest: readonly Json[], from: string): Written {
  if (rest.length === 0) return { maybe: false, isPart: false, from, by: new Set([from]), below: new Map() };
  const [part, ...more] = rest;
  const below = new Map(former?.below);
  if (typeof part === 'string' || typeof part === 'number') below.set(part, writtenTo(below.get(part), more, from));
  const isPart = former === undefined || former.isPart || former.maybe;
  return { maybe: false, isPart, from: former?.from ?? from, by: new Set([...(former?.by ?? []), from]), below };
}

const copyOf = ({ written: all, lent }: State): State => ({
  lent,
  written: new Map([...all].map(([name, places]) => [name, new Map(places)])),
});

function lend(state: State, scopes: readonly LentScope[], from: string | undefined): State {
  if (scopes.length === 0) return state;
  const written = new Map(state.written);
  for (const { name } of scopes) if (name !== 'error') written.set(name, new Map());
  return { written, lent: [...state.lent, ...scopes.map((scope) => ({ ...scope, from }))] };
}

/** Outside again: variables stay as they are now, scopes are those of before. */
const leave = (after: State, before: State): State =>
  after.lent.length === before.lent.length
    ? after
    : {
        lent: before.lent,
        written: new Map([...before.written.keys()].map((name) => [name, after.written.get(name) ?? new Map()])),
      };

/** What is known where two ways meet. */
function join(a: State, b: State): State {
  if (a === b) return a;
  const names = [...a.written.keys()];
  const written = new Map(
    names.map((name) => [name, joinPlaces(a.written.get(name) ?? new Map(), b.written.get(name) ?? new Map())]),
  );
  return { lent: a.lent, written };
}

function joinPlaces(a: Places, b: Places): Map<string | number, Written> {
  if (a === b) return new Map(a);
  const joined = new Map<string | number, Written>();
  for (const part of new Set([...a.keys(), ...b.keys()])) {
    const [left, right] = [a.get(part), b.get(part)];
    const known = (right ?? left) as Written;
    if (left === right) joined.set(part, known);
    else if (left === undefined || right === undefined) joined.set(part, { ...known, maybe: true });
    else
      joined.set(part, {
        maybe: left.maybe || right.maybe,
        isPart: left.isPart || right.isPart,
        from: right.from,
        by: new Set([...left.by, ...right.by]),
        below: joinPlaces(left.below, right.below),
      });
  }
  return joined;
}
