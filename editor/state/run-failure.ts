import type { ErrorShape } from '../../engine/errors.ts';
import type { SpanTree } from '../../engine/store/run-head.ts';
import type { ShownRun } from './run-shape.ts';
import { actionIdOf, passesOf, rootOf } from './run-view.ts';

/** Where a run failed. */
export interface FailurePlace {
  /** Id of the action on this canvas; null where it is the operation's own input or output. */
  id: string | null;
  /** Address of the node that failed, where that is in an operation that was called. */
  within: string | null;
  /** Of the innermost container around it that repeats its steps: which time it was, from 1, and of how many. */
  item: { number: number; of: number } | null;
  /** The iteration of each container around it, by the container's id. */
  iterations: ReadonlyMap<string, number>;
}

/** Where a run failed; null for one that did not. */
export function failureOf(run: ShownRun): FailurePlace | null {
  const { error } = run;
  if (error === null) return null;
  const iterations = new Map<string, number>();
  let item: FailurePlace['item'] = null;
  let failed: SpanTree | null = null;
  let spans = rootOf(run)?.children ?? run.spans;
  for (;;) {
    // The last one counts: those before were handled, or tried again.
    const next = spans.findLast((span) => span.run === undefined && isOf(span, error));
    if (next === undefined) break;
    if (failed !== null && next.iteration !== undefined) {
      const passes = passesOf(failed);
      if (passes !== null) {
        iterations.set(actionIdOf(failed), next.iteration);
        item = { number: next.iteration + 1, of: passes.count };
      }
    }
    failed = next;
    spans = next.children;
  }
  const { node = run.address } = error;
  const isElsewhere = node !== run.address && !node.startsWith(`${run.address}/`);
  return { id: failed === null ? null : actionIdOf(failed), within: isElsewhere ? node : null, item, iterations };
}

/** The step failed with the failure of the run: one that was handled differs in it. */
const isOf = ({ error }: SpanTree, { node, code, message }: ErrorShape): boolean =>
  error !== null && error.node === node && error.code === code && error.message === message;
