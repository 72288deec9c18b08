import { performance } from 'node:perf_hooks';
import type { CompiledOperation } from '../compile/operation.ts';
import { levelFlags, nodeLog } from '../log/policy.ts';
import type { CaptureReason } from '../store/run-head.ts';
import { BoundedLog, SwitchDecision } from './bounded-log.ts';
import type { CaptureRules, Environment } from './environment.ts';
import { errorShape, located, RunFailure } from './failure.ts';
import type { NodeAt } from './observer.ts';
import { position } from './position.ts';
import { Run, type Trigger } from './run.ts';
import { Scopes } from './scopes.ts';
import { type Span, SpanRecorder } from './spans.ts';
import { TimeLimit } from './time-limit.ts';

/** Bytes from which on a body is no longer a small value among others. */
const worthKnowing = 4_096;
/** What a byte of a body takes in memory once it has been read. */
const bytesOfBody = 4;
/** Spans of a running run that are remembered in case it has to be stored. */
const mostSpans = 2_000;

/** How a run ended. `output` is what it answers: of onError when that handled the failure, null when nothing did. */
export interface Outcome {
  readonly run: Run;
  readonly output: unknown;
  readonly failure: RunFailure | null;
  /** onError answered for the failure. */
  readonly handled: boolean;
}

/** The scopes that a run begins with. */
export interface Given {
  request?: unknown;
  input?: unknown;
  received?: unknown;
}

/**
 * Runs an operation from outside. Never throws: a failure is part of the outcome. The outcome comes at once when the
 * workflow never had to wait.
 */
export function startRun(
  operation: CompiledOperation,
  environment: Environment,
  given: Given,
  trigger: Trigger | null,
): Outcome | Promise<Outcome> {
  const outcome = execute(new Run(operation, environment, null, trigger), given);
  position.leave();
  return outcome;
}

/** Runs a service operation as a child of the caller's run and gives its output. Fails as the child failed, unless its onError answered. */
export function callOperation(caller: Scopes, address: string, input: unknown): unknown {
  const { environment } = caller.run;
  const operation = environment.operation(address);
  if (operation?.kind !== 'service') {
    throw new RunFailure(
      'operation-unknown',
      `There is no active service operation "${address}"; a call names one by its address, service/<id>/<operation>.`,
    );
  }
  const run = new Run(operation, environment, caller.run, null);
  run.callSpan = caller.span;
  const outcome = execute(run, { input }, caller);
  return outcome instanceof Promise ? outcome.then(outputOfCall) : outputOfCall(outcome);
}

/** Runs a workflow that comes as data as a child of the caller's run, at the node that performs it. */
export async function performWorkflow(
  caller: Scopes,
  { index, address }: NodeAt,
  source: unknown,
  input: unknown,
): Promise<unknown> {
  const { environment, operation } = caller.run;
  const performer = { address, index: operation.isData ? operation.index : operation.index + index };
  const workflow = environment.workflow(source, performer);
  // It says as much as its node may.
  workflow.policies.ranks.fill(operation.policies.ranks[index] as number);
  const run = new Run(workflow, environment, caller.run, null);
  run.callSpan = caller.span;
  return outputOf(await execute(run, { input }, caller));
}

const outputOfCall = (outcome: Outcome): unknown => {
  const { operation, environment } = outcome.run;
  environment.observer.callEnded?.(operation.address, outcome.failure !== null && !outcome.handled);
  return outputOf(outcome);
};

const outputOf = (outcome: Outcome): unknown => {
  if (outcome.failure !== null && !outcome.handled) throw outcome.failure;
  return outcome.output;
};

/** Runs what a Run was made for. With a recorder on the run, its spans are collected. `caller` is where a child run was called. */
export function execute(run: Run, given: Given, caller: Scopes | null = null): Outcome | Promise<Outcome> {
  const { operation } = run;
  const data = new Scopes(run);
  if (given.request !== undefined) data.request = given.request;
  if (given.input !== undefined) data.input = given.input;
  if (given.received !== undefined) data.received = given.received;
  if (caller !== null) {
    data.limit = caller.limit;
    data.life = caller.life;
  }
  const { policies } = operation;
  const flags = (policies.flags[0] as number) | run.flags;
  const watch = flags === 0 ? null : beginWatch(run, data, given, flags);
  const scopes = watch?.scopes ?? data;

  let outcome: Outcome | Promise<Outcome>;
  try {
    operation.checkInput?.(given.input);
    const output = perform(run, scopes);
    if (!(output instanceof Promise)) outcome = succeeded(run, output);
    else outcome = run.parent === null ? waitFor(run, scopes, output) : settle(run, scopes, output);
  } catch (thrown) {
    outcome = failed(run, scopes, thrown);
    if (outcome instanceof Promise && run.parent === null) outcome = keep(run, outcome);
  }
  if (outcome instanceof Promise) return outcome.then((done) => ended(done, watch));
  return ended(outcome, watch);
}

/** A root run's time is looked after by whoever started it; a called operation keeps its own limit besides. */
function perform({ parent, operation }: Run, scopes: Scopes): unknown {
  const { workflow, timeoutMs } = operation;
  if (parent === null || timeoutMs === undefined) return workflow(scopes);
  const limit = new TimeLimit(timeoutMs, 'The operation', scopes.limit);
  return limit.within(() => workflow(scopes.until(limit)));
}

function succeeded(run: Run, output: unknown): Outcome {
  run.operation.checkOutput?.(output);
  return { run, output, failure: null, handled: false };
}

const settle = (run: Run, scopes: Scopes, output: Promise<unknown>): Promise<Outcome> =>
  output.then((value) => succeeded(run, value)).catch((thrown: unknown) => failed(run, scopes, thrown));

/** Waits for a root run, but no longer than until it is ended from outside: what it waits for may never come. */
function waitFor(run: Run, scopes: Scopes, output: Promise<unknown>): Promise<Outcome> {
  return keep(
    run,
    new Promise((resolve) => {
      let over = false;
      const finish = (outcome: () => Outcome | Promise<Outcome>) => {
        if (over) return;
        over = true;
        resolve(outcome());
      };
      run.onEnded = (failure) => finish(() => failed(run, scopes, failure));
      output.then(
        (value) => finish(() => succeededOr(run, scopes, value)),
        (thrown: unknown) => finish(() => failed(run, scopes, thrown)),
      );
    }),
  );
}

function succeededOr(run: Run, scopes: Scopes, output: unknown): Outcome | Promise<Outcome> {
  try {
    return succeeded(run, output);
  } catch (thrown) {
    return failed(run, scopes, thrown);
  }
}

function keep(run: Run, outcome: Promise<Outcome>): Promise<Outcome> {
  const { journal } = run.environment;
  journal.began(run);
  return outcome.finally(() => journal.ended(run));
}

/** Lets onError answer for a failure. It gets one try: its own failure replaces the first. */
function failed(run: Run, scopes: Scopes, thrown: unknown): Outcome | Promise<Outcome> {
  const failure = located(thrown, run.operation.address);
  const { onError } = run.operation;
  if (onError === null || failure.code === 'cancelled' || (failure.uncatchable && run.parent !== null)) {
    return { run, output: null, failure, handled: false };
  }
  // A run that hit a limit still gets to answer, within a small one of its own.
  if (failure.uncatchable) run.reprieve();
  const handled = (output: unknown): Outcome => ({ run, output, failure, handled: true });
  const lost = (second: unknown): Outcome => ({
    run,
    output: null,
    failure: located(second, run.operation.address),
    handled: false,
  });
  try {
    const inner = scopes.within({ error: errorShape(failure) });
    inner.life = run.root.life;
    const output = onError(inner);
    if (!(output instanceof Promise)) return handled(output);
    return new Promise((resolve) => {
      if (run.parent === null) run.onEnded = (second) => resolve(lost(second));
      output.then(
        (answer) => resolve(handled(answer)),
        (second: unknown) => resolve(lost(second)),
      );
    });
  } catch (second) {
    return lost(second);
  }
}

interface Watch {
  readonly scopes: Scopes;
  readonly started: number;
  readonly flags: number;
  readonly span: Span | null;
  /** Where switches decide run by run. */
  readonly log: BoundedLog | null;
  readonly capture: SwitchDecision | null;
}

function beginWatch(run: Run, scopes: Scopes, given: Given, flags: number): Watch {
  const input = given.request ?? given.received ?? given.input ?? null;
  const { node, policies } = run.operation;
  const started = performance.now();
  let log: BoundedLog | null = null;
  if ((flags & nodeLog.bounded) !== 0) {
    const switches = policies.bounded.get(0);
    if (switches !== undefined) log = new BoundedLog(scopes, node, levelFlags(policies.ranks[0] as number), switches);
  }
  if (log !== null) log.began(input);
  else if ((flags & nodeLog.info) !== 0) run.environment.observer.nodeBegan(run, node, input);
  if ((flags & nodeLog.capture) !== 0) beginRecording(run, given.request);
  const { recorder } = run;
  if (recorder === null) return { scopes, started, flags, span: null, log, capture: null };
  const span = recorder.begin(node.address, run, run.callSpan, undefined, undefined, started);
  recorder.given(span, input);
  const switches = policies.captures.size === 0 ? undefined : policies.captures.get(0);
  if (switches === true) recorder.keep(span, 'all');
  const capture =
    switches === undefined || switches === true ? null : new SwitchDecision(scopes, node, false, switches);
  return { scopes: scopes.under(span), started, flags, span, log, capture };
}

/** Gives the run a recorder, unless the run around it has one. */
function beginRecording(run: Run, request: unknown): void {
  const { captures } = run.environment;
  if (run.recorder !== null || captures === null) return;
  run.recorder = new SpanRecorder(captures.room, mostSpans);
  run.ownsRecorder = true;
  run.flags |= nodeLog.recording;
  const evidence = run.trigger?.evidence;
  if (evidence === undefined || evidence.bytesIn < worthKnowing) return;
  if (evidence.heldBytes > 0 && !run.recorder.hold(evidence.heldBytes)) evidence.dropHeld();
  const { body } = request as { body?: unknown };
  if (typeof body === 'object' && body !== null && !ArrayBuffer.isView(body))
    run.recorder.know(body, evidence.bytesIn * bytesOfBody);
}

function ended(outcome: Outcome, watch: Watch | null): Outcome {
  const { run, failure, output } = outcome;
  // Steps that nobody waited for belong to a life that is over.
  if (run.parent === null) run.life += 1;
  if (failure === null && watch === null) return outcome;
  const ms = performance.now() - (watch?.started ?? run.begunAt);
  // A failed run is always written; a successful one only where a switch asks for it.
  const asked =
    watch !== null && (watch.log === null ? (watch.flags & nodeLog.info) !== 0 : watch.log.ended(ms, output, failure));
  if (failure !== null || asked) run.environment.observer.nodeEnded(run, run.operation.node, ms, output, failure);
  if (watch !== null && watch.span !== null) endRecording(outcome, watch, watch.span, ms);
  return outcome;
}

/** Ends the run's span, and decides whether what was recorded is to be stored. */
function endRecording({ run, failure, output }: Outcome, { capture }: Watch, span: Span, ms: number): void {
  const recorder = run.recorder as SpanRecorder;
  recorder.end(span, ms, output, failure);
  if (capture?.atEnd(ms, output, failure)) recorder.keep(span, 'all');
  if (!run.ownsRecorder) return;
  recorder.release();
  const { captures, captureRules } = run.environment;
  run.captured = reasonToStore(recorder, span, ms, failure, captureRules);
  // A run from outside is taken when it has been answered.
  if (run.parent !== null && run.captured !== null) captures?.take(run, recorder, { ms, failure, status: null });
}

function reasonToStore(
  recorder: SpanRecorder,
  span: Span,
  ms: number,
  failure: RunFailure | null,
  rules: CaptureRules,
): CaptureReason | null {
  // What is most telling comes first.
  if (failure !== null && rules.errors) return 'failed';
  if (rules.slowMs !== null && ms >= rules.slowMs) return 'slow';
  if (rules.all) return 'all';
  if (span.keep === 'all') return 'switch';
  return recorder.keepsSome ? 'switch' : null;
}
