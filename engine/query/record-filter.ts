import type { Level } from '../document/types.ts';
import { type LogFile, levels, type RecordKind, rankOf } from '../log/record.ts';
import { finder } from './finder.ts';
import { headOf, type LineHead } from './line-head.ts';
import { literalsOf } from './literals.ts';
import { parseQuery } from './parse.ts';
import { createPredicate, type Subject } from './predicate.ts';
import type { Query } from './query.ts';

/** What records must be. What is left out does not matter. */
export interface RecordAsk {
  /** A query; see parse.ts. */
  q?: string | undefined;
  /** The lowest level. */
  level?: Level | undefined;
  /** An address: records of that node and all below it. */
  node?: string | undefined;
  /** Id of a run. */
  run?: string | undefined;
  kind?: RecordKind | undefined;
  /** user.log holds what workflows say, usage.log all else. */
  file?: LogFile | undefined;
  /** Milliseconds since 1970, both included. */
  from?: number | undefined;
  to?: number | undefined;
}

type Head = { readonly [key in keyof LineHead]: unknown };

/**
 * Makes the test for the JSON of a record. Cheap tests come first; a line is parsed only when they leave it open, and one
 * that is no JSON then does not fit.
 * @throws QueryFault
 */
export function createRecordFilter(ask: RecordAsk): (line: string) => boolean {
  const { q = '' } = ask;
  const query = parseQuery(q);
  const fitsHead = headTest(ask);
  const mayFit = markTest(ask);
  const holdsLiteral = literalTest(query);
  const isAll = query.kind === 'and' && query.of.length === 0;
  const fitsQuery = createPredicate(query);
  return (line) => {
    if (!mayFit(line) || !holdsLiteral(line)) return false;
    const found = fitsHead === null ? null : headOf(line);
    if (found !== null && !(fitsHead as (head: Head) => boolean)(found)) return false;
    // A line of another form is asked again when it is parsed.
    const isOpen = fitsHead !== null && found === null;
    if (isAll && !isOpen) return true;
    const record = recordIn(line);
    if (record === null || (isOpen && !fitsHead(record as Head))) return false;
    return fitsQuery(record);
  };
}

function recordIn(line: string): Subject | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && !Array.isArray(value) ? (value as Subject | null) : null;
  } catch {
    return null;
  }
}

/** null when there is nothing to test. */
function headTest({ level, node, run, kind, file, from, to }: RecordAsk): ((head: Head) => boolean) | null {
  const tests: ((head: Head) => boolean)[] = [];
  if (level !== undefined && level !== 'debug') {
    tests.push((head) => (rankOf[head.level as Level] ?? rankOf.info) >= rankOf[level]);
  }
  if (kind !== undefined) tests.push((head) => head.kind === kind);
  if (file !== undefined) tests.push((head) => (head.kind === 'application') === (file === 'user'));
  if (run !== undefined) tests.push((head) => head.run === run);
  if (node !== undefined) tests.push((head) => isWithin(head.node, node));
  if (from !== undefined || to !== undefined) tests.push((head) => isBetween(head.time, from, to));
  return tests.length === 0 ? null : (head) => tests.every((test) => test(head));
}

const isWithin = (address: unknown, node: string): boolean =>
  typeof address === 'string' &&
  address.startsWith(node) &&
  (address.length === node.length || address[node.length] === '/');

function isBetween(written: unknown, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY): boolean {
  const time = typeof written === 'string' ? Date.parse(written) : Number.NaN;
  return time >= from && time <= to;
}

/** Whether a line may fit: it holds what the keys look like in JSON. Most lines need no other look. */
function markTest({ level, node, run, kind, file }: RecordAsk): (line: string) => boolean {
  const marks: string[][] = [];
  if (level === 'warning' || level === 'error') {
    marks.push(levels.slice(rankOf[level]).map((each) => `"level":"${each}"`));
  }
  if (kind !== undefined) marks.push([`"kind":"${kind}"`]);
  if (file === 'user') marks.push(['"kind":"application"']);
  if (node !== undefined) marks.push([`"node":${JSON.stringify(node).slice(0, -1)}`]);
  if (run !== undefined) marks.push([`"run":${JSON.stringify(run)}`]);
  return (line) => marks.every((either) => either.some((mark) => line.includes(mark)));
}

/** Whether a line may fit: it holds the longest text without which it cannot. */
function literalTest(query: Query): (line: string) => boolean {
  const literals = literalsOf(query);
  if (literals.length === 0) return () => true;
  const longest = literals.reduce((best, other) => (other.length > best.length ? other : best));
  const find = finder(longest);
  return (line) => find(line) >= 0 || find(line.toLowerCase()) >= 0;
}
