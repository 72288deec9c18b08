import type { CompiledOperation } from '../compile/operation.ts';
import type { HttpOperation } from '../document/types.ts';
import { nodeLog } from '../log/policy.ts';
import type { RunEnd } from '../run/environment.ts';
import { type Outcome, startRun } from '../run/execute.ts';
import type { RunFailure } from '../run/failure.ts';
import type { Run, Trigger } from '../run/run.ts';
import { ulid } from '../run/ulid.ts';
import { runProblem } from './http/problem.ts';
import type { RequestScope } from './http/request.ts';
import type { HttpOutcome, HttpTarget, RequestContext } from './http/types.ts';
import type { LiveProject } from './live.ts';
import type { RecordObserver } from './observer.ts';
import { runCounts } from './run-counts.ts';

/** An operation of the live project as the HTTP side calls it. */
export class OperationTarget implements HttpTarget {
  readonly id: string;
  readonly address: string;
  readonly method: string;
  readonly path: string;
  readonly needs: number;
  private readonly count: (failed: boolean) => void;

  constructor(
    private readonly operation: CompiledOperation,
    private readonly live: LiveProject,
    private readonly observer: RecordObserver,
  ) {
    const source = operation.source as HttpOperation;
    this.id = source.id;
    this.address = operation.address;
    this.method = source.method;
    this.path = source.path;
    this.needs = operation.requestNeeds;
    this.count = runCounts.of(operation.address);
  }

  wantsAll(): boolean {
    return this.operation.policies.wholeRequest;
  }

  keepsEvidence(): boolean {
    return ((this.operation.policies.flags[0] as number) & nodeLog.capture) !== 0;
  }

  run(request: RequestScope, context: RequestContext): HttpOutcome | Promise<HttpOutcome> {
    const { traceparent } = context;
    const trigger: Trigger = { kind: 'request', traceparent, evidence: context };
    const outcome = startRun(this.operation, this.live, { request }, trigger);
    return outcome instanceof Promise
      ? outcome.then((later) => this.answer(later, context))
      : this.answer(outcome, context);
  }

  private answer(outcome: Outcome, context: RequestContext): HttpOutcome {
    return new RunAnswer(outcome, context, this.live.state.settings.logs.usage ? this.observer : null, this.count);
  }
}

class RunAnswer implements HttpOutcome {
  readonly runId: string;
  readonly output: unknown;

  constructor(
    private readonly outcome: Outcome,
    private readonly context: RequestContext,
    private readonly observer: RecordObserver | null,
    private readonly count: (failed: boolean) => void,
  ) {
    const { run, failure, handled } = outcome;
    this.runId = run.id;
    this.output = failure === null || handled ? outcome.output : runProblem(failure.code, this.runId);
  }

  done(status: number, bytesOut: number, unsendable: RunFailure | null): void {
    const { observer } = this;
    const { run, failure } = this.outcome;
    const ms = performance.now() - run.begunAt;
    this.count(status >= 500);
    // The workflow was content with its output, so nobody has written yet that the run failed.
    if (unsendable !== null) run.environment.observer.nodeEnded(run, run.operation.node, ms, null, unsendable);
    if (run.ownsRecorder) this.store(run, { ms, failure: failure ?? unsendable, status }, unsendable !== null);
    if (observer === null) return;
    const { method, pathname, bytesIn, remote } = this.context;
    observer.runEnded(run, failure ?? unsendable, ms, {
      method,
      path: pathname,
      status,
      bytesIn,
      bytesOut,
      remote,
    });
  }

  private store(run: Run, end: RunEnd, isUnsendable: boolean): void {
    const { captures, captureRules } = run.environment;
    if (isUnsendable && captureRules.errors) run.captured ??= 'failed';
    if (run.captured !== null && run.recorder !== null) captures?.take(run, run.recorder, end);
  }
}

/** Stands in for an operation that cannot run: set aside, or not to be compiled. It answers, so that the caller learns of it. */
export class RefusingTarget implements HttpTarget {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly needs = 0;

  constructor(
    readonly address: string,
    source: HttpOperation,
    private readonly code: 'quarantined' | 'document-invalid',
    private readonly observer: RecordObserver,
    /** Of the lowest level that is written there. */
    private readonly rank: number,
  ) {
    this.id = source.id;
    this.method = source.method;
    this.path = source.path;
  }

  wantsAll(): boolean {
    return false;
  }

  keepsEvidence(): boolean {
    return false;
  }

  run(_request: RequestScope, context: RequestContext): HttpOutcome {
    const runId = ulid();
    const output = runProblem(this.code, runId);
    if (this.code === 'document-invalid') output.status = output.body.status = 500;
    const { observer, address, rank } = this;
    const count = runCounts.of(address);
    const message = output.body.detail;
    const begun = performance.now();
    return {
      runId,
      output,
      done: (status, bytesOut) => {
        const { method, pathname: path, bytesIn, remote } = context;
        const ms = performance.now() - begun;
        count(status >= 500);
        observer.requestRefused(address, { method, path, status, ms, bytesIn, bytesOut, remote, message }, rank);
      },
    };
  }
}
