import { performance } from 'node:perf_hooks';
import type { Journal } from '../run/environment.ts';
import type { RunFailure } from '../run/failure.ts';
import type { Run } from '../run/run.ts';

/** Keeps the time limits of runs in a process that nobody supervises. */
export class LocalJournal implements Journal {
  private readonly runs = new Set<Run>();
  private readonly sweeper = setInterval(() => {
    const now = performance.now();
    for (const run of this.runs) run.expire(now);
  }, 50);

  constructor() {
    this.sweeper.unref();
  }

  began(run: Run): void {
    this.runs.add(run);
  }

  moved(): void {}

  ended(run: Run): void {
    this.runs.delete(run);
  }

  endAll(failure: RunFailure): void {
    for (const run of this.runs) run.end(failure);
  }
}
