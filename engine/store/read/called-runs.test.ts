import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunHead } from '../run-head.ts';
import { readRun } from '../runs.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sluice-called-'));
  mkdirSync(join(dir, '2026-11-21'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** ULIDs of 2026-11-21T10:00:00Z, in the order of their letters. */
const idOf = (letter: string): string => `01M7YRRT80${letter.padStart(16, '0')}`;
const [root, first, second, third] = ['A', 'B', 'C', 'D'].map(idOf) as [string, string, string, string];
const trace = 'f'.repeat(32);
/** Each run has the span of its own letter. */
const spanOf = (id: string): string => (id.at(-1) as string).toLowerCase().repeat(16);

let records = 0;
const put = (run: string, caller: string | null, given: Record<string, unknown>): void => {
  const about = {
    node: 'service/tools/echo',
    run,
    trace,
    span: spanOf(run),
    ...(caller !== null && { parent: caller.length === 16 ? caller : spanOf(caller) }),
  };
  const { time = '2026-11-21T10:00:00.001Z', level = 'info', kind = 'application', event = 'log', ...rest } = given;
  const record = { id: `w1-${records++}`, time, level, kind, event, ...about, ...rest };
  appendFileSync(join(dir, '2026-11-21/records-0001.jsonl'), `${JSON.stringify(record)}\n`);
};
const putUsage = (run: string, given: Record<string, unknown> = {}): void =>
  put(run, null, {
    kind: 'usage',
    event: 'run',
    node: 'server/web/hello',
    ms: 20,
    method: 'GET',
    status: 200,
    ...given,
  });
const called = async (id: string): Promise<Partial<RunHead>[]> =>
  ((await readRun(dir, id))?.runs ?? []).map(({ id, parent, state, ms }) => ({ id, parent, state, ms }));

describe('the runs that a run called, without a capture', () => {
  it('are found by the spans of their records, also those that they called', async () => {
    // Of the first only an action is logged, of the second all, of the third its failure.
    put(first, root, { node: 'service/tools/echo/greet', event: 'end', ms: 1 });
    put(second, first, { event: 'begin', input: { text: `"trace":"${trace}"` } });
    put(third, second, { level: 'error', event: 'end', ms: 3, error: { name: 'E', message: 'm', code: 'cancelled' } });
    put(second, first, { event: 'end', ms: 4 });
    putUsage(root);
    expect(await called(root)).toEqual([
      { id: first, parent: root, state: 'succeeded', ms: null },
      { id: second, parent: first, state: 'succeeded', ms: 4 },
      { id: third, parent: second, state: 'cancelled', ms: 3 },
    ]);
    expect(await called(second)).toEqual([{ id: third, parent: second, state: 'cancelled', ms: 3 }]);
    expect((await readRun(dir, third))?.head).toMatchObject({
      node: 'service/tools/echo',
      operation: 'echo',
      type: 'service',
      trigger: 'call',
      begin: '2026-11-21T10:00:00.000Z',
      parent: second,
      trace,
      capture: null,
      status: null,
    });
  });

  it('are found where one in between left no record', async () => {
    put(second, first, { event: 'end', ms: 4 });
    putUsage(root);
    expect(await called(root)).toEqual([{ id: second, parent: root, state: 'succeeded', ms: 4 }]);
    expect((await readRun(dir, second))?.head.parent).toBe(root);
  });

  it('are those of this run only where a trace from outside has several', async () => {
    put(second, root, { event: 'end', ms: 4 });
    put(third, idOf('E'), { event: 'end', ms: 5 });
    putUsage(root, { parent: '1'.repeat(16) });
    putUsage(idOf('E'), { parent: '1'.repeat(16) });
    put(idOf('G'), idOf('H'), { event: 'end', ms: 6 });
    expect(await called(root)).toEqual([{ id: second, parent: root, state: 'succeeded', ms: 4 }]);
    expect(await called(idOf('E'))).toEqual([{ id: third, parent: idOf('E'), state: 'succeeded', ms: 5 }]);
  });

  it('end as the run that called them did, where its process died', async () => {
    put(first, root, { event: 'begin' });
    // What another process writes has no spans.
    const error = { name: 'Interrupted', message: 'm', code: 'interrupted' };
    putUsage(root, { span: undefined, method: undefined, status: undefined, error });
    expect((await readRun(dir, root))?.head).toMatchObject({ type: 'http', state: 'interrupted' });
    expect(await called(root)).toEqual([{ id: first, parent: root, state: 'interrupted', ms: null }]);
  });

  it('are told by their own capture where they have one', async () => {
    const capture = { reason: 'switch', spans: 1, partial: false, leftOut: 0 };
    const head = (id: string, parent: string) => ({
      id,
      node: 'service/tools/echo',
      operation: 'echo',
      type: 'service',
      state: 'succeeded',
      status: null,
      begin: '2026-11-21T10:00:00.000Z',
      ms: 7,
      version: null,
      trigger: 'call',
      error: null,
      replayOf: null,
      parent,
      trace,
      worker: 'w1',
      capture,
    });
    const place = { file: 'captures-0001.jsonl', at: 0, bytes: 10, in: first };
    for (const each of [head(first, root), head(second, first), head(third, idOf('X'))])
      appendFileSync(join(dir, '2026-11-21/runs-0001.jsonl'), `${JSON.stringify({ head: each, capture: place })}\n`);
    put(first, root, { event: 'end', ms: 4 });
    putUsage(root);
    expect((await readRun(dir, root))?.runs).toEqual([head(first, root), head(second, first)]);
  });

  it('are not taken from damaged records', async () => {
    for (const given of [{ run: 'x', parent: 7 }, { run: 5 }, { node: null }, { span: {} }])
      put(first, root, { event: 'end', ...given });
    appendFileSync(join(dir, '2026-11-21/records-0001.jsonl'), `{"id":"w","trace":"${trace}\n`);
    putUsage(root);
    expect((await readRun(dir, root))?.runs.map(({ id }) => id)).toEqual([first]);
    expect(await readRun(dir, idOf('Z'))).toBeNull();
  });
});
