import { RunFailure } from './failure.ts';
import { Limit } from './limit.ts';

/** The time limit of an action or of a called operation, besides that of the whole run. Its failure can be caught. */
export class TimeLimit extends Limit {
  constructor(
    private readonly ms: number,
    private readonly what: string,
    outer: Limit | null,
  ) {
    super(outer);
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
        reject(this.failure());
        this.end(this.failure());
      }, this.ms);
    });
    try {
      return await Promise.race([work(), over]);
    } finally {
      clearTimeout(timer);
    }
  }
}
