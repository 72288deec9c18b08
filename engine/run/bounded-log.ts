import { nodeLog } from '../log/policy.ts';
import type { BoundedSwitch, NodeEnd } from './bounded-switch.ts';
import { errorShape, type RunFailure } from './failure.ts';
import type { NodeAt } from './observer.ts';
import type { Run } from './run.ts';
import type { Scopes } from './scopes.ts';
import { traceOf } from './trace.ts';

/** What bounded switches say of one execution of a node: yes at its begin, no, or only when it has ended. */
export class SwitchDecision {
  /** A switch has said yes already. */
  decided = false;
  /** Switches that decide at the end. */
  readonly open: BoundedSwitch[] = [];

  /** Decides what can be decided at the node's begin. `onlyFailures`: what succeeds is not written, and must not count. */
  constructor(
    private readonly scopes: Scopes,
    private readonly node: NodeAt,
    private readonly onlyFailures: boolean,
    switches: readonly BoundedSwitch[],
  ) {
    const { run } = scopes;
    for (const each of switches) {
      if (each.sample < 1 && !isSampled(run, each.sample)) continue;
      if (!each.when?.ofEnd && !isMet(each, scopes, null)) continue;
      if (each.errorsOnly || each.when?.ofEnd || onlyFailures) this.open.push(each);
      else if (isAdmitted(run, node, each)) {
        this.decided = true;
        break;
      }
    }
  }

  /** Whether a switch says yes, now that the node has ended. */
  atEnd(ms: number, output: unknown, failure: RunFailure | null): boolean {
    if (this.decided) return true;
    if (this.open.length === 0 || (failure === null && this.onlyFailures)) return false;
    const end: NodeEnd = { output, error: failure && errorShape(failure), ms };
    return this.open.some(
      (each) =>
        (failure !== null || !each.errorsOnly) &&
        (!each.when?.ofEnd || isMet(each, this.scopes, end)) &&
        isAdmitted(this.scopes.run, this.node, each),
    );
  }
}

/** The log of one execution of a node under switches that decide run by run: written, left out, or held back until its end. */
export class BoundedLog {
  private readonly decision: SwitchDecision;
  private held: { time: number; input: unknown } | null = null;

  /** `levels` are the records that the node's level lets through. */
  constructor(
    private readonly scopes: Scopes,
    private readonly node: NodeAt,
    private readonly levels: number,
    switches: readonly BoundedSwitch[],
  ) {
    this.decision = new SwitchDecision(scopes, node, (levels & nodeLog.info) === 0, switches);
  }

  began(input: unknown): void {
    if ((this.levels & nodeLog.info) === 0) return;
    const { run } = this.scopes;
    if (this.decision.decided) run.environment.observer.nodeBegan(run, this.node, input);
    else if (this.decision.open.length > 0) this.held = { time: Date.now(), input };
  }

  /** Whether the end is to be written; a begin that was held back is written now if it is. */
  ended(ms: number, output: unknown, failure: RunFailure | null): boolean {
    const { run } = this.scopes;
    if (!this.decision.atEnd(ms, output, failure)) return false;
    if (this.held !== null) run.environment.observer.nodeBegan(run, this.node, this.held.input, this.held.time);
    return (this.levels & (failure === null ? nodeLog.info : nodeLog.error)) !== 0;
  }
}

/** The switches that decide about a node: those in force, or the one that has let the run in before it ended. */
export function switchesFor(
  run: Run,
  number: number,
  flags: number,
  inForce: ReadonlyMap<number, readonly BoundedSwitch[]>,
): readonly BoundedSwitch[] | undefined {
  if ((flags & nodeLog.bounded) !== 0) return inForce.get(number);
  if (flags !== 0 || run.admitted === null) return undefined;
  const admitted = run.admitted.log.get(number);
  return admitted === undefined || admitted.withdrawn ? undefined : [admitted];
}

/** The same about the capture of an action. */
export function captureSwitchesFor(
  run: Run,
  number: number,
  inForce: ReadonlyMap<number, true | readonly BoundedSwitch[]>,
): true | readonly BoundedSwitch[] | undefined {
  const switches = inForce.get(number);
  if (switches !== undefined || run.admitted === null) return switches;
  const admitted = run.admitted.capture.get(number);
  return admitted === undefined || admitted.withdrawn ? undefined : [admitted];
}

/**
 * Whether a share of all traces includes that of the run: the same traces in every process and at every node, and those
 * of a smaller share among those of a larger one. The randomness is the low 56 bits of the trace id, as W3C Trace Context
 * Level 2 makes them and consistent probability sampling of OpenTelemetry reads them.
 */
function isSampled(run: Run, share: number): boolean {
  if (share <= 0) return false;
  return Number.parseInt(traceOf(run).id.slice(-14), 16) >= (1 - share) * 2 ** 56;
}

function isMet(each: BoundedSwitch, scopes: Scopes, end: NodeEnd | null): boolean {
  if (each.when === null) return true;
  try {
    return each.when.met(scopes, end);
  } catch (thrown) {
    each.failed(thrown as Error);
    return false;
  }
}

/** A run counts once, at the first execution of the node that is written. */
function isAdmitted(run: Run, { index }: NodeAt, each: BoundedSwitch): boolean {
  if (each.take === null || run.admitted?.[each.kind].get(index) === each) return true;
  if (!each.take()) return false;
  // The operation itself is there once in a run; an action may come again, when the switch has ended already.
  if (index > 0) {
    run.admitted ??= { log: new Map(), capture: new Map() };
    run.admitted[each.kind].set(index, each);
    run.flags |= nodeLog.admitted;
  }
  return true;
}
