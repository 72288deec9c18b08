import type { ErrorShape } from '../errors.ts';
import type { SwitchKind } from '../log/policy.ts';
import type { Scopes } from './scopes.ts';

/** How an execution of a node ended, as conditions see it. */
export interface NodeEnd {
  readonly output: unknown;
  /** null when it succeeded. */
  readonly error: ErrorShape | null;
  /** Milliseconds. */
  readonly ms: number;
}

/** The `when` of a switch. */
export interface Condition {
  /** It speaks of the node's end, and is asked then. */
  readonly ofEnd: boolean;
  /** It speaks of the scope `request`. */
  readonly ofRequest: boolean;
  /** Fails as an expression fails. */
  met(scopes: Scopes, end: NodeEnd | null): boolean;
}

/** A switch that decides run by run. */
export interface BoundedSwitch {
  readonly kind: SwitchKind;
  /** The node that it is set at. */
  readonly address: string;
  /** Share of the traces that are in, 0 to 1. */
  readonly sample: number;
  readonly when: Condition | null;
  readonly errorsOnly: boolean;
  /** Takes one of its runs, false when it has none; null when runs are not counted. */
  readonly take: (() => boolean) | null;
  /** Somebody switched it off or changed it; one that has ended by itself is not withdrawn. */
  withdrawn: boolean;
  /** Hears of a condition that failed, which counts as not met. */
  failed(failure: Error): void;
}
