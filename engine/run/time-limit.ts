import { RunFailure } from './failure.ts';

/**
 * The time limit of an action or of a called operation, besides that of the whole run. Steps inside look at it before
 * they begin, and what they wait for hears of it through their signal. Its failure can be caught.
 */
export class TimeLimit {
  private ended: RunFailure | null = null;
  private readonly controller = new AbortController();

  constructor(
    private readonly ms: number,
    private readonly what: string,
    readonly outer: TimeLimit | null,
  ) {}

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** @throws RunFailure timeout when this limit, or one around it, is over */
  check(): void {
    if (this.ended !== null) throw this.ended;
    this.outer?.check();
  }

  private failure(): RunFailure {
    return new RunFailure('timeout', `${this.what} took longer than its timeoutMs of ${this.ms}.`);
  }

  /** Does the work, but waits for it no longer than the limit. */
  async within(work: () => unknown): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        // What is limited fails at its own node, and steps inside that are cut short at theirs.
        this.ended = this.failure();
        reject(this.failure());
        this.controller.abort(this.ended);
      }, this.ms);
    });
    try {
      return await Promise.race([work(), over]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The signals of a limit and those around it, innermost first. */
export function signalsOf(limit: TimeLimit | null): AbortSignal[] {
  return limit === null ? [] : [limit.signal, ...signalsOf(limit.outer)];
}
