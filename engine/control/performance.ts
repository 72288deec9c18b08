import process from 'node:process';
import type { Level } from '../document/types.ts';
import type { LogRecord, RecordKind } from '../log/record.ts';
import { addCounts, describeCounts, type LevelCounts, noLines } from '../log/sinks/levels.ts';
import { type LoopDelay, LoopDelayMeter } from '../wire/loop-delay.ts';
import type { WorkerVitals } from '../wire/messages.ts';

const minuteMs = 60_000;

/** How the processes fare, as of a moment. */
export interface PerformanceFigures {
  control: { loopDelayMs: LoopDelay; rssBytes: number; heapBytes: number };
  /** Without workers that have not told anything yet; `loopDelayMs` is null for one that has not answered in time. */
  workers: ({ name: string } & Omit<WorkerVitals, 'loopDelayMs'> & { loopDelayMs: LoopDelay | null })[];
  /** Bytes of records that wait for the disk in the control process. */
  queueBytes: number;
  /** Records that were dropped since the start, by level, in all processes. */
  dropped: LevelCounts;
  /** Those who follow records. */
  streams: number;
}

/** What the figures are taken from. */
export interface PerformanceSource {
  /** Asks every worker; null for one that does not answer in time. */
  measure(): Promise<{ name: string; now: WorkerVitals | null; last: WorkerVitals | null }[]>;
  logs(): { backlog: number; dropped: LevelCounts };
  streams(): number;
  record(level: Level, kind: RecordKind, event: string, message: string, about: Partial<LogRecord>): void;
}

/** Writes once a minute how the processes fare. */
export class PerformanceRecords {
  /** What the last record said; null before the first. */
  last: PerformanceFigures | null = null;
  private readonly meter = new LoopDelayMeter();
  private readonly timer: NodeJS.Timeout;
  private isBusy = false;

  constructor(
    private readonly source: PerformanceSource,
    everyMs = minuteMs,
  ) {
    // What fails once is measured again the next time.
    this.timer = setInterval(() => void this.tell().catch(() => {}), everyMs);
    this.timer.unref();
  }

  close(): void {
    clearInterval(this.timer);
    this.meter.close();
  }

  private async tell(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      this.last = await this.take();
      this.source.record('info', 'performance', 'performance', inWords(this.last), { value: this.last });
    } finally {
      this.isBusy = false;
    }
  }

  private async take(): Promise<PerformanceFigures> {
    const answers = await this.source.measure();
    const workers = answers.flatMap(({ name, now, last }): PerformanceFigures['workers'] => {
      if (now !== null) return [{ name, ...now }];
      return last === null ? [] : [{ name, ...last, loopDelayMs: null }];
    });
    const { rss, heapUsed } = process.memoryUsage();
    const { backlog, dropped } = this.source.logs();
    const allDropped = noLines();
    for (const counts of [dropped, ...workers.map((worker) => worker.dropped)]) addCounts(allDropped, counts);
    return {
      control: { loopDelayMs: this.meter.take(), rssBytes: rss, heapBytes: heapUsed },
      workers,
      queueBytes: backlog,
      dropped: allDropped,
      streams: this.source.streams(),
    };
  }
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;
const delay = (measured: LoopDelay | null): string =>
  measured === null ? 'no answer' : `loop delay ${measured.p99} ms (p99), ${measured.max} ms (max)`;

function inWords({ control, workers, queueBytes, dropped }: PerformanceFigures): string {
  const parts = [
    `Performance. Control process: ${delay(control.loopDelayMs)}, ${mebibytes(control.rssBytes)}.`,
    ...workers.map(
      ({ name, loopDelayMs, rssBytes, requests, errors, running }) =>
        `Worker ${name}: ${delay(loopDelayMs)}, ${mebibytes(rssBytes)}, ${requests} requests, ${errors} errors, ${running} running.`,
    ),
    `${queueBytes} bytes of records wait; dropped: ${describeCounts(dropped) || 'none'}.`,
  ];
  return parts.join(' ');
}
