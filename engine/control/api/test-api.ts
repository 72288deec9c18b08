import { afterEach, beforeEach, expect } from 'vitest';
import type { MemoryControl, WrittenRecord } from './memory-control.ts';
import { openTestControl } from './test-control.ts';
import { type Answer, serveApi } from './test-server.ts';

/** A control and its API, new for every test of a file. */
export interface TestApi {
  control: MemoryControl;
  api: Awaited<ReturnType<typeof serveApi>>;
  /** Serves the same control with other options, on another port. */
  restart(options?: Parameters<typeof serveApi>[1]): Promise<void>;
  records(kind: 'audit' | 'security'): WrittenRecord[];
}

/** Registers the hooks that make and end it. */
export function useTestApi(): TestApi {
  let closeControl: () => Promise<void>;
  const test: Omit<TestApi, 'control' | 'api'> & Partial<TestApi> = {
    async restart(options) {
      await test.api?.close();
      test.api = await serveApi(test.control as MemoryControl, options);
    },
    records: (wanted) => (test.control as MemoryControl).records.filter(({ kind }) => kind === wanted),
  };
  beforeEach(async () => {
    const opened = await openTestControl();
    closeControl = opened.close;
    test.control = opened.control;
    test.api = await serveApi(opened.control);
  });
  afterEach(async () => {
    await test.api?.close();
    await closeControl();
  });
  return test as TestApi;
}

/** Every refusal is a problem that says what is wrong, and nothing of our insides. */
export function expectProblem(answer: Answer, status: number, detail: string | RegExp): void {
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.json()).toMatchObject({ type: 'about:blank', status, detail: expect.stringMatching(detail) });
  expect(answer.text).not.toMatch(/node_modules|\.ts:|\n {4}at /);
}
