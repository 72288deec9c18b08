import { appendFileSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RunHead, StoredSpan } from '../../store/run-head.ts';

/** A log record as it is written: JSON with the keys in their order, from what a test says of it. */
export const recordLine = (given: { id: string; [key: string]: unknown }): string => {
  const { id, time = '2026-11-21T10:00:00.000Z', level = 'info', kind = 'application', event = 'log', ...rest } = given;
  return JSON.stringify({ id, time, level, kind, event, ...rest });
};

/** Adds records to a store as its writer does. */
export function storeRecords(dir: string, lines: readonly string[], day = '2026-11-21'): void {
  mkdirSync(join(dir, day), { recursive: true });
  appendFileSync(join(dir, day, 'records-0001.jsonl'), lines.map((line) => `${line}\n`).join(''));
}

/** The head of a run that succeeded, but for what a test says of it. */
export const runHeadOf = ({ id, ...given }: Partial<RunHead> & { id: string }): RunHead => ({
  id,
  node: 'server/hello/get-hello',
  operation: 'get-hello',
  type: 'http',
  state: 'succeeded',
  status: 200,
  begin: '2026-11-21T10:00:00.000Z',
  ms: 5,
  version: null,
  trigger: 'request',
  error: null,
  replayOf: null,
  parent: null,
  trace: null,
  worker: 'w1',
  capture: null,
  ...given,
});

/** Adds a captured run, the runs it called and its spans. */
export function storeRun(dir: string, head: RunHead, runs: readonly RunHead[], spans: readonly StoredSpan[]): void {
  const day = head.begin.slice(0, 10);
  mkdirSync(join(dir, day), { recursive: true });
  const captures = join(dir, day, 'captures-0001.jsonl');
  appendFileSync(captures, '');
  const body = JSON.stringify({ id: head.id, runs, spans });
  const at = statSync(captures).size;
  appendFileSync(captures, `${body}\n`);
  const capture = { file: 'captures-0001.jsonl', at, bytes: Buffer.byteLength(body), in: head.id };
  const index = [head, ...runs].map((each) => `${JSON.stringify({ head: each, capture })}\n`);
  appendFileSync(join(dir, day, 'runs-0001.jsonl'), index.join(''));
}
