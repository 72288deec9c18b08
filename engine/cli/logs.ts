import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { convertLine } from '../log/read/convert.ts';
import { mergeLogLines, parseLogLine, readLogLines } from '../log/read.ts';
import { parseTimePoint, timePointForms } from '../log/time-point.ts';
import { utcTime } from '../log/timestamp.ts';
import { parseQuery } from '../query/parse.ts';
import { createPredicate } from '../query/predicate.ts';
import { QueryFault } from '../query/query.ts';
import { createRecordFilter } from '../query/record-filter.ts';
import { firstRecordTime, followRecords, readRecords } from '../store/records.ts';
import { requireDataFolder } from './data-folder.ts';
import type { Io } from './io.ts';
import type { LogFilters } from './usage.ts';

export interface LogsOptions extends LogFilters {
  /** See engine/query/parse.ts. */
  query: string;
  dataDir: string;
}

/** Milliseconds since 1970, both included. */
interface Range {
  from?: number;
  to?: number;
}

/** Lines that were written while the stored ones were read come twice; so many of the last are known again. */
const knownLines = 50_000;

/**
 * `sluice logs`: what was logged on standard output, oldest first, with or without a running engine. It reads the stored
 * records, and before them what only the log files have still. With `follow` it goes on with new records until a signal.
 * Resolves with 2 for a query or a time that is none; throws a ControlFault where there is no data folder.
 */
export async function logs(options: LogsOptions, io: Io): Promise<number> {
  const refuse = (message: string): number => {
    io.stderr.write(`sluice logs: ${message}\n`);
    return 2;
  };
  const now = Date.now();
  const range: Range = {};
  for (const name of ['from', 'to'] as const) {
    const text = options[name];
    if (text === undefined) continue;
    const time = parseTimePoint(text, now, name);
    if (time === undefined) return refuse(`--${name} must be ${timePointForms}, found "${text}".`);
    range[name] = time;
  }
  requireDataFolder(options.dataDir);
  try {
    await print(options, range, io);
    return 0;
  } catch (thrown) {
    if (thrown instanceof QueryFault) return refuse(`the query is not right. ${thrown.message}`);
    throw thrown;
  }
}

async function print(
  { query, dataDir, level, file, node, follow, json }: LogsOptions,
  range: Range,
  io: Io,
): Promise<void> {
  const storeDir = join(dataDir, 'store');
  const fits = createRecordFilter({ q: query, level, file, node, ...range });
  const out = new LineWriter(io, json);
  const stop = new AbortController();
  // What comes from now on is waited for before the rest is read: so nothing is missed in between.
  const coming = follow ? followRecords(storeDir, { signal: stop.signal }) : undefined;
  const first = coming?.next();
  if (follow) for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    const begin = await firstRecordTime(storeDir);
    const older = begin === undefined ? range : { ...range, to: Math.min(begin - 1, range.to ?? begin) };
    if (older.from === undefined || older.to === undefined || older.from <= older.to) {
      const fitsLine = lineFilter(query, fits);
      const asked = { dir: join(dataDir, 'logs'), level, node, ...older };
      const lines = file === undefined ? mergeLogLines(asked) : readLogLines({ ...asked, file });
      for await (const line of lines) if (line !== '' && fitsLine(line) && !(await out.write(line))) return;
    }
    const known = new Set<string>();
    for await (const batch of readRecords(storeDir, range)) {
      if (stop.signal.aborted) return;
      for (const line of batch) {
        if (follow) remember(known, line);
        if (fits(line) && !(await out.write(line))) return;
      }
    }
    for (let next = await first; coming !== undefined && next?.done === false; next = await coming.next())
      for (const line of next.value) if (!known.has(line) && fits(line) && !(await out.write(line))) return;
  } finally {
    stop.abort();
    await coming?.return(undefined);
  }
}

function remember(known: Set<string>, line: string): void {
  known.add(line);
  if (known.size > knownLines) known.delete(known.values().next().value as string);
}

/** The test for lines of the log files. Plain ones have lost what was what: of fields, only time and level are known. */
function lineFilter(query: string, fits: (line: string) => boolean): (line: string) => boolean {
  const fitsQuery = createPredicate(parseQuery(query));
  return (line) => {
    const parsed = parseLogLine(line);
    if (parsed?.record) return fits(line);
    return fitsQuery({ ...(parsed && { time: utcTime(parsed.time), level: parsed.level }), message: line });
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
