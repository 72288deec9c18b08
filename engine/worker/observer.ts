import type { Level } from '../document/types.ts';
import { type LogRecord, type RecordSink, rankOf } from '../log/record.ts';
import { errorShape, type RunFailure } from '../run/failure.ts';
import type { NodeAt, Observer } from '../run/observer.ts';
import type { Run } from '../run/run.ts';
import { traceOf } from '../run/trace.ts';
import { runCounts } from './run-counts.ts';

/** What the usage record says of an HTTP run besides what the run knows itself. */
export interface HttpUsage {
  method: string;
  path: string;
  status: number;
  bytesIn: number;
  bytesOut: number;
  remote: string;
}

/** A request that was answered without a run. */
export interface HttpRefusal extends HttpUsage {
  /** Since the request began; undefined where nobody knows when that was. */
  ms?: number;
  /** Why, in the words that the client got. */
  message?: string;
}

const levelOfStatus = (status: number): Level => (status >= 500 ? 'error' : status >= 400 ? 'warning' : 'info');

/** Makes records of what runs do and hands them to a sink. */
export class RecordObserver implements Observer {
  /** Rank of the lowest level that is written of the process itself. */
  lowestRank = 0;
  private number = 0;

  constructor(
    private readonly sink: RecordSink,
    /** Names the process, uniquely over restarts. */
    private readonly worker: string,
  ) {}

  nodeBegan(run: Run, node: NodeAt, input: unknown, time?: number): void {
    const record = this.about(run, node, 'info', 'begin');
    if (time !== undefined) record.time = time;
    record.input = input;
    this.sink.write('user', record);
  }

  nodeEnded(run: Run, node: NodeAt, ms: number, output: unknown, failure: RunFailure | null): void {
    const record = this.about(run, node, failure === null ? 'info' : 'error', 'end');
    if (failure === null) record.output = output;
    else record.error = this.errorOf(run, node, failure);
    record.ms = ms;
    this.sink.write('user', record);
  }

  said(run: Run, node: NodeAt, level: Level, label: string | undefined, value: unknown): void {
    const record = this.about(run, node, level, 'log');
    if (label !== undefined) record.label = label;
    record.value = value;
    this.sink.write('user', record);
  }

  callEnded(operation: string, failed: boolean): void {
    runCounts.of(operation)(failed);
  }

  /** The usage record of a finished run that came from outside. */
  runEnded(run: Run, failure: RunFailure | null, ms: number, http: HttpUsage | null): void {
    const level = http === null ? (failure === null ? 'info' : 'error') : levelOfStatus(http.status);
    if (rankOf[level] < (run.operation.policies.ranks[0] as number)) return;
    const record = this.about(run, run.operation.node, level, 'run');
    record.kind = 'usage';
    record.ms = ms;
    if (failure !== null) record.error = errorShape(failure);
    if (http !== null) Object.assign(record, http);
    this.sink.write('usage', record);
  }

  /**
   * A request that never became a run: no such path, too large, not understood.
   * @param lowestRank rank of the lowest level that is written at the node
   */
  requestRefused(node: string, { method, path, message, ...http }: HttpRefusal, lowestRank: number): void {
    const level = levelOfStatus(http.status);
    if (rankOf[level] < lowestRank) return;
    this.sink.write('usage', {
      id: this.nextId(),
      time: Date.now(),
      level,
      kind: 'usage',
      event: 'request',
      node,
      // What was not understood has neither.
      ...(method !== '' && { method, path }),
      ...http,
      worker: this.worker,
      ...(message !== undefined && { message }),
    });
  }

  /** What happened to the process itself. */
  system(level: Level, event: string, message: string, about: Partial<LogRecord> = {}): void {
    if (rankOf[level] < this.lowestRank) return;
    this.sink.write('usage', {
      id: this.nextId(),
      time: Date.now(),
      level,
      kind: 'system',
      event,
      ...about,
      worker: this.worker,
      message,
    });
  }

  /** With the stack only where debug is written: it says more about the program than about the data. */
  private errorOf(run: Run, { index }: NodeAt, failure: RunFailure): NonNullable<LogRecord['error']> {
    const error = errorShape(failure);
    if (run.operation.policies.ranks[index] !== rankOf.debug) return error;
    const { cause } = failure;
    return { ...error, stack: (cause instanceof Error ? cause.stack : failure.stack) ?? '' };
  }

  private about(run: Run, node: NodeAt, level: Level, event: string): LogRecord {
    const trace = traceOf(run);
    const record: LogRecord = {
      id: this.nextId(),
      time: Date.now(),
      level,
      kind: 'application',
      event,
      node: node.address,
      run: run.id,
      trace: trace.id,
      span: trace.span,
      version: run.operation.version,
      worker: this.worker,
    };
    if (trace.parent !== undefined) record.parent = trace.parent;
    if (node.iteration !== undefined) record.iteration = node.iteration;
    if (node.attempt !== undefined) record.attempt = node.attempt;
    return record;
  }

  private nextId(): string {
    return `${this.worker}-${++this.number}`;
  }
}
