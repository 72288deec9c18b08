import type { Operation } from '../../engine/document/types.ts';
import type { ErrorShape } from '../../engine/errors.ts';
import type { SpanTree } from '../../engine/store/run-head.ts';

/** A run as the canvas and the panes show it: a simulation that was just made, or one that was captured. */
export interface ShownRun {
  kind: 'simulation' | 'captured';
  id: string;
  /** Address of the operation, as in `server/hello/get-hello`. */
  address: string;
  state: 'succeeded' | 'failed' | 'cancelled' | 'interrupted' | 'running';
  output: unknown;
  error: ErrorShape | null;
  spans: readonly SpanTree[];
  /** Milliseconds; null where that is not known. */
  ms: number | null;
  /** RFC 3339; null while it is not known. */
  begin: string | null;
  /** The definition that ran; null where that is not known any more. */
  ran: Operation | null;
  /** Where that is not known, the definition of now: what it says of the run may be wrong. */
  nearest?: Operation | undefined;
  /** It ran no further than this action. */
  upTo?: string | undefined;
  /** HTTP status of the answer, where it is known. */
  status?: number | undefined;
  /** Id of the stored simulation that it is a run of. */
  simulation?: string | undefined;
  /** What the capture lacks, as a sentence; left out for a whole one. */
  lacks?: string | undefined;
}

/** What became of a node in a run. */
export interface NodeRun {
  /** `holds-failure`: a step inside it failed, and so did it. */
  state: 'ok' | 'failed' | 'not-reached' | 'running' | 'holds-failure';
  /** Milliseconds, those of all attempts and the waiting between them; for a container of the iteration that is shown. */
  ms?: number;
  /** Items of its result, where that is an array. */
  count?: number;
  /** Of a failed node, as in `conflict: SKU 88-1043 is out of stock`. */
  reason?: string;
  /** How often it was tried, where that was more than once. */
  attempts?: number;
  /** Of a node that repeats its steps; all numbers from 0. */
  iterations?: Iterations;
  /** The node was changed since the run. */
  isStale?: true;
}

export interface Iterations {
  /** How many there are; some of them may not have been reached. */
  count: number;
  /** The one whose nodes are shown. */
  shown: number;
  failed: readonly number[];
  /** How many were begun. */
  reached: number;
}
