import type { ActionContext, Branch, Host } from '../../actions/kit/define.ts';
import { expressionOf } from '../compile/expressions.ts';
import type { Level } from '../document/types.ts';
import { rankOf } from '../log/record.ts';
import { RunBranch } from './branch.ts';
import { callOperation, performWorkflow } from './execute.ts';
import { signalsOf } from './limit.ts';
import type { NodeAt } from './observer.ts';
import type { Scopes } from './scopes.ts';

/** What a step gives instead of a result when scope/break ended its workflow. */
export class Break {
  constructor(readonly value: unknown) {}
}

/** The engine as one execution of one action sees it. */
export class StepContext implements ActionContext {
  broken: Break | null = null;
  /** That of this attempt, also when it goes on beside the next one. */
  private readonly limit: Scopes['limit'];

  constructor(
    private readonly at: NodeAt,
    private readonly lowestRank: number,
    private readonly scopes: Scopes,
  ) {
    this.limit = scopes.limit;
  }

  get node(): string {
    return this.at.address;
  }

  get signal(): AbortSignal {
    const { limit } = this;
    const { run } = this.scopes;
    return limit === null ? run.signal : AbortSignal.any([run.signal, ...signalsOf(limit)]);
  }

  get host(): Host {
    return this.scopes.run.environment.host;
  }

  log(level: Level, label: string | undefined, value: unknown): void {
    const { run } = this.scopes;
    if (rankOf[level] >= this.lowestRank) run.environment.observer.said(run, this.at, level, label, value);
  }

  call(address: string, input: unknown): unknown {
    return callOperation(this.scopes, address, input);
  }

  sleep(ms: number): Promise<void> {
    const { signal } = this;
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const stop = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      // setTimeout wraps beyond 2^31 ms; no run lasts that long.
      const timer = setTimeout(
        () => {
          signal.removeEventListener('abort', stop);
          resolve();
        },
        Math.min(Math.max(ms, 0), 2 ** 31 - 1),
      );
      signal.addEventListener('abort', stop, { once: true });
    });
  }

  branch(): Branch {
    return new RunBranch(this.limit);
  }

  perform(workflow: unknown, input: unknown): Promise<unknown> {
    return performWorkflow(this.scopes, this.at, workflow, input);
  }

  evaluate(expression: string, data: unknown): unknown {
    return expressionOf(expression)(data);
  }

  break(value: unknown): void {
    this.broken = new Break(value);
  }
}
