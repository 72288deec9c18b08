import { once } from 'node:events';
import { join } from 'node:path';
import { ControlFault } from '../control/control.ts';
import { quote as shown } from '../document/found.ts';
import { bare, isOrdinary, quote } from '../log/escape.ts';
import { parseTimePoint, timePointForms } from '../log/time-point.ts';
import { localTime } from '../log/timestamp.ts';
import { QueryFault } from '../query/query.ts';
import { createRunFilter } from '../query/run-filter.ts';
import type { RunHead } from '../store/run-head.ts';
import { findRuns } from '../store/runs.ts';
import { requireDataFolder } from './data-folder.ts';
import type { Io } from './io.ts';
import { runningEngine } from './running-engine.ts';
import type { RunFilters } from './usage.ts';

export interface RunsOptions extends RunFilters {
  /** See engine/query/parse.ts, with the fields of runs. */
  query: string;
  dataDir: string;
}

interface Asked {
  /** Milliseconds since 1970, both included. */
  from?: number;
  to?: number;
  limit: number;
  fits(head: RunHead): boolean;
}

const usualLimit = 50;
const largestLimit = 10_000;
/** Milliseconds that an engine may take to say what it is at. */
const answerMs = 10_000;
/** As many as one answer of the API can hold. */
const mostRunning = 1000;

/**
 * `sluice runs`: the last runs that fit, a line each, the newest at the bottom where a terminal shows it. Those that ended are
 * read from the store; those under way are asked of the engine, where one runs. Resolves with 2 for a query, a time or a limit that is none,
 * throws a ControlFault where there is no data folder.
 */
export async function runs(options: RunsOptions, io: Io): Promise<number> {
  const asked = read(options);
  if (typeof asked === 'string') {
    io.stderr.write(`sluice runs: ${asked}\n`);
    return 2;
  }
  requireDataFolder(options.dataDir);
  // An engine that is asked also writes down what has just ended.
  const underWay = await running(options, io);
  const heads = options.state === 'running' ? [] : await ended(join(options.dataDir, 'store'), asked);
  const known = new Set(heads.map(({ id }) => id));
  const oldestFirst = [...underWay.filter((head) => !known.has(head.id) && asked.fits(head)), ...heads].reverse();
  const found = oldestFirst.slice(-asked.limit);
  await print(options.json ? found.map((head) => JSON.stringify(head)) : table(found), io);
  return 0;
}

/** What is asked for, or what is wrong with it. */
function read({ query, state, from, to, limit = String(usualLimit) }: RunsOptions): Asked | string {
  const now = Date.now();
  const range: { from?: number; to?: number } = {};
  for (const [name, text] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (text === undefined) continue;
    const time = parseTimePoint(text, now, name);
    if (time === undefined) return `--${name} must be ${timePointForms}, found ${shown(text)}.`;
    range[name] = time;
  }
  const most = /^\d{1,6}$/.test(limit) ? Number(limit) : Number.NaN;
  if (!(most >= 1 && most <= largestLimit))
    return `--limit must be a whole number from 1 to ${largestLimit}, found ${shown(limit)}.`;
  try {
    return { ...range, limit: most, fits: createRunFilter({ q: query, state, ...range }) };
  } catch (thrown) {
    if (thrown instanceof QueryFault) return `the query is not right. ${thrown.message}`;
    throw thrown;
  }
}

/** Runs that have ended, newest first. */
async function ended(dir: string, { limit, ...asked }: Asked): Promise<RunHead[]> {
  const heads: RunHead[] = [];
  for (let cursor: string | undefined; heads.length < limit; ) {
    const page = await findRuns(dir, {
      ...asked,
      limit: limit - heads.length,
      ...(cursor !== undefined && { cursor }),
    });
    heads.push(...page.runs);
    if (page.cursor === null) break;
    ({ cursor } = page);
  }
  return heads;
}

/** Runs under way, newest first; none where no engine runs. */
async function running({ dataDir, state }: RunsOptions, io: Io): Promise<RunHead[]> {
  if (state !== undefined && state !== 'running') return [];
  try {
    const engine = await runningEngine(dataDir);
    if (engine === null) return [];
    const path = `/api/runs?state=running&limit=${mostRunning}`;
    const { status, json } = await engine.call('GET', path, undefined, answerMs);
    if (status !== 200) throw new ControlFault(503, `The engine at ${engine.url} answered ${status}.`);
    return (json as unknown as { runs: RunHead[] }).runs;
  } catch (thrown) {
    if (!(thrown instanceof ControlFault)) throw thrown;
    io.stderr.write(`sluice runs: runs under way are not among these. ${thrown.message}\n`);
    return [];
  }
}

/** Begin, state, type, operation, status, duration, id and error, in columns. */
function table(heads: readonly RunHead[]): string[] {
  const rows = heads.map(({ begin, state, type, node, status, ms, id }) => [
    localTime(Date.parse(begin)),
    state,
    safe(type),
    safe(node),
    status === null ? '-' : String(status),
    ms === null ? '-' : `${ms.toFixed(1)}ms`,
    safe(id),
  ]);
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  return rows.map((row, i) => {
    const line = row.map((cell, column) =>
      column === msColumn ? cell.padStart(widths[column] as number) : cell.padEnd(widths[column] as number),
    );
    return [...line, ...failure(heads[i] as RunHead)].join('  ');
  });
}

const msColumn = 5;

/** `enough (raised) at server/hello/get-hello/check` */
function failure({ error, node }: RunHead): string[] {
  if (error === null) return [];
  const at = error.node === undefined || error.node === node ? '' : ` at ${safe(error.node)}`;
  return [`${safe(error.message)} (${safe(error.code)})${at}`];
}

/** A text that cannot break or disguise its line; what was cut, as JSON. */
function safe(text: unknown): string {
  if (typeof text !== 'string') return quote(JSON.stringify(text)).slice(1, -1);
  return isOrdinary(text) ? text : bare(quote(text));
}

/** Writes lines no faster than they are taken, until nobody takes them any more, as after `| head`. */
async function print(lines: readonly string[], { stdout }: Io): Promise<void> {
  let isClosed = false;
  stdout.once('error', () => {
    isClosed = true;
  });
  for (const line of lines) {
    if (isClosed) return;
    if (!stdout.write(`${line}\n`)) await Promise.race([once(stdout, 'drain'), once(stdout, 'error')]).catch(() => {});
  }
}
