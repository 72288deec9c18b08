import { Readable } from 'node:stream';
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Level } from '../document/types.ts';
import { logFiles } from './file-names.ts';
import { levelOf, timeOf } from './parse-line.ts';
import { convertLine } from './read/convert.ts';
import { csvHeader, csvRows } from './read/csv.ts';
import { fullLines, type ReadRecords } from './read/full.ts';
import { linesOfFile } from './read/lines.ts';
import { type LogFileEntry, listLogFiles } from './read/list.ts';
import { type LogFile, rankOf } from './record.ts';

export { parseLogLine } from './parse-line.ts';
export { followLogLines } from './read/follow.ts';
export { listLogFiles } from './read/list.ts';

export interface LogRange {
  /** Milliseconds since 1970, both included. */
  from?: number | undefined;
  to?: number | undefined;
}

export interface LogQuery extends LogRange {
  dir: string;
  file: LogFile;
  /** The lowest level. */
  level?: Level | undefined;
  /** An address: lines about that node and all below it. A plain `system/log` line does not say its node. */
  node?: string | undefined;
}

/**
 * The lines of a log, oldest first, out of its predecessors and the live file, in both formats. Reads no faster than it is
 * asked; rotations in between neither lose nor double a line. A line without a time, in a file that somebody edited, goes
 * with the line before it.
 */
export async function* readLogLines({ dir, file, from, to, level, node }: LogQuery): AsyncGenerator<string> {
  const fits = createFilter({ from, to, level, node });
  for (const entry of await listLogFiles(dir, file)) {
    if (!mayOverlap(entry, from, to)) continue;
    for await (const lines of linesOfFile(entry, from)) for (const line of lines) if (fits(line)) yield line;
  }
}

const dayMs = 86_400_000;

/** A file holds lines of its day; a day on either side allows for clocks, zones, and lines that had to wait. */
const mayOverlap = ({ date }: LogFileEntry, from?: number, to?: number): boolean => {
  const begin = new Date(`${date}T00:00:00`).getTime();
  if (Number.isNaN(begin)) return true;
  return (from === undefined || begin + 2 * dayMs >= from) && (to === undefined || begin - dayMs <= to);
};

const createFilter = ({ from, to, level, node }: Omit<LogQuery, 'dir' | 'file'>): ((line: string) => boolean) => {
  const lowest = level === undefined ? 0 : rankOf[level];
  const about = node === undefined ? undefined : createNodeTest(node);
  let inRange = from === undefined && to === undefined;
  return (line) => {
    if (from !== undefined || to !== undefined) {
      const time = timeOf(line);
      if (time !== undefined) inRange = (from === undefined || time >= from) && (to === undefined || time <= to);
    }
    if (!inRange) return false;
    if (lowest > 0 && rankOf[levelOf(line) ?? 'info'] < lowest) return false;
    return about === undefined || about(line);
  };
};

const nodeKey = /^\{"id":"[^"]*","time":"[^"]*","level":"[^"]*","kind":"[^"]*","event":"[^"]*","node":"([^"]*)"/;

const createNodeTest = (node: string): ((line: string) => boolean) => {
  const isIt = (address: string) => address === node || address.startsWith(`${node}/`);
  return (line) => {
    if (line.startsWith('{')) return isIt(nodeKey.exec(line)?.[1] ?? '');
    for (let at = line.indexOf(` ${node}`); at >= 0; at = line.indexOf(` ${node}`, at + 1)) {
      const after = line[at + 1 + node.length];
      if (after === undefined || after === ' ' || after === '/') return true;
    }
    return false;
  };
};

export interface DownloadOptions extends LogRange {
  dir: string;
  file: LogFile;
  format: DownloadFormat;
  /** Whole records, for `json` and `csv`; without it they are made of lines, of which plain ones have lost something. */
  records?: ReadRecords | undefined;
}

export type DownloadFormat = 'plain' | 'json' | 'csv';

const chunkLength = 64 * 1024;
/** Lines that become rows in one go. */
const rowsAtOnce = 100;

/**
 * A log as one text, its beginning first: a stream of UTF-8 that reads the disk no faster than it is read itself. Rotations
 * in between neither lose nor double a line.
 */
export function download({ dir, file, from, to, format, records }: DownloadOptions): Readable {
  const read = (range: LogRange) => readLogLines({ dir, file, ...range });
  if (format === 'plain') return textOf(read({ from, to }), (line) => `${convertLine(line, 'plain')}\n`);
  const lines = fullLines({ file, from, to }, read, records ?? noRecords);
  return format === 'json' ? textOf(lines, (line) => `${line}\n`) : Readable.from(csvOf(lines), { objectMode: false });
}

async function* noRecords(): AsyncGenerator<string[]> {}

function textOf(lines: AsyncGenerator<string>, toText: (line: string) => string): Readable {
  const chunks = async function* (): AsyncGenerator<string> {
    let chunk = '';
    for await (const line of lines) {
      if (line === '') continue;
      chunk += toText(line);
      if (chunk.length < chunkLength) continue;
      yield chunk;
      chunk = '';
      await othersTurn();
    }
    if (chunk !== '') yield chunk;
  };
  return Readable.from(chunks(), { objectMode: false });
}

async function* csvOf(lines: AsyncGenerator<string>): AsyncGenerator<string> {
  yield csvHeader;
  let batch: string[] = [];
  for await (const line of lines) {
    if (batch.push(line) < rowsAtOnce) continue;
    yield csvRows(batch);
    batch = [];
    await othersTurn();
  }
  if (batch.length > 0) yield csvRows(batch);
}

/** The lines of both logs in the order of time; see readLogLines. */
export async function* mergeLogLines({ dir, ...filter }: Omit<LogQuery, 'file'>): AsyncGenerator<string> {
  const sources = logFiles.map((file) => ({
    lines: readLogLines({ dir, file, ...filter }),
    line: undefined as string | undefined,
    time: Number.NEGATIVE_INFINITY,
  }));
  const advance = async (source: (typeof sources)[number]) => {
    const { value, done } = await source.lines.next();
    source.line = done ? undefined : value;
    if (source.line !== undefined) source.time = timeOf(source.line) ?? source.time;
  };
  try {
    for (const source of sources) await advance(source);
    for (;;) {
      const waiting = sources.filter(({ line }) => line !== undefined);
      const next = waiting.reduce(
        (first, other) => (other.time < first.time ? other : first),
        waiting[0] as (typeof sources)[number],
      );
      if (next === undefined) return;
      yield next.line as string;
      await advance(next);
    }
  } finally {
    for (const { lines } of sources) await lines.return(undefined);
  }
}
