import type { Level } from '../../document/types.ts';
import { rankOf } from '../../log/record.ts';
import { headOf } from '../../query/line-head.ts';
import { levelOfRun, type Subject } from '../../query/predicate.ts';
import { firstRecordTime, readRecords, recordsOfRun } from '../../store/records.ts';
import type { RunHead } from '../../store/run-head.ts';
import { around, type StoredRun } from '../../store/runs.ts';
import type { Control } from '../control.ts';
import { lookMs } from './stored-page.ts';

const mostRecords = 10_000;

export interface RunRecords {
  /** JSON texts, oldest first. */
  lines: string[];
  /** All that were written are known to be here. */
  isComplete: boolean;
}

/** Records of a run and of those that it called. */
export async function recordsOf(control: Control, run: StoredRun, signal: AbortSignal): Promise<RunRecords> {
  const { lines, isWhole } = await read(control.storeDir, run, signal);
  const isComplete = isWhole && run.isWhole && run.head.state !== 'running' && (await isKept(control, run.head, lines));
  return { lines, isComplete };
}

async function read(dir: string, { head, runs }: StoredRun, signal: AbortSignal) {
  const range = around(head);
  if (runs.length === 0) {
    const lines = await recordsOfRun(dir, head.id, range);
    return { lines, isWhole: lines.length < mostRecords };
  }
  const ids = new Set([head, ...runs].map(({ id }) => id));
  const ends = performance.now() + lookMs;
  const lines: string[] = [];
  for await (const batch of readRecords(dir, range)) {
    lines.push(...batch.filter((line) => ids.has(headOf(line)?.run ?? '')));
    if (lines.length >= mostRecords || performance.now() > ends || signal.aborted)
      return { lines: lines.slice(0, mostRecords), isWhole: false };
  }
  return { lines, isWhole: true };
}

/** Whether the store has records from before the run, and its usage record if one was written: logs are cleared, and old days go. */
async function isKept({ storeDir, settings }: Control, head: RunHead, lines: readonly string[]): Promise<boolean> {
  const first = await firstRecordTime(storeDir);
  if (first === undefined || first > Date.parse(head.begin)) return false;
  return !hasUsage(head, settings.logs) || lines.some((line) => isUsageOf(line, head.id));
}

/** Whether a usage record was to be written, as far as the settings of today tell. */
function hasUsage(head: RunHead, { usage, level }: { usage: boolean; level: Level }): boolean {
  const isFromOutside = ['request', 'schedule', 'message', 'timer'].includes(head.trigger) && head.parent === null;
  const ownLevel = levelOfRun(head as unknown as Subject) ?? 'info';
  return usage && isFromOutside && rankOf[ownLevel] >= rankOf[level];
}

function isUsageOf(line: string, id: string): boolean {
  const head = headOf(line);
  return head?.kind === 'usage' && head.run === id;
}
