import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WorkerState } from '../wire/messages.ts';
import { Supervisor } from './supervisor.ts';
import type { Death } from './worker-process.ts';

// Looks are counted by a clock that the test turns; the workers are processes of their own, whose beats come as they do.

const folder = mkdtempSync(join(tmpdir(), 'sluice-supervisor-'));
const state = {} as WorkerState;
let supervisor: Supervisor;
let deaths: { index: number; reason: Death['reason'] }[] = [];

/** Starts one worker that beats, and does with each message what the text says. */
function superviseWorker(onMessage: string): void {
  const program = join(folder, 'worker.mjs');
  writeFileSync(
    program,
    `process.on('disconnect', () => process.exit());
     process.on('message', (message) => { ${onMessage} });
     setInterval(() => process.send({ type: 'beat', waiting: 0, dropped: {}, backlog: 0 }), 1);
     process.send({ type: 'up' });`,
  );
  const nothing = () => {};
  supervisor = new Supervisor(
    1,
    {
      records: nothing,
      socket: nothing,
      applied: nothing,
      replaced: ({ index }, { reason }) => deaths.push({ index, reason }),
      quarantined: nothing,
      dropped: nothing,
      leases: () => [],
      switchNews: nothing,
      asked: async () => ({ value: false }),
      ran: () => {},
      command: () => {},
      gone: nothing,
    },
    program,
  );
}

/** So many looks at workers that beat between them. */
async function look(times: number): Promise<void> {
  for (let time = 0; time < times && deaths.length === 0; time++) {
    vi.advanceTimersByTime(250);
    while (deaths.length === 0 && supervisor.workers.some(({ up, quietLooks }) => !up || quietLooks > 0))
      await new Promise((resolve) => setImmediate(resolve));
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
  deaths = [];
});
afterEach(async () => {
  supervisor.kill();
  while (supervisor.workers.length > 0) await new Promise((resolve) => setImmediate(resolve));
  vi.useRealTimers();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a worker that beats but takes no new state for 60 s is ended and replaced, and nobody is blamed', async () => {
  superviseWorker('');
  const applied = supervisor.apply(state);
  await look(240);
  // Who waits for the change is not held up for so long.
  await applied;
  expect(deaths).toEqual([]);
  await look(3);
  expect(deaths).toEqual([{ index: 1, reason: 'behind' }]);
  expect(supervisor.quarantine.operations).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(supervisor.workers).toMatchObject([{ index: 1, statesOwed: 1, looksOwing: 0 }]);
});

test('a worker that has taken its state is left alone', async () => {
  superviseWorker(
    `if (message.type === 'apply') process.send({ type: 'applied', id: message.id, broken: {}, servers: {} })`,
  );
  await supervisor.apply(state);
  await look(500);
  expect(deaths).toEqual([]);
  expect(supervisor.workers).toMatchObject([{ statesOwed: 0, looksOwing: 0 }]);
});

test('one whose state could not be put in force has answered too', async () => {
  superviseWorker(`if (message.type === 'apply') process.send({ type: 'apply-failed', id: message.id })`);
  await supervisor.apply(state);
  await look(300);
  expect(deaths).toEqual([]);
});

test('workers are asked how they fare, and one that does not answer within a second keeps what it said before', async () => {
  superviseWorker(
    `globalThis.asked = (globalThis.asked ?? 0) + 1;
     if (globalThis.asked === 1) process.send({ type: 'measured', id: message.id, vitals: { requests: 7 } })`,
  );
  const [worker] = supervisor.workers;
  expect(await supervisor.measure()).toEqual([{ name: worker?.name, now: { requests: 7 }, last: null }]);
  const second = supervisor.measure();
  vi.advanceTimersByTime(1000);
  expect(await second).toEqual([{ name: worker?.name, now: null, last: { requests: 7 } }]);
});

test('what a worker does before the state counts as progress', async () => {
  superviseWorker(
    `if (message.type === 'rehearse') process.send({ type: 'rehearsed', id: message.id, broken: {}, servers: {} })`,
  );
  void supervisor.apply(state);
  await look(200);
  await supervisor.rehearse(state);
  await look(200);
  expect(deaths).toEqual([]);
  await look(50);
  expect(deaths).toEqual([{ index: 1, reason: 'behind' }]);
});
