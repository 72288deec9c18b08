import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { convertLine } from '../log/read/convert.ts';
import { followLogLines, mergeLogLines, parseLogLine, readLogLines } from '../log/read.ts';
import { type LogFile, rankOf } from '../log/record.ts';
import { parseTimePoint, timePointForms } from '../log/time-point.ts';
import type { Io } from './io.ts';
import type { LogFilters } from './usage.ts';

export interface LogsOptions extends LogFilters {
  /** Words that must all occur, "phrases" in quotes, -words that must not; case does not matter. */
  query: string;
  dataDir: string;
}

/**
 * `sluice logs`: lines of the log files on standard output, oldest first, with or without a running engine. With `follow`
 * it goes on with new lines until a signal. Resolves with 2 for a time that is none.
 */
export async function logs(
  { query, dataDir, from, to, level, file, follow, json }: LogsOptions,
  io: Io,
): Promise<number> {
  const now = Date.now();
  const range: { from?: number | undefined; to?: number | undefined } = {};
  for (const [name, text] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (text === undefined) continue;
    range[name] = parseTimePoint(text, now);
    if (range[name] === undefined) {
      io.stderr.write(`sluice logs: --${name} must be ${timePointForms}, found "${text}".\n`);
      return 2;
    }
  }
  const dir = join(dataDir, 'logs');
  const matches = matcher(query);
  const out = new LineWriter(io, json);
  const stored =
    file === undefined ? mergeLogLines({ dir, level, ...range }) : readLogLines({ dir, file, level, ...range });
  for await (const line of stored) if (line !== '' && matches(line) && !(await out.write(line))) return 0;
  if (follow) await followAll(dir, file, (line) => isAtLeast(line, level) && matches(line), out);
  return 0;
}

async function followAll(
  dir: string,
  file: LogFile | undefined,
  fits: (line: string) => boolean,
  out: LineWriter,
): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const files: LogFile[] = file === undefined ? ['user', 'usage'] : [file];
  await Promise.all(
    files.map(async (each) => {
      for await (const line of followLogLines({ dir, file: each, signal: stop.signal })) {
        if (fits(line) && !(await out.write(line))) stop.abort();
      }
    }),
  );
}

const isAtLeast = (line: string, level: LogFilters['level']): boolean =>
  level === undefined || rankOf[parseLogLine(line)?.level ?? 'info'] >= rankOf[level];

/** A test for the words of a query. */
function matcher(query: string): (line: string) => boolean {
  const terms = [...query.matchAll(/(-?)(?:"([^"]*)"|(\S+))/g)].map(([, minus, phrase, word]) => ({
    wanted: minus === '',
    text: (phrase ?? word ?? '').toLowerCase(),
  }));
  return (line) => {
    const text = line.toLowerCase();
    return terms.every((term) => text.includes(term.text) === term.wanted);
  };
}

/** Writes lines no faster than they are taken; knows when nobody reads any more, as after `| head`. */
class LineWriter {
  private closed = false;
  constructor(
    private readonly io: Io,
    private readonly json: boolean,
  ) {
    io.stdout.on('error', () => {
      this.closed = true;
    });
  }

  async write(line: string): Promise<boolean> {
    if (this.closed) return false;
    const text = this.json ? convertLine(line, 'json') : line.startsWith('{') ? convertLine(line, 'plain') : line;
    if (!this.io.stdout.write(`${text}\n`))
      await Promise.race([once(this.io.stdout, 'drain'), once(this.io.stdout, 'error')]).catch(() => {});
    return !this.closed;
  }
}
