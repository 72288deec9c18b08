import { performance } from 'node:perf_hooks';
import type { CompiledOperation } from '../compile/operation.ts';
import type { SwitchKind } from '../log/policy.ts';
import type { CaptureReason, RunTrigger } from '../store/run-head.ts';
import type { BoundedSwitch } from './bounded-switch.ts';
import type { Environment } from './environment.ts';
import { limitReached, type RunFailure } from './failure.ts';
import { position } from './position.ts';
import type { Span, SpanRecorder } from './spans.ts';
import type { Trace } from './trace.ts';
import { overdue } from './turn.ts';
import { nextCount, spellUlid } from './ulid.ts';

/** Where a run came from: outside (a request, a schedule, a person), or another run. */
export interface Trigger {
  readonly kind: RunTrigger;
  /** W3C traceparent as it came in, unchecked. */
  readonly traceparent?: string | undefined;
  /** What the run was given, whole, where its scopes hold only the parts that it can touch. */
  readonly evidence?: Evidence | undefined;
}

/** The request that a run answers: what names it, and the parts that nobody has looked at yet. */
export interface Evidence {
  readonly method: string;
  readonly pathname: string;
  /** IP address of the peer. */
  readonly remote: string;
  /** Bytes of its body as they came. */
  readonly bytesIn: number;
  /** What is held on to for it. */
  readonly heldBytes: number;
  /** Puts it together with the scope that the run had, at once (or as a promise) and without fail. */
  readWhole(scope: unknown): unknown;
  dropHeld(): void;
}

/**
 * One execution of one operation. Everything that only some runs need (id, trace, abort signal, recorder) is made on
 * demand; limits are kept on the root and shared by all child runs.
 */
export class Run {
  readonly root: Run;
  readonly depth: number;
  /** Milliseconds since 1970. */
  readonly begin = Date.now();
  /** Milliseconds of performance.now(), for durations. */
  readonly begunAt = performance.now();
  readonly count = nextCount();
  /** Bits for every node of the run, on top of each node's own (see log/policy.ts). */
  flags: number;
  recorder: SpanRecorder | null;

  // Kept on the root.
  private stepsLeft: number;
  private deadline = 0;
  private limitMs: number;
  /** Why the run must end; set once. */
  ended: RunFailure | null = null;
  /** The node the run is at; the innermost one, child runs included. */
  at: string;
  /** The run has waited for something: it is known to the control process, which is told whenever `at` changes. */
  journaled = false;
  dirty = false;
  onEnded: ((failure: RunFailure) => void) | null = null;
  /** 0 while the workflow runs, 1 while an error handler answers for a limit. What belongs to an earlier life is over. */
  life = 0;
  /** While spans are recorded: the span of the action that called this child run. */
  callSpan: Span | null = null;
  /** The recorder is this run's own, and not that of a run around it. */
  ownsRecorder = false;

  private controller: AbortController | null = null;
  private spelled: string | null = null;
  trace: Trace | null = null;
  /** Counted switches of actions that have let this run in, by the number of the action's node. */
  admitted: { readonly [K in SwitchKind]: Map<number, BoundedSwitch> } | null = null;
  /** Why the run is to be stored; null when it is not, or that is not known yet. */
  captured: CaptureReason | null = null;

  constructor(
    readonly operation: CompiledOperation,
    readonly environment: Environment,
    readonly parent: Run | null,
    readonly trigger: Trigger | null,
  ) {
    this.at = operation.address;
    if (parent === null) {
      this.root = this;
      this.depth = 0;
      this.flags = 0;
      this.recorder = null;
      this.stepsLeft = environment.limits.steps;
      this.limitMs = operation.timeoutMs ?? environment.limits.runMs;
      position.enter(operation.index, this.begin, this.count);
    } else {
      this.root = parent.root;
      this.depth = parent.depth + 1;
      this.flags = parent.flags;
      this.recorder = parent.recorder;
      this.stepsLeft = 0;
      this.limitMs = 0;
      if (this.depth > environment.limits.callDepth) {
        throw limitReached(
          'call-depth',
          `Operations called each other deeper than limits.callDepth (${environment.limits.callDepth}).`,
        );
      }
    }
  }

  get id(): string {
    this.spelled ??= spellUlid(this.begin, this.count);
    return this.spelled;
  }

  /** Aborted when the run must end. Made on first use: most runs never ask. */
  get signal(): AbortSignal {
    const { root } = this;
    if (root.controller === null) {
      root.controller = new AbortController();
      if (root.ended !== null) root.controller.abort(root.ended);
    }
    return root.controller.signal;
  }

  /**
   * Counts one step at a node. The clock is read on every eighth step only: it costs more than a simple step does.
   * @returns true when the caller should give way to the event loop before going on.
   * @throws RunFailure step-limit, timeout, or what ended the run
   */
  step(node: string, index: number): boolean {
    const { root } = this;
    if (root.ended !== null) throw root.ended;
    root.at = node;
    position.node(index);
    if (root.journaled && !root.dirty) root.environment.journal.moved(root);
    const left = --root.stepsLeft;
    if (left < 0)
      throw limitReached(
        'step-limit',
        `The run took more than ${root.environment.limits.steps} steps (limits.steps).`,
        node,
      );
    return (left & 7) === 0 && root.checkClock();
  }

  private checkClock(): boolean {
    const now = performance.now();
    if (this.deadline === 0) this.startClock();
    else if (now > this.deadline) throw this.timedOut();
    return overdue(now);
  }

  private startClock(): void {
    // The clock starts at the run's begin, though the first look at it may come later.
    this.deadline = this.begunAt + this.limitMs;
  }

  private timedOut(): RunFailure {
    return limitReached('timeout', `The run took longer than ${this.limitMs} ms.`, this.at);
  }

  /** Looks whether the run is over its time; the worker asks this of every waiting run, a few times a second. */
  expire(now: number): void {
    if (this.deadline === 0) this.startClock();
    if (now > this.deadline) this.end(this.timedOut());
  }

  /** Lets an error handler answer for a run that hit a limit: a few steps and seconds, once. */
  reprieve(): void {
    this.life += 1;
    this.ended = null;
    this.onEnded = null;
    this.controller = null;
    this.stepsLeft = 10_000;
    this.limitMs = 5_000;
    this.deadline = performance.now() + this.limitMs;
  }

  /** Ends the run from outside: aborts what it waits for and makes its next step fail. */
  end(failure: RunFailure): void {
    const { root } = this;
    if (root.ended !== null) return;
    failure.node ??= root.at;
    root.ended = failure;
    root.controller?.abort(failure);
    root.onEnded?.(failure);
  }
}
