import { performance } from 'node:perf_hooks';
import { checkInput } from '../../actions/kit/check.ts';
import type { ActionDefinition } from '../../actions/kit/define.ts';
import type { Action } from '../document/types.ts';
import { levelFlags, nodeLog } from '../log/policy.ts';
import { BoundedLog, captureSwitchesFor, SwitchDecision, switchesFor } from '../run/bounded-log.ts';
import { Break, StepContext } from '../run/context.ts';
import { located, RunFailure } from '../run/failure.ts';
import type { NodeAt } from '../run/observer.ts';
import type { Scopes } from '../run/scopes.ts';
import type { Span, SpanRecorder } from '../run/spans.ts';
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
  const { number, address, index } = build.addNode(action.id);
  const definition = build.library.get(action.action);
  const node: NodeAt = { index: number, address };
  const input = definition
    ? compileInput(action.input ?? {}, definition.fields, { address, index }, build)
    : constant(action.input ?? {}).evaluate;
  const once = performer(action, definition, node, build);
  const retry = action.retry !== undefined && action.retry.attempts > 1 ? action.retry : null;
  const perform = retry === null ? once : insistent(retry, once);
  const deliver = delivery(action, definition, build);
  const { policies } = build;
  const isAlone = definition !== undefined && definition.run.length < 2 && !holdsSteps(action.input);

  const proceed: Step = (scopes) => {
    const flags = policies.flags[number] as number;
    const { run } = scopes;
    if ((flags | run.flags) === 0) return plain(scopes, address, input, perform, deliver);
    if (retry !== null) return observedAttempts(scopes, node, policies, input, once, deliver, retry);
    return flags === 0 && run.flags === nodeLog.recording && !policies.capturesActions
      ? recorded(scopes, address, input, perform, deliver, isAlone)
      : observed(scopes, node, policies, input, perform, deliver);
  };
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

/** Whether there are steps inside, which have spans of their own. */
const holdsSteps = (input: Action['input']): boolean => JSON.stringify(input ?? null).includes('"$do"');

/**
 * The same, remembered in case the run has to be stored: the usual way of a run, so it is as short as the other.
 * @param isAlone nothing inside asks which span it is part of
 */
function recorded(
  scopes: Scopes,
  address: string,
  input: Evaluate,
  perform: Perform,
  deliver: Deliver,
  isAlone: boolean,
): unknown {
  const recorder = scopes.run.recorder as SpanRecorder;
  const begin = performance.now();
  // The span begins before the input is known: steps that give the input are part of it, and so is their failure.
  const span = recorder.begin(address, null, scopes.span, scopes.iteration, undefined, begin);
  const inner = isAlone ? scopes : scopes.under(span);
  try {
    const given = input(inner);
    if (given instanceof Promise) return recordLater(given.then(start), span, recorder, address);
    const done = start(given);
    if (done instanceof Promise) return recordLater(done, span, recorder, address);
    recorder.end(span, performance.now() - begin, done instanceof Break ? done.value : done, null);
    return done;
  } catch (thrown) {
    throw recordFailure(thrown, span, recorder, address);
  }

  function start(given: unknown): unknown {
    recorder.given(span, given);
    const result = perform(given, inner);
    return result instanceof Promise
      ? result.then((value) => delivered(value, inner, deliver))
      : delivered(result, inner, deliver);
  }
}

const recordLater = (done: Promise<unknown>, span: Span, recorder: SpanRecorder, address: string): Promise<unknown> =>
  done.then(
    (result) => {
      recorder.end(span, performance.now() - span.begin, result instanceof Break ? result.value : result, null);
      return result;
    },
    (thrown: unknown) => {
      throw recordFailure(thrown, span, recorder, address);
    },
  );

function recordFailure(thrown: unknown, span: Span, recorder: SpanRecorder, address: string): RunFailure {
  const failure = located(thrown, address);
  recorder.end(span, performance.now() - span.begin, undefined, failure);
  return failure;
}

/** The same with begin and end told to whoever watches. Waiting is fine here: somebody asked to see it. */
function observed(
  scopes: Scopes,
  at: NodeAt,
  policies: NodePolicies,
  input: Evaluate,
  perform: Perform,
  deliver: Deliver,
  attempt?: number,
): unknown {
  const { run, iteration } = scopes;
  const { recorder } = run;
  const { observer } = run.environment;
  const node: NodeAt = iteration === undefined && attempt === undefined ? at : { ...at, iteration, attempt };
  const flags = policies.flags[at.index] as number;
  const log = boundedLog(scopes, node, flags, policies);
  const started = performance.now();
  const span = recorder?.begin(at.address, null, scopes.span, iteration, attempt, started) ?? null;
  const keep = recorder === null || span === null ? null : captureDecision(scopes, node, policies, recorder, span);
  const inner = span === null ? scopes : scopes.under(span);

  const begin = (given: unknown) => {
    if (log !== null) log.began(given);
    else if ((flags & nodeLog.info) !== 0) observer.nodeBegan(run, node, given);
    if (span !== null) recorder?.given(span, given);
    return perform(given, inner);
  };
  const end = (ms: number, output: unknown, failure: RunFailure | null): void => {
    const level = failure === null ? nodeLog.info : nodeLog.error;
    if (log === null ? (flags & level) !== 0 : log.ended(ms, output, failure))
      observer.nodeEnded(run, node, ms, output, failure);
    if (span === null || recorder === null) return;
    recorder.end(span, ms, output, failure);
    if (keep?.atEnd(ms, output, failure)) recorder.keep(span, 'itself');
  };
  const succeed = (result: unknown) => {
    end(performance.now() - started, result instanceof Break ? result.value : result, null);
    return result;
  };
  const fail = (thrown: unknown): never => {
    const failure = located(thrown, at.address);
    end(performance.now() - started, undefined, failure);
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

/** Each try is an execution of its own. The input is evaluated once, and neither its failure nor that of the output is tried again. */
function observedAttempts(
  scopes: Scopes,
  node: NodeAt,
  policies: NodePolicies,
  input: Evaluate,
  once: Perform,
  deliver: Deliver,
  retry: Retry,
): Promise<unknown> {
  let given: { input: unknown } | null = null;
  let isDelivering = false;
  const evaluate: Evaluate = (inner) => (given === null ? input(inner) : given.input);
  const put: Deliver = (result, inner) => {
    isDelivering = true;
    return deliver(result, inner);
  };
  const attemptOnce = (attempt: number) => {
    const perform: Perform = (value, inner) => {
      given = { input: value };
      return once(value, inner, attempt);
    };
    return observed(scopes, node, policies, evaluate, perform, put, attempt);
  };
  return insist(retry, scopes, attemptOnce, () => given !== null && !isDelivering);
}

/** The action's own capture, where switches decide about it run by run; one that is simply on keeps the span at once. */
function captureDecision(
  scopes: Scopes,
  node: NodeAt,
  { captures }: NodePolicies,
  recorder: SpanRecorder,
  span: Span,
): SwitchDecision | null {
  const switches = captureSwitchesFor(scopes.run, node.index, captures);
  if (switches === undefined) return null;
  if (switches !== true) return new SwitchDecision(scopes, node, false, switches);
  recorder.keep(span, 'itself');
  return null;
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

type Retry = NonNullable<Action['retry']>;

/** Repeats a failed action as `retry` asks. */
const insistent =
  (retry: Retry, once: Perform): Perform =>
  (input, scopes) =>
    insist(retry, scopes, (attempt) => once(input, scopes, attempt));

/** Tries again what failed, after backoffMs, then twice as long each time (30 s at most). */
async function insist(
  retry: Retry,
  scopes: Scopes,
  once: (attempt: number) => unknown,
  mayRepeat: () => boolean = () => true,
): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(attempt);
    } catch (thrown) {
      const isFinal = thrown instanceof RunFailure && thrown.uncatchable;
      if (attempt >= retry.attempts || isFinal || scopes.run.root.ended !== null || !mayRepeat()) throw thrown;
    }
    const wait = Math.min((retry.backoffMs ?? 0) * 2 ** (attempt - 1), 30_000);
    await new StepContext({ index: 0, address: scopes.run.root.at }, 0, scopes).sleep(wait);
  }
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
