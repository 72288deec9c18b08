import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { TestEngine } from './engine.ts';

/* Numbered lines: sent through a workflow, found again in the files and counted. */

type Level = 'debug' | 'info' | 'warning' | 'error';
type Counts = { [level in Level]: number };

/**
 * A server that logs. `POST /say` writes one line for each number in `ids`; `GET /ping` writes nothing. Neither leaves more
 * than its usage record otherwise.
 */
export const sayServer = {
  id: 'web',
  operations: [
    { id: 'ping', method: 'GET', path: '/ping', workflow: { actions: [], output: { body: 'pong' } } },
    {
      id: 'say',
      method: 'POST',
      path: '/say',
      workflow: {
        actions: [
          {
            id: 'each',
            action: 'iteration/map',
            input: {
              array: { $ref: ['request', 'body', 'ids'] },
              scope: 'item',
              foreach: {
                $do: {
                  actions: [
                    {
                      id: 'line',
                      action: 'system/log',
                      input: {
                        level: { $ref: ['request', 'body', 'level'] },
                        label: 'line',
                        value: { id: { $ref: ['item', 'value'] }, padding: { $ref: ['request', 'body', 'padding'] } },
                      },
                    },
                  ],
                },
              },
            },
            output: ['variables', 'said'],
          },
        ],
        output: { body: { said: { $ref: ['request', 'body', 'ids', -1] } } },
      },
    },
  ],
};

/** Writes a line for each id; resolves when the answer is there. */
export async function say(base: string, ids: readonly number[], level: Level = 'info', padding = 0): Promise<void> {
  const answer = await fetch(`${base}/say`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ids, level, padding: 'x'.repeat(padding) }),
  });
  if (answer.status !== 200) throw new Error(`Saying lines was answered ${answer.status}: ${await answer.text()}`);
  await answer.text();
}

/** Whole numbers from `from` up to, but not including, `to`. */
export const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** Names of a log's files in a folder, without the live name, which is one more name of the newest. */
export const datedFiles = (dir: string, file: 'user' | 'usage' = 'user'): string[] =>
  readdirSync(dir)
    .filter((name) => name.startsWith(`${file}-`) && /\.log(\.gz)?$/.test(name))
    .sort();

const textOf = (path: string): string =>
  (path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path)).toString();

/** All that a log and its predecessors hold. Only for folders in which nothing is being renamed. */
export const textOnDisk = (dir: string, file: 'user' | 'usage' = 'user'): string =>
  datedFiles(dir, file)
    .map((name) => textOf(join(dir, name)))
    .join('');

/** The ids of whole lines that `say` wrote, in the order of the text. */
export const idsIn = (text: string): number[] =>
  [...text.matchAll(/ line: \{"id":(\d+),"padding":"x*"\}/g)].map((match) => Number(match[1]));

/** The ids in a log and its predecessors, ascending. Whoever is doubled is there twice. */
export const idsOnDisk = (dir: string): number[] => idsIn(textOnDisk(dir)).sort((a, b) => a - b);

/** Those of `wanted` that are not in `found`. */
export const missing = (wanted: readonly number[], found: readonly number[]): number[] => {
  const there = new Set(found);
  return wanted.filter((id) => !there.has(id));
};

/** Lines that are not as one record must be: half ones, or two in one. */
export const brokenLines = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line !== '' && !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \[\w+\] {2}(?!.*\[\w+\] {2})/.test(line));

/** What an engine said of itself, for a test that found lines missing: why they are may be there. */
export const lastWords = (engine: TestEngine): string =>
  [
    engine.stderr,
    ...textOnDisk(join(engine.data, 'logs'), 'usage')
      .split('\n')
      .filter((line) => !/ (GET|POST) \//.test(line)),
  ].join('\n');

/** Lines that the engine says it dropped, by level: those of its workers and those of its files. */
export async function droppedBy(engine: TestEngine): Promise<Counts> {
  const { logs, workers } = await engine.health();
  const sum = { ...logs.dropped };
  for (const { dropped } of workers) for (const level of Object.keys(sum) as Level[]) sum[level] += dropped[level];
  return sum;
}

/** Sends `count` numbered lines a second, in requests of `perRequest`, until it is told to stop. */
export class Talker {
  /** Ids whose request was answered, with the time of the answer in milliseconds since 1970. */
  readonly acknowledged: { ids: readonly number[]; at: number }[] = [];
  /** Requests that were not answered with 200. */
  readonly failures: string[] = [];
  private next: number;
  private running = true;
  private readonly done: Promise<unknown>;

  constructor(
    private readonly base: string,
    private readonly options: {
      from?: number;
      perSecond: number;
      perRequest: number;
      level?: Level;
      padding?: number;
      /** Requests that are under way at a time. */
      lanes?: number;
    },
  ) {
    this.next = options.from ?? 0;
    this.done = Promise.all(Array.from({ length: options.lanes ?? 4 }, () => this.lane()));
  }

  /** All ids that were acknowledged. */
  get ids(): number[] {
    return this.acknowledged.flatMap(({ ids }) => ids);
  }

  /** The first id that has not been sent yet. */
  get following(): number {
    return this.next;
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.done;
  }

  private async lane(): Promise<void> {
    const { perSecond, perRequest, lanes = 4, level, padding } = this.options;
    const everyMs = (1000 * perRequest * lanes) / perSecond;
    for (let due = performance.now(); this.running; due += everyMs) {
      const early = due - performance.now();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      if (!this.running) break;
      const ids = range(this.next, this.next + perRequest);
      this.next += perRequest;
      try {
        await say(this.base, ids, level, padding);
        this.acknowledged.push({ ids, at: Date.now() });
      } catch (thrown) {
        this.failures.push(`${thrown} ${(thrown as Error).cause ?? ''}`);
        if (this.failures.length > 1000) return;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  }
}

/** Asks for /ping every 20 ms, as somebody else would who uses the same server; tells how that went. */
export function watchPing(base: string): { stop(): Promise<{ count: number; failed: string[]; slowestMs: number }> } {
  const seen = { count: 0, failed: [] as string[], slowestMs: 0 };
  let running = true;
  const done = (async () => {
    while (running) {
      const begun = performance.now();
      await fetch(`${base}/ping`, { signal: AbortSignal.timeout(10_000) }).then(
        async (answer) => {
          if ((await answer.text()) !== 'pong') seen.failed.push(String(answer.status));
        },
        (thrown) => seen.failed.push(String(thrown)),
      );
      seen.count++;
      seen.slowestMs = Math.max(seen.slowestMs, performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    async stop() {
      running = false;
      await done;
      return seen;
    },
  };
}
