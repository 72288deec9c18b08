import type { ErrorShape } from '../errors.ts';

export const runStates = ['running', 'succeeded', 'failed', 'cancelled', 'interrupted'] as const;
export type RunState = (typeof runStates)[number];

/** How a run began: by a request, by another run, by a person in the editor, by a timer that a workflow set up. */
export const runTriggers = ['request', 'call', 'simulation', 'replay', 'schedule', 'message', 'timer'] as const;
export type RunTrigger = (typeof runTriggers)[number];

/** Why a run was captured: a switch or `logs.captureAll`, a failure, its duration. */
export type CaptureReason = 'switch' | 'all' | 'failed' | 'slow' | 'asked';

/** What is stored of a captured run besides its head. */
export interface CaptureNote {
  reason: CaptureReason;
  /** Spans that are stored. */
  spans: number;
  /** Only the spans of actions whose own capture is on. */
  partial: boolean;
  /** Spans, and values of spans, that are not there for lack of room; 0 in a whole capture. */
  leftOut: number;
}

/** A run in one line: what lists show of it. Keys in this order; null where there is none. */
export interface RunHead {
  /** ULID. */
  id: string;
  /** Address of its operation. */
  node: string;
  /** Id of its operation. */
  operation: string;
  /** What its operation belongs to: `http`, `schedule` (the type of a server), `service`, `client`. */
  type: string;
  state: RunState;
  /** HTTP status; null for a run without one. */
  status: number | null;
  /** RFC 3339 in UTC with milliseconds. */
  begin: string;
  /** Duration in milliseconds; null while it is running. */
  ms: number | null;
  /** Hash of the operation's definition; null when that is not known any more. */
  version: string | null;
  trigger: RunTrigger;
  error: ErrorShape | null;
  replayOf: string | null;
  /** The run that called it. */
  parent: string | null;
  /** W3C trace id. */
  trace: string | null;
  worker: string | null;
  /** null when its inputs and outputs were not kept. */
  capture: CaptureNote | null;
}

/** One node's part of a captured run, as it is stored: spans point to the one they are part of. */
export interface StoredSpan {
  /** Index of the span that it is part of, in the list of the capture; null for the run's own. */
  in: number | null;
  /** Address. */
  node: string;
  /** Id of the run that it is the span of; only for the spans of whole runs: the captured one and those it called. */
  run?: string;
  iteration?: number;
  attempt?: number;
  /** RFC 3339 in UTC with milliseconds. */
  begin: string;
  ms: number;
  input: unknown;
  output: unknown;
  error: ErrorShape | null;
  /** Which of its values are not there for lack of room. */
  leftOut?: ('input' | 'output')[];
  /** Spans that were part of it and are not there for lack of room. */
  spansLeftOut?: number;
}

/** A span with those that are part of it, as the API answers it. */
export interface SpanTree extends Omit<StoredSpan, 'in'> {
  children: SpanTree[];
}
