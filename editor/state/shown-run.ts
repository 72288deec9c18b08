import type { Action, Operation } from '../../engine/document/types.ts';
import type { ErrorShape } from '../../engine/errors.ts';
import type { SpanTree } from '../../engine/store/run-head.ts';
import { actionsById, actionsIn } from './run-actions.ts';
import type { NodeRun, ShownRun } from './run-shape.ts';
import { isChanged } from './run-stale.ts';
import { timeOf } from './run-time.ts';
import { actionIdOf, failedPasses, passesOf, viewOf } from './run-view.ts';

export { dataBefore } from './run-data.ts';
export type { Iterations, NodeRun, ShownRun } from './run-shape.ts';
export { attemptsAt, spanAt } from './run-view.ts';

/**
 * What became of each node, by the id of the action, with `start` and `end` for the pills. Of nodes that run more than once,
 * the iterations chosen in `iterations` count (by the id of the container); else the first failed one, else the first.
 * Nodes that came into the operation after the run have no state, nor have those of which nothing is known.
 * @param operation as it is on the canvas now
 */
export function runStates(
  run: ShownRun,
  iterations: ReadonlyMap<string, number>,
  operation: Operation,
): ReadonlyMap<string, NodeRun> {
  const view = viewOf(run, iterations);
  const states = new Map<string, NodeRun>();
  const ran = run.ran === null ? null : actionsById(run.ran);
  for (const [id, action] of actionsOf(operation, run.ran)) {
    const before = ran?.get(id);
    if (ran !== null && before === undefined) continue;
    const attempts = view.attempts.get(id);
    // Where steps are missing from the capture, nobody can say which of them were reached.
    if (attempts === undefined && run.lacks !== undefined) continue;
    const state: NodeRun = attempts === undefined ? { state: 'not-reached' } : stateOf(attempts, iterations);
    if (before !== undefined && isChanged(before, action)) state.isStale = true;
    states.set(id, state);
  }
  for (const id of ['start', 'end'] as const) states.set(id, pillState(id, run, view.root));
  return states;
}

/** The error handler of a whole server or service is no part of the operation, but of what ran. */
function* actionsOf(operation: Operation, ran: Operation | null): Iterable<readonly [string, Action]> {
  yield* actionsById(operation);
  if (operation.onError === undefined && ran?.onError !== undefined) yield* actionsIn(ran.onError);
}

function stateOf(attempts: readonly SpanTree[], iterations: ReadonlyMap<string, number>): NodeRun {
  const [first, last] = [attempts[0] as SpanTree, attempts.at(-1) as SpanTree];
  const node: NodeRun = {
    state: last.error === null ? 'ok' : holdsFailure(last) ? 'holds-failure' : 'failed',
    ms: attempts.length === 1 ? last.ms : rounded(endOf(last) - timeOf(first.begin)),
  };
  if (Array.isArray(last.output)) node.count = last.output.length;
  if (last.error !== null) node.reason = reasonOf(last.error);
  if (attempts.length > 1) node.attempts = attempts.length;
  const passes = passesOf(last);
  if (passes !== null) {
    const chosen = iterations.get(actionIdOf(last));
    const failed = failedPasses(last);
    const shown = Math.min(chosen ?? failed[0] ?? 0, passes.count - 1);
    node.iterations = { ...passes, shown, failed };
  }
  return node;
}

function pillState(id: 'start' | 'end', run: ShownRun, root: SpanTree | null): NodeRun {
  if (run.state === 'running') return { state: id === 'start' ? 'ok' : 'not-reached' };
  const { error } = run;
  if (id === 'start') {
    // The input did not fit the schema: nothing was begun.
    const isRefused = error?.node === run.address && error.code === 'schema-mismatch' && root?.children.length === 0;
    return isRefused ? { state: 'failed', reason: reasonOf(error) } : { state: 'ok' };
  }
  if (run.state !== 'succeeded') {
    const isOwn = error?.node === run.address && (root?.children.length ?? 0) > 0;
    return isOwn ? { state: 'failed', reason: reasonOf(error) } : { state: 'not-reached' };
  }
  if (run.upTo !== undefined) return { state: 'not-reached' };
  // The time of the whole run is no time of the answer.
  return { state: 'ok' };
}

/** A failed step of the same operation lies inside. */
const holdsFailure = (span: SpanTree): boolean =>
  span.children.some((child) => child.run === undefined && child.error !== null);

const endOf = (span: SpanTree): number => timeOf(span.begin) + span.ms;
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

/** `conflict: SKU 88-1043 is out of stock` */
export const reasonOf = ({ code, message }: ErrorShape): string => `${code}: ${message}`;
