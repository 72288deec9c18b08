import type { Action, Json, Operation, ServiceOperation, Workflow } from '../../engine/document/types.ts';
import { type Chosen, chosenActions, holderOf, placeOf } from './edits/find.ts';
import { takenIds, withFreeIds } from './edits/ids.ts';
import { eachWithin } from './edits/lists.ts';
import { replaceNeighbours, whyNotNeighbours } from './edits/wrap.ts';
import { Arguments } from './extract-arguments.ts';
import { type Expression, type Read, readsOf, staysAsItIs, variableOf } from './extract-reads.ts';
import { isResultUsed } from './extract-result.ts';
import { replaceParts, rewriteActions } from './extract-rewrite.ts';
import { type State, stateAt, watch } from './scopes-written.ts';

type HasResult = (action: string) => boolean;

/** Why something cannot be done, as a sentence for a person. */
class Refusal extends Error {}

/**
 * Makes neighbours an operation of a service, and puts a call of it in their place. What they read from outside becomes the
 * arguments, and what later steps read of what they wrote comes back to where it was. The operation does the same afterwards;
 * where that cannot be said for sure, a text says why not.
 * @param hasResult whether an action gives a result, which goes to `variables.output` where nothing else is said
 */
export function extractToService(
  operation: Operation,
  ids: readonly string[],
  target: { service: string; operation: string },
  hasResult: HasResult = () => true,
): { operation: Operation; service: ServiceOperation } | string {
  const chosen = chosenActions(operation, ids);
  const why = whyNotNeighbours(chosen);
  if (why !== undefined) return why;
  try {
    return new Extraction(operation, chosen, hasResult).to(target);
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.message;
    throw thrown;
  }
}

class Extraction {
  private readonly actions: readonly Action[];
  /** Ids of the steps and of what is nested in them. */
  private readonly inside = new Set<string>();
  private readonly before: State | undefined;
  /** What the steps write to variables, when they begin with none. */
  private readonly written: ReadonlyMap<string | number, { maybe: boolean; isPart: boolean }>;
  /** Variables that they write a part of, so that the rest must be there. */
  private readonly changed = new Set<string>();
  private readonly reads: { expression: Expression; read: Read; state: State }[] = [];
  private readonly outside: { read: Read | null; state: State }[] = [];
  private readonly arguments = new Arguments();

  constructor(
    private readonly operation: Operation,
    private readonly chosen: readonly Chosen[],
    private readonly hasResult: HasResult,
  ) {
    const [first] = chosen as [Chosen];
    // Expressions are told apart by identity, and copies of an action may share theirs.
    this.actions = chosen.map(({ action }) => JSON.parse(JSON.stringify(action)) as Action);
    for (const action of this.actions) eachWithin(action, ({ id }) => this.inside.add(id));
    this.before = stateAt(operation, first.action.id, hasResult);
    const broken = this.actions.find(({ action, enabled }) => action === 'scope/break' && enabled !== false);
    if (broken !== undefined)
      throw new Refusal(`${nameOf(broken)} ends the workflow that it stands in, which would be the service then.`);
    this.written = this.watchInside();
    this.watchOutside();
  }

  to({ service, operation: id }: { service: string; operation: string }) {
    const carried = this.carriedVariables();
    const back = this.variablesBack(carried);
    const replaced = this.decide(carried);
    const steps = rewriteActions(this.actions, (expression) => replaced.get(expression) ?? expression);
    const workflow: Workflow = { actions: [...this.carriers(carried), ...steps] };
    if (back.length === 1) workflow.output = variable(back[0] as string);
    else if (back.length > 1) workflow.output = Object.fromEntries(back.map((name) => [name, variable(name)]));
    const call = this.call(`service/${service}/${id}`, id, back);
    return {
      operation: replaceNeighbours(this.operation, this.chosen, call),
      service: { id, input: this.arguments.schema(this.operation), workflow },
    };
  }

  /** Notes what the steps read, and refuses what a service cannot write. */
  private watchInside(): ReadonlyMap<string | number, { maybe: boolean; isPart: boolean }> {
    const alone: Operation = { id: 'alone', workflow: { actions: [...this.actions] } };
    const end = watch(alone, this.hasResult, {
      reads: (expression, state) => {
        const reads = readsOf(expression);
        if (reads === null)
          throw new Refusal(`What "${shortOf(expression)}" reads cannot be told. Name the scopes in it one by one.`);
        for (const read of reads) this.reads.push({ expression, read, state: kept(state) });
      },
      writes: (action, [scope, name, ...rest], { lent, written }) => {
        if (scope === 'variables' && (typeof name === 'string' || typeof name === 'number')) {
          const known = written.get('variables')?.get(name);
          if (rest.length > 0 && (known === undefined || known.maybe || known.isPart)) this.changed.add(String(name));
          return;
        }
        if (scope === 'variables')
          throw new Refusal(`${nameOf(action)} writes to a variable whose name is only known when it runs.`);
        if (!lent.some((one) => one.name === scope))
          throw new Refusal(`${nameOf(action)} writes to the scope ${String(scope)}, which a service does not have.`);
      },
    });
    return end.written.get('variables') ?? new Map();
  }

  /** Notes what the others read of variables. */
  private watchOutside(): void {
    const own = new Set<Expression>();
    const alone: Operation = { id: 'alone', workflow: { actions: [...this.actions] } };
    watch(alone, this.hasResult, { reads: (expression) => own.add(expression), writes: () => {} });
    watch(replaceNeighbours(this.operation, this.chosen, this.actions), this.hasResult, {
      reads: (expression, state) => {
        if (own.has(expression)) return;
        for (const read of readsOf(expression) ?? [null]) this.outside.push({ read, state: kept(state) });
      },
      // Whoever writes a part goes on with the rest.
      writes: ({ id }, [scope, name, ...rest], state) => {
        if (this.inside.has(id) || scope !== 'variables' || rest.length === 0) return;
        const path = typeof name === 'string' || typeof name === 'number' ? [name] : [];
        this.outside.push({ read: { scope, path, goesOn: true }, state: kept(state) });
      },
    });
  }

  private isSureBefore(name: string): boolean {
    const known = this.before?.written.get('variables')?.get(name);
    return known !== undefined && !known.maybe;
  }

  /** Variables that the steps must find as they are: they read them where they may have written them, or write only a part. */
  private carriedVariables(): Set<string> {
    const carried = new Set(this.changed);
    for (const { read, state } of this.reads) {
      const name = variableOf(read);
      const known = state.written.get('variables') ?? new Map();
      if (name === null) continue;
      if (name === undefined) {
        if (known.size > 0)
          throw new Refusal(
            'The steps read all variables after they wrote some, which a service does not see together.',
          );
        continue;
      }
      const one = known.get(name) ?? known.get(Number(name));
      if (one !== undefined && (one.maybe || one.isPart)) carried.add(name);
    }
    return carried;
  }

  /** Variables that somebody else reads after the steps wrote them. Adds to `carried` what they may leave as it was. */
  private variablesBack(carried: Set<string>): string[] {
    const names = [...this.written.keys()].map(String);
    const back = new Set<string>();
    let readsAll = false;
    const asText = new Set<string>();
    for (const { read, state } of this.outside) {
      const isHandler = this.isHandlerOfSteps(state);
      const known = state.written.get('variables') ?? new Map();
      const isOurs = (name: string): boolean =>
        isHandler || [...(known.get(name)?.by ?? [])].some((id) => this.inside.has(id));
      const variable = read === null ? undefined : variableOf(read);
      if (variable === null) continue;
      const meant = (variable === undefined ? names : [variable]).filter(
        (name) => names.includes(name) && isOurs(name),
      );
      for (const name of meant) {
        if (isHandler && this.inside.size > 1)
          throw new Refusal(
            `The variable ${name} is read where an error is handled, and would be missing there when the service fails half-way.`,
          );
        back.add(name);
        if (read === null || read.at !== undefined || variable === undefined) asText.add(name);
      }
      readsAll ||= variable === undefined && meant.length > 0;
    }
    const result = this.resultOfSteps();
    const list = [...back].sort();
    if (list.length > 1 && (readsAll || result !== undefined))
      throw new Refusal(
        `Later steps use several variables that these set: ${list.join(', ')}. Select steps that set one.`,
      );
    if (result !== undefined && list.length === 1 && result !== list[0])
      throw new Refusal(
        `What the last of them gives is used, and the variable ${list[0]} too. Give the workflow around an output.`,
      );
    for (const name of list) {
      const known = this.written.get(name) ?? this.written.get(Number(name));
      if (known === undefined || (!known.maybe && !known.isPart)) continue;
      if (known.maybe && asText.has(name) && !this.isSureBefore(name))
        throw new Refusal(
          `The variable ${name} may not be set by these steps, nor before them. Set it before them first.`,
        );
      carried.add(name);
    }
    return list;
  }

  /** Whether a place is where an error of the steps may be handled: there is one that is not around the steps too. */
  private isHandlerOfSteps({ lent }: State): boolean {
    const around = this.before?.lent.filter(({ name }) => name === 'error').map(({ from }) => from) ?? [];
    return lent.some(({ name, from }) => name === 'error' && !around.includes(from) && this.mayFailInto(from));
  }

  /** Whether steps for errors belong to the operation or to a container around the steps. */
  private mayFailInto(handler: string | undefined): boolean {
    if (handler === undefined) return true;
    let holder = holderOf((this.chosen[0] as Chosen).place);
    while (holder !== undefined && holder !== handler) {
      const place = placeOf(this.operation, holder);
      holder = place === undefined ? undefined : holderOf(place);
    }
    return holder === handler;
  }

  /** The variable that holds the result of the steps where that counts; '' for none; undefined where it does not count. */
  private resultOfSteps(): string | undefined {
    const last = this.chosen.at(-1) as Chosen;
    if (!isResultUsed(this.operation, last)) return undefined;
    const { output, action } = last.action;
    const path = output === undefined && this.hasResult(action) ? ['variables', 'output'] : output;
    return path?.length === 2 && path[0] === 'variables' && last.action.enabled !== false ? String(path[1]) : '';
  }

  /** What becomes of the expressions of the steps. */
  private decide(carried: ReadonlySet<string>): Map<Expression, Expression> {
    for (const name of carried) {
      const isText = this.reads.some(({ read }) => read.at !== undefined && variableOf(read) === name);
      if (isText && !this.isSureBefore(name))
        throw new Refusal(
          `The variable ${name} is read in an expression, and may not be set by then. Set it before these steps first.`,
        );
    }
    const replaced = new Map<Expression, Expression>();
    for (const [expression, reads] of this.byExpression()) {
      const after =
        reads.length === 1 && reads[0]?.read.at === undefined
          ? this.reference(expression, reads[0] as { read: Read; state: State }, carried)
          : this.text(expression, reads, carried);
      if (after !== expression) replaced.set(expression, after);
    }
    return replaced;
  }

  private byExpression(): Map<Expression, { read: Read; state: State }[]> {
    const all = new Map<Expression, { read: Read; state: State }[]>();
    for (const { expression, ...one } of this.reads) all.set(expression, [...(all.get(expression) ?? []), one]);
    return all;
  }

  /** Whether a read finds in the service what it found here. */
  private isKept({ read, state }: { read: Read; state: State }, carried: ReadonlySet<string>): boolean {
    if (staysAsItIs(read, state)) return true;
    const name = variableOf(read);
    if (name === null || name === undefined) return false;
    const known = state.written.get('variables');
    return carried.has(name) || known?.has(name) === true || known?.has(Number(name)) === true;
  }

  private reference(
    expression: Expression,
    one: { read: Read; state: State },
    carried: ReadonlySet<string>,
  ): Expression {
    if (this.isKept(one, carried)) return expression;
    const { scope, path } = one.read;
    const rest = (expression.$ref as Json[]).slice(1 + path.length);
    return { $ref: ['input', this.arguments.nameOf([scope, ...path]), ...rest] };
  }

  /** A key that is surely there is an argument of its own; of anything else the whole scope is one, as nothing is not null. */
  private text(
    expression: Expression,
    reads: readonly { read: Read; state: State }[],
    carried: ReadonlySet<string>,
  ): Expression {
    const parts = reads.flatMap((one) => {
      const at = one.read.at;
      if (at === undefined || this.isKept(one, carried)) return [];
      const { from, to, key } = at;
      const name = variableOf(one.read);
      return typeof name === 'string' && key !== undefined && this.isSureBefore(name)
        ? [{ from, to: key.to, by: `input.${this.arguments.nameOf(['variables', name])}` }]
        : [{ from, to, by: `input.${this.arguments.nameOf([one.read.scope])}` }];
    });
    if (parts.length === 0) return expression;
    // The same expression may be read twice where steps repeat.
    const once = [...new Map(parts.map((part) => [part.from, part])).values()];
    const [kind, text] = Object.entries(expression)[0] as [string, string];
    return { [kind]: replaceParts(text, once) };
  }

  /** Actions that give the service the variables that it goes on with. */
  private carriers(carried: ReadonlySet<string>): readonly Action[] {
    const actions = [...carried].sort().map((name) => ({
      id: `set-${name}`,
      action: 'variable/set',
      input: { value: { $ref: ['input', this.arguments.nameOf(['variables', name])] } },
      output: ['variables', name],
    }));
    return withFreeIds(actions, new Set(this.inside));
  }

  private call(address: string, id: string, back: readonly string[]): readonly Action[] {
    const taken = takenIds(this.operation);
    for (const own of this.inside) taken.delete(own);
    return withFreeIds(this.callSteps(address, id, back), taken);
  }

  private callSteps(address: string, id: string, back: readonly string[]): Action[] {
    const { values } = this.arguments;
    const holder = this.freeVariable(id);
    const call: Action = {
      id,
      action: 'service/operation',
      input: { serviceOperationReference: address, ...(Object.keys(values).length > 0 && { input: values }) },
    };
    if (back.length === 0) return [{ ...call, output: null }];
    if (back.length === 1) return [back[0] === 'output' ? call : { ...call, output: ['variables', back[0] as string] }];
    // A call has one result, so it is taken apart.
    const set = back.map((name) => ({
      id: `set-${name}`,
      action: 'variable/set',
      input: { value: { $ref: ['variables', holder, name] } },
      output: ['variables', name],
    }));
    return [{ ...call, output: ['variables', holder] }, ...set];
  }

  private freeVariable(wish: string): string {
    const taken = new Set(this.written.keys());
    for (const { read } of this.outside) if (read !== null) taken.add(variableOf(read) ?? '');
    for (const { state } of this.outside)
      for (const name of state.written.get('variables')?.keys() ?? []) taken.add(name);
    let name = wish;
    for (let number = 2; taken.has(name); number++) name = `${wish}${number}`;
    return name;
  }
}

/** The state goes on changing while the walk does. */
const kept = ({ written, lent }: State): State => ({
  lent,
  written: new Map([...written].map(([name, places]) => [name, new Map(places)])),
});

const variable = (name: string): Json => ({ $ref: ['variables', name] });
const nameOf = ({ title, id }: Action): string => title || id;
const shortOf = (expression: Expression): string => {
  const [text] = Object.values(expression);
  const shown = typeof text === 'string' ? text : JSON.stringify(text);
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
};
