import { afterEach, expect, test, vi } from 'vitest';
import type { WorkerVitals } from '../wire/messages.ts';
import { PerformanceRecords, type PerformanceSource } from './performance.ts';

const open: PerformanceRecords[] = [];
afterEach(() => {
  for (const records of open.splice(0)) records.close();
});
const none = { debug: 0, info: 0, warning: 0, error: 0 };
const vitals: WorkerVitals = {
  loopDelayMs: { p50: 0.1, p99: 2.5, max: 40 },
  rssBytes: 80 * 1024 ** 2,
  requests: 1200,
  errors: 3,
  running: 2,
  backlogBytes: 10,
  dropped: { ...none, debug: 7 },
};

const start = (measure: PerformanceSource['measure'], everyMs = 20) => {
  const written: Parameters<PerformanceSource['record']>[] = [];
  const records = new PerformanceRecords(
    {
      measure,
      logs: () => ({ backlog: 4096, dropped: { ...none, debug: 5, info: 1 } }),
      streams: () => 4,
      record: (...record) => written.push(record),
    },
    everyMs,
  );
  open.push(records);
  return { records, written };
};

test('a record says how every process fares, and is kept for who asks', async () => {
  const { records, written } = start(async () => [
    { name: '1.a', now: vitals, last: null },
    { name: '2.b', now: null, last: { ...vitals, requests: 10 } },
    { name: '3.c', now: null, last: null },
  ]);
  expect(records.last).toBeNull();
  await vi.waitFor(() => expect(written.length).toBeGreaterThan(1));
  const [level, kind, event, message, { value }] = written[0] as (typeof written)[number];
  expect([level, kind, event]).toEqual(['info', 'performance', 'performance']);
  const delay = { p50: expect.any(Number), p99: expect.any(Number), max: expect.any(Number) };
  expect(value).toEqual({
    control: { loopDelayMs: delay, rssBytes: expect.any(Number), heapBytes: expect.any(Number) },
    workers: [
      { name: '1.a', ...vitals },
      { name: '2.b', ...vitals, requests: 10, loopDelayMs: null },
    ],
    queueBytes: 4096,
    dropped: { debug: 19, info: 1, warning: 0, error: 0 },
    streams: 4,
  });
  expect(message).toContain(
    'Worker 1.a: loop delay 2.5 ms (p99), 40 ms (max), 80 MiB, 1200 requests, 3 errors, 2 running. Worker 2.b: no answer,',
  );
  expect(message).toContain('4096 bytes of records wait; dropped: 19 debug, 1 info.');
  expect(records.last).toEqual(written.at(-1)?.[4].value);
});

test('the delay of a loop that stands still is seen once', { timeout: 40_000 }, async () => {
  const { written } = start(async () => [], 1000);
  await vi.waitFor(() => expect(written.length).toBeGreaterThan(0), { timeout: 10_000 });
  written.length = 0;
  // A measurement begins with its first timer.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const end = performance.now() + 1500;
  while (performance.now() < end);
  const delays = () =>
    written.map(
      ([, , , , { value }]) => (value as { control: { loopDelayMs: { max: number } } }).control.loopDelayMs.max,
    );
  await vi.waitFor(() => expect(delays().filter((max) => max > 1400)).toHaveLength(1), { timeout: 10_000 });
  const count = written.length;
  await vi.waitFor(() => expect(written.length).toBeGreaterThan(count), { timeout: 10_000 });
  expect(delays().filter((max) => max > 1400)).toHaveLength(1);
});

test('one measurement at a time', async () => {
  let asked = 0;
  const answers: (() => void)[] = [];
  const { written } = start(() => {
    asked++;
    return new Promise((resolve) => answers.push(() => resolve([])));
  });
  await vi.waitFor(() => expect(asked).toBe(1));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([asked, written.length]).toEqual([1, 0]);
  answers[0]?.();
  await vi.waitFor(() => expect([asked, written.length]).toEqual([2, 1]));
});
