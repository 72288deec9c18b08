import type { NodeRun } from '../state/shown-run.ts';

/** Milliseconds with their unit, as in `38.6 ms`, `2,000 ms` and `12.5 s`. */
export function msText(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toLocaleString('en', { maximumFractionDigits: 1 })} s`;
  return `${ms.toLocaleString('en', { minimumFractionDigits: ms < 100 ? 1 : 0, maximumFractionDigits: ms < 100 ? 1 : 0 })} ms`;
}

const words: Record<NodeRun['state'], string> = {
  ok: 'succeeded',
  failed: 'failed',
  'holds-failure': 'holds a failure',
  'not-reached': 'not reached',
  running: 'running',
};

/** A state in words, as in `succeeded in 4.6 ms, 3 items`. */
export function stateWords({ state, ms, count, reason, isStale }: NodeRun): string {
  const time = ms === undefined ? '' : ` ${state === 'failed' ? 'after' : 'in'} ${msText(ms)}`;
  const items = count === undefined ? '' : `, ${itemsText(count)}`;
  const why = reason === undefined || state !== 'failed' ? '' : `: ${reason}`;
  return `${words[state]}${time}${items}${why}${isStale ? ', changed since' : ''}`;
}

export const itemsText = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'item' : 'items'}`;
