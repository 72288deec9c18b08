import type { ErrorShape } from '../../engine/errors.ts';
import type { SpanTree } from '../../engine/store/run-head.ts';

/** A run as the canvas and the panes show it: a simulation that was just made, or one that was captured. */
export interface ShownRun {
  kind: 'simulation' | 'captured';
  id: string;
  state: 'succeeded' | 'failed' | 'cancelled' | 'interrupted' | 'running';
  output: unknown;
  error: ErrorShape | null;
  spans: readonly SpanTree[];
}
