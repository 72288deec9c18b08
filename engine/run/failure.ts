import { ActionFailure } from '../../actions/kit/define.ts';
import type { ErrorShape } from '../errors.ts';

/**
 * A failure on its way out of a run. `uncatchable` ones (limits, cancellation) pass through conditional/try and onError:
 * a workflow must not be able to hold on to a run that has to end.
 */
export class RunFailure extends Error {
  override name: string;
  readonly uncatchable: boolean;
  constructor(
    readonly code: string,
    message: string,
    public node?: string,
    options: { name?: string; uncatchable?: boolean; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = options.name ?? 'RunFailure';
    this.uncatchable = options.uncatchable ?? false;
  }
}

/** Gives any thrown value a code and the address of the node it came from; the innermost node wins. */
export const located = (thrown: unknown, node: string): RunFailure => {
  if (thrown instanceof RunFailure) {
    thrown.node ??= node;
    return thrown;
  }
  if (thrown instanceof ActionFailure)
    return new RunFailure(thrown.code, thrown.message, node, { name: thrown.name, cause: thrown });
  if (thrown instanceof RangeError && /call stack/i.test(thrown.message)) {
    return new RunFailure('call-depth', 'The run nested deeper than the stack allows.', node, { cause: thrown });
  }
  if (thrown instanceof Error)
    return new RunFailure('action-failed', thrown.message, node, { name: thrown.name, cause: thrown });
  return new RunFailure('action-failed', `An action failed with ${typeof thrown}, which is not an error.`, node);
};

export const errorShape = (failure: RunFailure): ErrorShape => ({
  name: failure.name,
  message: failure.message,
  code: failure.code,
  ...(failure.node !== undefined && { node: failure.node }),
});

export const limitReached = (
  code: 'step-limit' | 'timeout' | 'call-depth' | 'cancelled',
  message: string,
  node?: string,
): RunFailure => new RunFailure(code, message, node, { uncatchable: true });
