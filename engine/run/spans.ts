import type { ErrorShape } from '../errors.ts';
import { errorShape, type RunFailure } from './failure.ts';

/** One node's part of a run, as traces and simulations show it. Values are references: data is never changed in place. */
export interface Span {
  node: string;
  iteration?: number;
  attempt?: number;
  /** Milliseconds since 1970. */
  begin: number;
  ms: number;
  input: unknown;
  output: unknown;
  error: ErrorShape | null;
  children: Span[];
}

/** Collects the spans of one root run up to a bound in number; what was left out is counted. */
export class SpanRecorder {
  readonly spans: Span[] = [];
  leftOut = 0;
  private count = 0;
  constructor(private readonly most = 10_000) {}

  begin(
    node: string,
    input: unknown,
    iteration: number | undefined,
    attempt: number | undefined,
    into: Span[] | null,
  ): Span | null {
    if (++this.count > this.most) {
      this.leftOut++;
      return null;
    }
    const span: Span = { node, begin: Date.now(), ms: 0, input, output: null, error: null, children: [] };
    if (iteration !== undefined) span.iteration = iteration;
    if (attempt !== undefined) span.attempt = attempt;
    (into ?? this.spans).push(span);
    return span;
  }

  end(span: Span, ms: number, output: unknown, failure: RunFailure | null): void {
    span.ms = ms;
    span.output = output ?? null;
    span.error = failure && errorShape(failure);
  }
}
