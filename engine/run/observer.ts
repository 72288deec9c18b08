import type { Level } from '../document/types.ts';
import type { RunFailure } from './failure.ts';
import type { Run } from './run.ts';

/**
 * Who is told what a run does. Only nodes whose switches are on, and runs that fail, are reported; the observer makes
 * records of it. It never throws and never blocks.
 */
export interface Observer {
  /** `time` (milliseconds since 1970) is that of a begin which was held back; left out, it is now. */
  nodeBegan(run: Run, node: NodeAt, input: unknown, time?: number): void;
  nodeEnded(run: Run, node: NodeAt, ms: number, output: unknown, failure: RunFailure | null): void;
  /** system/log. `node` is the address of the action. */
  said(run: Run, node: NodeAt, level: Level, label: string | undefined, value: unknown): void;
  /** An operation that another one called has ended. */
  callEnded?(operation: string, failed: boolean): void;
}

/** A node of an operation; index 0 is the operation itself. */
export interface NodeAt {
  readonly index: number;
  readonly address: string;
  iteration?: number | undefined;
  attempt?: number | undefined;
}
