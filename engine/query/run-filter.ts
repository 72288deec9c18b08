import type { Level } from '../document/types.ts';
import { rankOf } from '../log/record.ts';
import type { RunHead, RunState } from '../store/run-head.ts';
import { runFields } from './fields.ts';
import { parseQuery } from './parse.ts';
import { createPredicate, fieldOf, levelOfRun, type Subject } from './predicate.ts';

/** What runs must be. What is left out does not matter. */
export interface RunAsk {
  /** A query over the keys of a run's head; see parse.ts. */
  q?: string | undefined;
  /** Ids. */
  server?: string | undefined;
  service?: string | undefined;
  client?: string | undefined;
  operation?: string | undefined;
  type?: string | undefined;
  state?: RunState | undefined;
  /** An HTTP status such as 404, or a class such as 4xx. */
  status?: string | undefined;
  /** The lowest level: a run that failed is an error, one that was cancelled or answered 4xx a warning. */
  level?: Level | undefined;
  /** The shortest duration; of a run that is under way, so far. */
  minMs?: number | undefined;
  /** When it ended, in milliseconds since 1970, both included; for a run that is under way, now. */
  from?: number | undefined;
  to?: number | undefined;
}

const parts = ['server', 'service', 'client', 'operation', 'type', 'state'] as const;

/**
 * Makes the test for the head of a run.
 * @throws QueryFault
 */
export function createRunFilter(ask: RunAsk): (head: RunHead) => boolean {
  const { q = '', status, level, minMs = 0, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = ask;
  const fitsQuery = createPredicate(parseQuery(q, runFields));
  const lowest = level === undefined ? 0 : rankOf[level];
  const asked = parts.filter((part) => ask[part] !== undefined);
  return (head) => {
    const subject = head as unknown as Subject;
    if (asked.some((part) => fieldOf(subject, part) !== ask[part])) return false;
    if (status !== undefined && !hasStatus(head.status, status)) return false;
    if (rankOf[levelOfRun(subject) ?? 'info'] < lowest) return false;
    const begun = Date.parse(head.begin);
    const ms = head.ms ?? Date.now() - begun;
    return ms >= minMs && begun + ms >= from && begun + ms <= to && fitsQuery(subject);
  };
}

const hasStatus = (found: number | null, wanted: string): boolean =>
  found !== null && (wanted.endsWith('xx') ? Math.floor(found / 100) === Number(wanted[0]) : found === Number(wanted));
