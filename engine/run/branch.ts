import type { ActionFailure, Branch } from '../../actions/kit/define.ts';
import { Limit } from './limit.ts';
import type { Scopes } from './scopes.ts';

/**
 * A branch of steps that run beside others. They see a copy of the variables and of the scopes of iterations around, so that
 * nothing that one branch writes is there for another, and they can be ended alone.
 */
export class RunBranch extends Limit implements Branch {
  private copy: Scopes | null = null;

  cancel(reason: ActionFailure): void {
    this.end(reason);
  }

  /**
   * Performs steps in this branch: always with the same copy, so that what one leaves is there for the next. Whoever ends a
   * branch need not wait for them, so their failure is never one that nobody heard of.
   */
  perform(scopes: Scopes, locals: Record<string, unknown> | undefined, work: (scopes: Scopes) => unknown): unknown {
    this.copy ??= scopes.beside(this);
    const result = work(locals === undefined ? this.copy : this.copy.within(locals));
    if (result instanceof Promise) result.catch(() => {});
    return result;
  }
}
