import { performance } from 'node:perf_hooks';
import type { Journal } from '../run/environment.ts';
import { position } from '../run/position.ts';
import type { Run } from '../run/run.ts';
import { parseTraceparent } from '../run/trace.ts';
import type { Channel } from './channel.ts';

/** How often waiting runs are looked at for their time limit, in milliseconds. */
const sweepMs = 50;

/**
 * Knows the runs that wait for something. The control process hears of each at the end of the turn in which it began to
 * wait, and of every further node; runs that never wait need no entry, since nothing can happen between their begin and end.
 */
export class RunJournal implements Journal {
  private readonly runs = new Set<Run>();
  private moves: Run[] = [];
  private readonly sweeper: NodeJS.Timeout;

  constructor(private readonly channel: Channel) {
    this.sweeper = setInterval(() => this.sweep(), sweepMs);
    this.sweeper.unref();
  }

  get size(): number {
    return this.runs.size;
  }

  began(run: Run): void {
    run.journaled = true;
    this.runs.add(run);
    this.channel.note([
      '+',
      run.id,
      run.operation.address,
      run.operation.version,
      run.begin,
      parseTraceparent(run.trigger?.traceparent)?.trace ?? null,
      run.trigger?.kind ?? 'simulation',
      requestOf(run),
    ]);
    if (run.at !== run.operation.address) this.channel.note(['@', run.id, run.at]);
  }

  moved(run: Run): void {
    run.dirty = true;
    if (this.moves.push(run) === 1) setImmediate(() => this.tellMoves());
  }

  ended(run: Run): void {
    run.journaled = false;
    this.runs.delete(run);
    this.channel.note(['-', run.id]);
  }

  private tellMoves(): void {
    // The turn in which runs went on is over.
    position.leave();
    const moved = this.moves;
    this.moves = [];
    for (const run of moved) {
      run.dirty = false;
      if (run.journaled) this.channel.note(['@', run.id, run.at]);
    }
  }

  private sweep(): void {
    const now = performance.now();
    for (const run of this.runs) run.expire(now);
  }

  /** Ends every waiting run, as a shutdown does when its time is over. */
  endAll(failure: () => Parameters<Run['end']>[0]): void {
    for (const run of this.runs) run.end(failure());
  }
}

function requestOf({ trigger }: Run): [method: string, path: string, remote: string] | null {
  const evidence = trigger?.evidence;
  return evidence === undefined ? null : [evidence.method, evidence.pathname, evidence.remote];
}
