import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long at a time, in milliseconds. */
const turnMs = 4;

/** How long something may go on, and when it lets others have their turn. */
export class Pace {
  private readonly end: number;
  private turnEnd = performance.now() + turnMs;

  constructor(
    withinMs: number,
    private readonly signal?: AbortSignal,
  ) {
    this.end = performance.now() + withinMs;
  }

  /** No time is left, or nobody waits for it any more. */
  get isOver(): boolean {
    return this.signal?.aborted === true || performance.now() >= this.end;
  }

  /** Lets others go first if this has gone on for some milliseconds. */
  async breathe(): Promise<void> {
    if (performance.now() < this.turnEnd) return;
    await nextTurn();
    this.turnEnd = performance.now() + turnMs;
  }
}
