import { actionById } from '../../actions/index.ts';
import { type ActionContext, ActionFailure, type Awaitable, type Lazy } from '../../actions/kit/index.ts';
import { expressionKind } from '../../engine/document/expression.ts';
import type { Action, Json, Workflow } from '../../engine/document/types.ts';
import type { TestBranch } from './action-context.ts';
import { type Around, type Cell, evaluate, store } from './interpreter-values.ts';

/** Runs one action with these fields. */
export type Perform = (action: string, given: Record<string, unknown>, stand: Stand) => Awaitable<unknown>;

/** Where steps stand: what they see, and what they may use. */
export interface Stand {
  readonly context: ActionContext | undefined;
  readonly scopes: ReadonlyMap<string, Cell>;
}

/** Expressions stand near the top of an example; deeper than this there is only data. */
const deepest = 20;

export const hasExpression = (value: unknown, depth = 0): boolean => {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || depth > deepest) return false;
  return expressionKind(value) !== undefined || Object.values(value).some((part) => hasExpression(part, depth + 1));
};

/** The steps that an expression in an example stands for, as `{"$do": …}` in a document does. */
export const stepsOf = (value: Json, stand: Stand, perform: Perform): Lazy => {
  const copies = new WeakMap<TestBranch, Cell>();
  return (locals = {}, branch) => {
    const scopes = new Map(stand.scopes);
    for (const [name, data] of Object.entries(locals)) scopes.set(name, { data });
    if (branch === undefined) return evaluate(value, around({ ...stand, scopes }, perform));

    const { signal } = branch as TestBranch;
    const copy = copies.get(branch as TestBranch) ?? { data: scopes.get('variables')?.data };
    copies.set(branch as TestBranch, copy);
    scopes.set('variables', copy);
    const context = stand.context && under(signal, stand.context);
    return evaluate(value, around({ scopes, context }, perform));
  };
};

const around = (stand: Stand, perform: Perform): Around => ({
  scopes: stand.scopes,
  secret: () => undefined,
  nested: (workflow) => runWorkflow(workflow, stand, perform),
});

/** The context inside a branch: what waits there ends with it. */
const under = (signal: AbortSignal, context: ActionContext): ActionContext => ({
  ...context,
  signal: AbortSignal.any([signal, context.signal]),
  sleep: async (ms) => {
    signal.throwIfAborted();
    const cut = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    await Promise.race([context.sleep(ms), cut]);
  },
});

async function runWorkflow(workflow: Workflow, stand: Stand, perform: Perform): Promise<unknown> {
  let last: unknown = null;
  for (const action of workflow.actions) {
    // An action that is pure has no context, and its steps in an example then need none either.
    stand.context?.signal.throwIfAborted();
    const broken: unknown[] = [];
    const context = { ...(stand.context as ActionContext), break: (value: unknown) => void broken.push(value) };
    last = await runStep(action, { ...stand, context }, perform);
    if (broken.length > 0) return broken[0];
  }
  return workflow.output === undefined ? last : evaluate(workflow.output, around(stand, perform));
}

async function runStep(action: Action, stand: Stand, perform: Perform): Promise<unknown> {
  const result = await perform(action.action, action.input ?? {}, stand);
  const otherwise = actionById.get(action.action)?.output === null ? null : ['variables', 'output'];
  const path = action.output === undefined ? otherwise : action.output;
  if (path !== null) store(path as unknown[], result, around(stand, perform));
  return result;
}

/** Evaluates a field that is not lazy. */
export const evaluateField = (value: unknown, stand: Stand, perform: Perform): Awaitable<unknown> =>
  hasExpression(value) ? evaluate(value as Json, around(stand, perform)) : value;

export const unknownAction = (id: string): ActionFailure =>
  new ActionFailure('action-unknown', `There is no action ${id}.`);
