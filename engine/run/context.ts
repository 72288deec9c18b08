import type { ActionContext, Host } from '../../actions/kit/define.ts';
import type { Level } from '../document/types.ts';
import { rankOf } from '../log/record.ts';
import { callOperation } from './execute.ts';
import type { NodeAt } from './observer.ts';
import type { Scopes } from './scopes.ts';
import { signalsOf } from './time-limit.ts';

/** What a step gives instead of a result when scope/break ended its workflow. */
export class Break {
  constructor(readonly value: unknown) {}
}

/** The engine as one execution of one action sees it. */
export class StepContext implements ActionContext {
  broken: Break | null = null;

  constructor(
    private readonly node: NodeAt,
    private readonly lowestRank: number,
    private readonly scopes: Scopes,
  ) {}

  get signal(): AbortSignal {
    const { run, limit } = this.scopes;
    return limit === null ? run.signal : AbortSignal.any([run.signal, ...signalsOf(limit)]);
  }

  get host(): Host {
    return this.scopes.run.environment.host;
  }

  log(level: Level, label: string | undefined, value: unknown): void {
    const { run } = this.scopes;
    if (rankOf[level] >= this.lowestRank) run.environment.observer.said(run, this.node, level, label, value);
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

  break(value: unknown): void {
    this.broken = new Break(value);
  }
}
