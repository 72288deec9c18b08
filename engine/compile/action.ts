import { performance } from 'node:perf_hooks';
import { checkInput } from '../../actions/kit/check.ts';
import type { ActionDefinition } from '../../actions/kit/define.ts';
import type { Action } from '../document/types.ts';
import { levelFlags, nodeLog } from '../log/policy.ts';
import { BoundedLog, switchesFor } from '../run/bounded-log.ts';
import { Break, StepContext } from '../run/context.ts';
import { located, RunFailure } from '../run/failure.ts';
import type { NodeAt } from '../run/observer.ts';
import type { Scopes } from '../run/scopes.ts';
import { afterTurn, mustYield } from '../run/step.ts';
import { TimeLimit } from '../run/time-limit.ts';
import type { NodePolicies, OperationBuilder, Step } from './builder.ts';
import { constant, type Evaluate } from './evaluate.ts';
import { compileInput } from './input.ts';
import { compileOutput, type Deliver } from './output.ts';

/** Performs an action on its evaluated input. */
type Perform = (input: unknown, scopes: Scopes, attempt?: number) => unknown;

/** Compiles one action to a step. With its switches off a step costs one comparison more than its work. */
export function compileAction(action: Action, build: OperationBuilder): Step {
  const { number, address } = build.addNode(action.id);
  const index = build.firstIndex + number;
  const definition = build.library.get(action.action);
  const node: NodeAt = { index: number, address };
  const input = definition
    ? compileInput(action.input ?? {}, definition.fields, { address, index }, build)
    : constant(action.input ?? {}).evaluate;
  const perform = insistent(action, performer(action, definition, node, build));
  const deliver = delivery(action, definition, build);
  const { policies } = build;

  const proceed: Step = (scopes) =>
    ((policies.flags[number] as number) | scopes.run.flags) === 0
      ? plain(scopes, address, input, perform, deliver)
      : observed(scopes, node, policies, input, perform, deliver);
  const { timeoutMs } = action;
  const enter: Step = timeoutMs === undefined ? proceed : (scopes) => proceed(scopes.apart());
  return (scopes) => (mustYield(scopes, address, index) ? afterTurn(scopes, () => enter(scopes)) : enter(scopes));
}

function plain(scopes: Scopes, address: string, input: Evaluate, perform: Perform, deliver: Deliver): unknown {
  try {
    const given = input(scopes);
    const result = given instanceof Promise ? given.then((value) => perform(value, scopes)) : perform(given, scopes);
    const done =
      result instanceof Promise
        ? result.then((value) => delivered(value, scopes, deliver))
        : delivered(result, scopes, deliver);
    if (!(done instanceof Promise)) return done;
    return done.catch((thrown: unknown) => {
      throw located(thrown, address);
    });
  } catch (thrown) {
    throw located(thrown, address);
  }
}

function delivered(result: unknown, scopes: Scopes, deliver: Deliver): unknown {
  if (result instanceof Break) return result;
  const wait = deliver(result, scopes);
  return wait instanceof Promise ? wait.then(() => result) : result;
}

/** The same with begin and end told to whoever watches. Waiting is fine here: somebody asked to see it. */
function observed(
  scopes: Scopes,
  at: NodeAt,
  policies: NodePolicies,
  input: Evaluate,
  perform: Perform,
  deliver: Deliver,
): unknown {
  const { run } = scopes;
  const { recorder } = run;
  const { observer } = run.environment;
  const node: NodeAt = scopes.iteration === undefined ? at : { ...at, iteration: scopes.iteration };
  const flags = policies.flags[at.index] as number;
  const log = boundedLog(scopes, node, flags, policies);
  const started = performance.now();
  // The span begins before the input is known: steps that give the input are part of it, and so is their failure.
  const span = recorder?.begin(at.address, null, scopes.iteration, undefined, scopes.span?.children ?? null) ?? null;
  const inner = span === null ? scopes : scopes.under(span);

  const begin = (given: unknown) => {
    if (log !== null) log.began(given);
    else if ((flags & nodeLog.info) !== 0) observer.nodeBegan(run, node, given);
    if (span !== null) span.input = given;
    return perform(given, inner);
  };
  const succeed = (result: unknown) => {
    const ms = performance.now() - started;
    const shown = result instanceof Break ? result.value : result;
    if (log === null ? (flags & nodeLog.info) !== 0 : log.ended(ms, shown, null))
      observer.nodeEnded(run, node, ms, shown, null);
    if (span !== null) recorder?.end(span, ms, shown, null);
    return result;
  };
  const fail = (thrown: unknown): never => {
    const failure = located(thrown, at.address);
    const ms = performance.now() - started;
    if (log === null ? (flags & nodeLog.error) !== 0 : log.ended(ms, undefined, failure))
      observer.nodeEnded(run, node, ms, undefined, failure);
    if (span !== null) recorder?.end(span, ms, undefined, failure);
    throw failure;
  };

  try {
    const given = input(inner);
    const result = given instanceof Promise ? given.then(begin) : begin(given);
    if (result instanceof Promise) return result.then((value) => delivered(value, inner, deliver)).then(succeed, fail);
    const done = delivered(result, inner, deliver);
    return done instanceof Promise ? done.then(succeed, fail) : succeed(done);
  } catch (thrown) {
    return fail(thrown);
  }
}

/** Where no switch decides run by run there is nothing to remember between begin and end. */
function boundedLog(scopes: Scopes, node: NodeAt, flags: number, { bounded, ranks }: NodePolicies): BoundedLog | null {
  const switches = switchesFor(scopes.run, node.index, flags, bounded);
  return switches === undefined
    ? null
    : new BoundedLog(scopes, node, levelFlags(ranks[node.index] as number), switches);
}

function performer(
  action: Action,
  definition: ActionDefinition | undefined,
  node: NodeAt,
  build: OperationBuilder,
): Perform {
  if (action.mock?.enabled) return constant(action.mock.value).evaluate as Perform;
  if (definition === undefined) {
    return () => {
      throw new RunFailure('action-unknown', `There is no action "${action.action}" in this library.`);
    };
  }
  const run = definition.run as (input: unknown, context: StepContext) => unknown;
  // A time limit needs the context's signal, so such an action always gets one.
  if (definition.run.length < 2 && action.timeoutMs === undefined) {
    return (input) => {
      const result = run(checkInput(definition, input as Record<string, unknown>), undefined as never);
      return result instanceof Promise ? result.then((value) => value ?? null) : (result ?? null);
    };
  }
  const { policies } = build;
  const perform: Perform = (input, scopes, attempt) => {
    const { iteration } = scopes;
    const at = iteration === undefined && attempt === undefined ? node : { ...node, iteration, attempt };
    const context = new StepContext(at, policies.ranks[node.index] as number, scopes);
    const checked = checkInput(definition, input as Record<string, unknown>);
    const result = run(checked, context);
    if (result instanceof Promise) return result.then((value) => context.broken ?? value ?? null);
    return context.broken ?? result ?? null;
  };
  const { timeoutMs } = action;
  if (timeoutMs === undefined) return perform;
  return (input, scopes, attempt) => {
    const outer = scopes.limit;
    const limit = new TimeLimit(timeoutMs, 'The action', outer);
    // Steps that the action asks for from now on belong to this attempt.
    scopes.limit = limit;
    return limit
      .within(() => perform(input, scopes, attempt))
      .finally(() => {
        scopes.limit = outer;
      });
  };
}

/** Repeats a failed action as `retry` asks, waiting backoffMs, then twice as long each time (30 s at most). */
function insistent(action: Action, perform: Perform): Perform {
  const { retry } = action;
  if (retry === undefined || retry.attempts <= 1) return perform;
  return async (input, scopes) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await perform(input, scopes, attempt);
      } catch (thrown) {
        if (
          attempt >= retry.attempts ||
          (thrown instanceof RunFailure && thrown.uncatchable) ||
          scopes.run.root.ended !== null
        )
          throw thrown;
      }
      const wait = Math.min((retry.backoffMs ?? 0) * 2 ** (attempt - 1), 30_000);
      await new StepContext({ index: 0, address: scopes.run.root.at }, 0, scopes).sleep(wait);
    }
  };
}

const discard: Deliver = () => undefined;
const toDefault: Deliver = (result, scopes) => {
  scopes.variables.output = result;
};

function delivery(action: Action, definition: ActionDefinition | undefined, build: OperationBuilder): Deliver {
  if (action.output === null) return discard;
  if (action.output !== undefined) return compileOutput(action.output, build);
  return definition?.output === null ? discard : toDefault;
}
