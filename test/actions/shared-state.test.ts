import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import type { ActionContext, ActionDefinition, Lazy } from '../../actions/kit/index.ts';
import { type OpenContext, openActionContext, runAction, type TestBranch } from '../support/action-context.ts';

let opened: OpenContext;
beforeEach(async () => {
  opened = await openActionContext();
});
afterEach(() => opened.close());

/** One of several runs in the same process; its pauses are over at once. */
class TestRun {
  readonly pauses: number[] = [];
  private readonly controller = new AbortController();
  private readonly context: ActionContext = {
    ...opened.context,
    signal: this.controller.signal,
    sleep: async (ms) => {
      this.pauses.push(ms);
      opened.skip(ms);
    },
  };

  async perform(id: string, given: Record<string, unknown>): Promise<unknown> {
    return runAction(actionById.get(id) as ActionDefinition, given, this.context);
  }

  cancel(): Error {
    const reason = failure('cancelled', { uncatchable: true });
    this.controller.abort(reason);
    return reason;
  }
}

const perform = (id: string, given: Record<string, unknown>) => new TestRun().perform(id, given);
const failure = (code: string, extra: object = {}) => Object.assign(new Error(`It is ${code}.`), { code, ...extra });
const turn = () => new Promise(setImmediate);

/** Steps that count how often they ran, and wait until the test answers. */
class Work {
  count = 0;
  private readonly open: { resolve(value: unknown): void; reject(thrown: unknown): void }[] = [];
  readonly steps: Lazy = () => {
    this.count += 1;
    return new Promise((resolve, reject) => this.open.push({ resolve, reject }));
  };
  async finish(value: unknown): Promise<void> {
    this.open.shift()?.resolve(value);
    await turn();
  }
  async fail(thrown: unknown): Promise<void> {
    this.open.shift()?.reject(thrown);
    await turn();
  }
}
const counted = (results: (number | string | Error)[]): { steps: Lazy; count(): number } => {
  let calls = 0;
  return {
    count: () => calls,
    steps: () => {
      const result = results[Math.min(calls, results.length - 1)];
      calls += 1;
      if (result instanceof Error) throw result;
      return result;
    },
  };
};

const caches: [string, object][] = [
  ['flow/cache', { ttl: 1000 }],
  ['hash-table/get-cache', { ttl: 1000 }],
];

describe.each(caches)('%s', (id, more) => {
  const ask = (value: unknown, extra: object = {}) => ({ key: 'k', value, ...more, ...extra });

  it('computes once, until the time to live is over', async () => {
    const { steps, count } = counted([1, 2]);
    expect(await perform(id, ask(steps))).toBe(1);
    opened.skip(900);
    expect(await perform(id, ask(steps))).toBe(1);
    opened.skip(200);
    expect(await perform(id, ask(steps))).toBe(2);
    expect(count()).toBe(2);
  });

  it('computes anew once a result that was waited for is over, and leaves nothing behind', async () => {
    const work = new Work();
    for (const value of ['first', 'second']) {
      const asked = perform(id, ask(work.steps));
      await work.finish(value);
      expect(await asked).toBe(value);
      opened.skip(1001);
    }
    expect(work.count).toBe(2);
    expect(opened.context.host.memory.shared('flow/cache', '', () => new Map([['', '']])).size).toBe(0);
  });

  it('computes anew after a failure that was waited for, and leaves nothing behind', async () => {
    const work = new Work();
    const failed = expect(perform(id, ask(work.steps))).rejects.toMatchObject({ code: 'raised' });
    await work.fail(failure('raised'));
    await failed;
    const asked = perform(id, ask(work.steps));
    await work.finish('fine');
    expect(await asked).toBe('fine');
    expect(opened.context.host.memory.shared('flow/cache', '', () => new Map([['', '']])).size).toBe(0);
  });

  it('has another compute when flow/timeout ends the steps of the first', async () => {
    const work = new Work();
    const value: Lazy = (_locals, branch) => {
      const { signal } = branch as TestBranch;
      const inside = { ...opened.context, signal };
      return runAction(actionById.get(id) as ActionDefinition, ask(work.steps), inside) as Promise<unknown>;
    };
    const leader = perform('flow/timeout', { value, timeout: 5 });
    const ended = expect(leader).rejects.toMatchObject({ code: 'timeout' });
    const follower = perform(id, ask(work.steps));
    await turn();
    expect(work.count).toBe(1);
    await ended;
    await turn();
    expect(work.count).toBe(2);
    await work.finish('nobody hears of it');
    await work.finish('second');
    expect(await follower).toBe('second');
    expect(await perform(id, ask(work.steps))).not.toBeUndefined();
    expect(work.count).toBe(2);
  });

  it('keeps null as well, and keys and tables apart', async () => {
    expect(
      await perform(
        id,
        ask(() => null),
      ),
    ).toBeNull();
    expect(await perform(id, ask(7))).toBeNull();
    expect(await perform(id, ask(8, { key: 'other' }))).toBe(8);
    expect(await perform(id, ask(9, { 'table-id': 'other' }))).toBe(9);
  });

  it('has one run compute for all who ask meanwhile', async () => {
    const work = new Work();
    const asked = [1, 2, 3].map(() => perform(id, ask(work.steps)));
    await turn();
    expect(work.count).toBe(1);
    await work.finish({ a: 1 });
    expect(await Promise.all(asked)).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
    expect(await perform(id, ask(work.steps))).toEqual({ a: 1 });
  });

  it('hands a failure to all who wait, and keeps none', async () => {
    const work = new Work();
    const asked = [1, 2].map(() => perform(id, ask(work.steps)));
    const settled = Promise.allSettled(asked);
    await work.fail(failure('raised'));
    for (const { status, reason } of (await settled) as PromiseRejectedResult[])
      expect([status, reason.code, reason.message]).toEqual(['rejected', 'raised', 'It is raised.']);
    expect(await perform(id, ask('again'))).toBe('again');
  });

  it('lets one who waits leave without the others', async () => {
    const work = new Work();
    const leaving = new TestRun();
    const leader = perform(id, ask(work.steps));
    const left = leaving.perform(id, ask(work.steps));
    const follower = perform(id, ask(work.steps));
    const reason = leaving.cancel();
    await expect(left).rejects.toBe(reason);
    await work.finish(1);
    expect(await Promise.all([leader, follower])).toEqual([1, 1]);
    expect(work.count).toBe(1);
  });

  it.each([
    ['hears of it', true],
    ['do not hear of it', false],
  ])('has another compute when the run of the first ends, whose steps %s', async (_, hear) => {
    const work = new Work();
    const leading = new TestRun();
    const leader = leading.perform(id, ask(work.steps));
    const followers = [1, 2].map(() => perform(id, ask(work.steps)));
    const reason = leading.cancel();
    const ended = expect(leader).rejects.toBe(reason);
    if (hear) await work.fail(reason);
    else await turn();
    expect(work.count).toBe(2);
    if (!hear) await work.fail(reason);
    await ended;
    await work.finish(2);
    expect(await Promise.all(followers)).toEqual([2, 2]);
  });

  it('has another compute when the first meets a limit of its run', async () => {
    const work = new Work();
    const asked = [1, 2].map(() => perform(id, ask(work.steps)));
    const settled = Promise.allSettled(asked);
    const thrown = failure('step-limit', { uncatchable: true });
    await work.fail(thrown);
    expect(work.count).toBe(2);
    await work.finish(2);
    expect(await settled).toEqual([
      { status: 'rejected', reason: thrown },
      { status: 'fulfilled', value: 2 },
    ]);
  });

  it('gives what is too large to be kept', async () => {
    const large = 'x'.repeat(100_000);
    expect(await perform(id, ask(large))).toBe(large);
    expect(await perform(id, ask('small'))).toBe('small');
  });
});

it('flow/cache keeps a failure as long as it is told to', async () => {
  const { steps, count } = counted([failure('raised'), 'later']);
  const given = { key: 'k', ttl: 100_000, 'negative-ttl': 10_000, value: steps };
  const expected = { code: 'raised', message: 'It is raised.' };
  await expect(perform('flow/cache', given)).rejects.toMatchObject(expected);
  await expect(perform('flow/cache', given)).rejects.toMatchObject(expected);
  opened.skip(10_001);
  expect(await perform('flow/cache', given)).toBe('later');
  expect(count()).toBe(2);
});

it('flow/cache never keeps the end of a run', async () => {
  const { steps } = counted([failure('step-limit', { uncatchable: true }), 'later']);
  const given = { key: 'k', ttl: 1000, 'negative-ttl': 100, value: steps };
  await expect(perform('flow/cache', given)).rejects.toMatchObject({ code: 'step-limit' });
  expect(await perform('flow/cache', given)).toBe('later');
});

describe('hash tables', () => {
  const entry = { 'table-id': 't', key: 'k' };

  it('count, and start anew when the time to live is over', async () => {
    for (const sum of [2, 4]) expect(await perform('hash-table/increment-data', { ...entry, amount: 2 })).toBe(sum);
    expect(await perform('hash-table/decrement-data', { ...entry, ttl: 100 })).toBe(3);
    opened.skip(101);
    expect(await perform('hash-table/increment-data', entry)).toBe(1);
  });

  it('refuse a sum that is not exact, and leave the entry as it was', async () => {
    const largest = Number.MAX_SAFE_INTEGER;
    await perform('hash-table/set-data', { ...entry, value: largest });
    await expect(perform('hash-table/increment-data', entry)).rejects.toMatchObject({ code: 'data-invalid' });
    expect(await perform('hash-table/get-data', entry)).toBe(largest);
  });

  // Whatever they are called, no table of a document is one that an action keeps for itself.
  it.each(['webhook/verify', 'flow/cache', 'flow/throttle', 'http/cookies', 'tables/stock', '/', '', 'tables/'])(
    'called %j are those of documents only',
    async (table) => {
      const { memory } = opened.context.host;
      memory.set(table, 'k', 'of the action');
      const place = { 'table-id': table, key: 'k' };
      const isUsers = !table.includes('/');
      expect(await perform('hash-table/get-data', place)).toBe(isUsers ? 'of the action' : null);
      expect(await perform('hash-table/get-cache', { ...place, value: 1 })).toBe(isUsers ? 'of the action' : 1);
      await perform('hash-table/set-data', { ...place, value: 2 });
      expect(await perform('hash-table/increment-data', place)).toBe(3);
      expect(await perform('hash-table/decrement-data', place)).toBe(2);
      expect(await perform('flow/cache', { ...place, ttl: 1000, value: 4 })).toBe(2);
      if (!isUsers) expect(memory.get(table, 'k')).toBe('of the action');
      await perform('hash-table/delete-data', place);
      expect(await perform('flow/cache', { ...place, ttl: 1000, value: 4 })).toBe(4);
      expect(memory.get(table, 'k')).toBe(isUsers ? 4 : 'of the action');
    },
  );

  it('cannot take out or make up what flow/cache and flow/throttle keep for themselves', async () => {
    const cached = { key: 'k', ttl: 1000, 'negative-ttl': 1000 };
    await expect(perform('flow/cache', { ...cached, value: counted([failure('raised')]).steps })).rejects.toThrow();
    await perform('hash-table/delete-data', { 'table-id': 'flow/cache', key: '["cache","k"]' });
    await expect(perform('flow/cache', { ...cached, value: 1 })).rejects.toMatchObject({ code: 'raised' });
    const skipped = { key: 'k', window: 1000, onSkip: ((locals) => locals?.skipped) as Lazy };
    await perform('flow/throttle', { ...skipped, value: 'mine' });
    await perform('hash-table/set-data', { 'table-id': 'flow/throttle', key: 'k', value: 'forged' });
    expect(await perform('flow/throttle', { ...skipped, value: 2 })).toMatchObject({ last: 'mine' });
  });

  it('tell null from nothing', async () => {
    await perform('hash-table/set-data', { ...entry, value: null });
    expect(await perform('hash-table/get-data', { ...entry, default: 1 })).toBeNull();
    expect(await perform('hash-table/delete-data', entry)).toBe('ok');
    expect(await perform('hash-table/get-data', { ...entry, default: 1 })).toBe(1);
  });
});

describe('flow/retry', () => {
  const raised = failure('raised');
  const fail = () => counted([raised]);

  it('pauses longer each time, up to the longest', async () => {
    const run = new TestRun();
    const { steps, count } = fail();
    const given = { value: steps, attempts: 6, delay: 100, factor: 3, 'max-delay': 1000 };
    await expect(run.perform('flow/retry', given)).rejects.toBe(raised);
    expect(run.pauses).toEqual([100, 300, 900, 1000, 1000]);
    expect(count()).toBe(6);
  });

  it('leaves out a random part of each pause with full jitter', async () => {
    const run = new TestRun();
    const value = fail().steps;
    await expect(run.perform('flow/retry', { value, attempts: 9, delay: 100, jitter: 'full' })).rejects.toBe(raised);
    for (const [index, ms] of run.pauses.entries()) expect(ms).toBeLessThan(100 * 2 ** index);
    expect(new Set(run.pauses.map((ms, index) => ms / 2 ** index)).size).toBeGreaterThan(1);
  });

  it.each([
    [{}, 3],
    [{ 'retry-on': ['raised'] }, 3],
    [{ 'retry-on': ['other'] }, 1],
    [{ 'retry-on': [] }, 1],
    [{ 'not-on': ['other'] }, 3],
    [{ 'not-on': ['raised'] }, 1],
    [{ 'retry-on': ['raised'], 'not-on': ['raised'] }, 1],
  ])('with %j makes %i attempts', async (given, attempts) => {
    const { steps, count } = fail();
    await expect(perform('flow/retry', { value: steps, ...given })).rejects.toBe(raised);
    expect(count()).toBe(attempts);
  });

  it('shows each attempt its number and the failure before', async () => {
    const seen: unknown[] = [];
    const value: Lazy = (locals) => {
      seen.push(locals?.attempt);
      if (seen.length < 2) throw raised;
      return 'done';
    };
    expect(await perform('flow/retry', { value })).toBe('done');
    expect(seen).toEqual([
      { index: 0, number: 1, error: null },
      { index: 1, number: 2, error: { name: 'Error', code: 'raised', message: 'It is raised.' } },
    ]);
  });

  it('never tries again what ends the run', async () => {
    const { steps, count } = counted([failure('timeout', { uncatchable: true })]);
    await expect(perform('flow/retry', { value: steps })).rejects.toMatchObject({ code: 'timeout' });
    expect(count()).toBe(1);
  });
});

describe('flow/debounce', () => {
  const call = (value: unknown, more: object = {}) => ({ key: 'k', wait: 60_000, value, onSkip: 'skipped', ...more });

  it('runs the last call of a burst, and skips the others at once', async () => {
    const first = perform('flow/debounce', call('first'));
    const second = perform('flow/debounce', call('second', { onSkip: null }));
    const third = perform('flow/debounce', call('third', { wait: 1 }));
    expect(await first).toBe('skipped');
    expect(await second).toBeNull();
    expect(await third).toBe('third');
  });

  it('keeps keys apart', async () => {
    const calls = ['a', 'b'].map((key) => perform('flow/debounce', call(key, { key, wait: 1 })));
    expect(await Promise.all(calls)).toEqual(['a', 'b']);
  });

  it('puts the steps off no longer than the longest wait of the burst', async () => {
    const longest = { 'max-wait': 1000 };
    const first = perform('flow/debounce', call('first', longest));
    opened.skip(600);
    const second = perform('flow/debounce', call('second', longest));
    opened.skip(600);
    expect(await perform('flow/debounce', call('third', longest))).toBe('third');
    expect(await Promise.all([first, second])).toEqual(['skipped', 'skipped']);
  });

  it('begins a new burst while the steps run', async () => {
    const work = new Work();
    const first = perform('flow/debounce', call(work.steps, { wait: 1 }));
    while (work.count === 0) await turn();
    expect(await perform('flow/debounce', call('second', { wait: 1 }))).toBe('second');
    await work.finish('first');
    expect(await first).toBe('first');
  });

  it('counts the longest wait anew in each burst', async () => {
    expect(await perform('flow/debounce', call('first', { wait: 1 }))).toBe('first');
    opened.skip(10_000);
    const second = perform('flow/debounce', call('second', { 'max-wait': 5_000 }));
    // The next is soon enough to replace one that waits, and too late for one that does not.
    await new Promise((resolve) => setTimeout(resolve, 5));
    const third = perform('flow/debounce', call('third', { wait: 1 }));
    expect(await Promise.all([second, third])).toEqual(['skipped', 'third']);
  });

  it('ends with its run', async () => {
    const run = new TestRun();
    const waiting = run.perform('flow/debounce', call('never'));
    const reason = run.cancel();
    await expect(waiting).rejects.toBe(reason);
    expect(await perform('flow/debounce', call('next', { wait: 1 }))).toBe('next');
  });
});

describe('flow/throttle', () => {
  const onSkip: Lazy = (locals) => locals?.skipped;
  const call = (value: unknown, more: object = {}) => ({ key: 'k', window: 1000, value, ...more });

  it('runs the first call of each period', async () => {
    const { steps, count } = counted(['one', 'two']);
    expect(await perform('flow/throttle', call(steps, { onSkip }))).toBe('one');
    expect(await perform('flow/throttle', call(steps))).toBeNull();
    expect(await perform('flow/throttle', call(steps, { onSkip }))).toMatchObject({ last: 'one' });
    opened.skip(1001);
    expect(await perform('flow/throttle', call(steps, { onSkip }))).toBe('two');
    expect(count()).toBe(2);
  });

  it('has no last result while the first still runs', async () => {
    const work = new Work();
    const first = perform('flow/throttle', call(work.steps, { onSkip }));
    expect(await perform('flow/throttle', call(work.steps, { onSkip }))).toMatchObject({ last: null });
    await work.finish(1);
    expect(await first).toBe(1);
  });

  it('spends the period on a failure as well', async () => {
    const { steps } = counted([failure('raised'), 'two']);
    await expect(perform('flow/throttle', call(steps))).rejects.toMatchObject({ code: 'raised' });
    expect(await perform('flow/throttle', call(steps))).toBeNull();
  });
});

describe('flow/rate-limit', () => {
  const limit = (more: object = {}) => ({ key: 'k', limit: 4, window: 1_000_000, ...more });
  const take = (more?: object) => perform('flow/rate-limit', limit(more));

  it('lets a burst pass, then one at a time as tokens come back', async () => {
    for (const remaining of [3, 2, 1, 0]) expect(await take()).toEqual({ remaining });
    await expect(take()).rejects.toMatchObject({ code: 'rate-limited', details: { retryAfterMs: expect.any(Number) } });
    opened.skip(250_000);
    expect(await take()).toEqual({ remaining: 0 });
    await expect(take()).rejects.toMatchObject({ code: 'rate-limited' });
    opened.skip(2_000_000);
    expect(await take()).toEqual({ remaining: 3 });
  });

  it('says when there is room again', async () => {
    await take({ burst: 1 });
    const refused = (await take({ burst: 1 }).catch((thrown) => thrown)) as { details: { retryAfterMs: number } };
    opened.skip(refused.details.retryAfterMs);
    expect(await take({ burst: 1 })).toEqual({ remaining: 0 });
  });

  it('waits for a token no longer than allowed, and reserves none that it does not wait for', async () => {
    await take({ burst: 1 });
    const run = new TestRun();
    for (let tries = 0; tries < 9; tries += 1)
      await expect(take({ burst: 1, 'max-wait': 100_000 })).rejects.toMatchObject({ code: 'rate-limited' });
    expect(await run.perform('flow/rate-limit', limit({ burst: 1, 'max-wait': 300_000 }))).toEqual({ remaining: 0 });
    expect(run.pauses).toHaveLength(1);
    expect(run.pauses[0]).toBeLessThanOrEqual(250_000);
  });

  it('never lets more pass than the tokens there were', async () => {
    let passed = 0;
    for (let calls = 0; calls < 200; calls += 1) {
      await take().then(
        () => {
          passed += 1;
        },
        () => {},
      );
      opened.skip(50_000);
    }
    // 200 calls over 10,000 s: four tokens at first, and 39 or 40 that came back.
    expect(passed).toBeGreaterThanOrEqual(43);
    expect(passed).toBeLessThanOrEqual(44);
  });

  it('is shared with system/ratelimit, which waits for its turn', async () => {
    const run = new TestRun();
    const given = { key: 'k', count: 2, duration: 100 };
    for (let turns = 0; turns < 4; turns += 1) expect(await run.perform('system/ratelimit', given)).toBe(true);
    expect(run.pauses.map((ms) => Math.round(ms / 10_000))).toEqual([5, 5]);
    await expect(perform('flow/rate-limit', { key: 'k', limit: 2, window: 100_000 })).rejects.toMatchObject({
      code: 'rate-limited',
    });
  });
});

describe('flow/circuit-breaker', () => {
  const raised = failure('raised');
  const rule = { key: 'k', failures: 2, window: 1000, open: 5000 };
  const call = (value: unknown, more: object = {}) => perform('flow/circuit-breaker', { ...rule, value, ...more });
  const good: Lazy = () => 'good';
  const bad: Lazy = () => {
    throw raised;
  };
  const isOpen = expect.objectContaining({ code: 'circuit-open' });
  const open = async () => {
    for (let calls = 0; calls < 2; calls += 1) await expect(call(bad)).rejects.toBe(raised);
    await expect(call(good)).rejects.toEqual(isOpen);
  };

  it('opens after so many failures, and closes after a probe that succeeds', async () => {
    await open();
    opened.skip(5001);
    expect(await call(good)).toBe('good');
    await expect(call(bad)).rejects.toBe(raised);
    expect(await call(good)).toBe('good');
  });

  it('opens again after a probe that fails', async () => {
    await open();
    opened.skip(5001);
    await expect(call(bad)).rejects.toBe(raised);
    await expect(call(good)).rejects.toEqual(isOpen);
  });

  it('does not count failures beyond the window', async () => {
    await expect(call(bad)).rejects.toBe(raised);
    opened.skip(1001);
    await expect(call(bad)).rejects.toBe(raised);
    expect(await call(good)).toBe('good');
  });

  it('does not count what says nothing about what is called', async () => {
    const cancelled = failure('cancelled', { uncatchable: true });
    for (let calls = 0; calls < 5; calls += 1) {
      await expect(call(bad, { 'not-on': ['raised'] })).rejects.toBe(raised);
      await expect(call(() => Promise.reject(cancelled), { fallback: 1 })).rejects.toBe(cancelled);
    }
    expect(await call(good)).toBe('good');
  });

  it('lets so many probes through while half open, and closes when all have succeeded', async () => {
    await open();
    opened.skip(5001);
    const work = new Work();
    const probes = { probes: 2 };
    const first = call(work.steps, probes);
    const second = call(work.steps, probes);
    await expect(call(work.steps, probes)).rejects.toEqual(isOpen);
    await work.finish(1);
    await expect(call(work.steps, probes)).rejects.toEqual(isOpen);
    await work.finish(2);
    expect(await Promise.all([first, second])).toEqual([1, 2]);
    expect(await call(good)).toBe('good');
  });

  it.each([
    ['is cancelled', true],
    ['never ends', false],
  ])('does not stay open because a probe %s', async (_, ends) => {
    await open();
    opened.skip(5001);
    const work = new Work();
    const probe = call(work.steps);
    probe.catch(() => {});
    if (ends) await work.fail(failure('cancelled', { uncatchable: true }));
    else opened.skip(5001);
    expect(await call(good)).toBe('good');
  });

  it('does not heed what began before it opened', async () => {
    const work = new Work();
    const early = call(work.steps);
    await open();
    opened.skip(5001);
    await work.finish('late');
    expect(await early).toBe('late');
    await expect(call(bad)).rejects.toBe(raised);
    await expect(call(good)).rejects.toEqual(isOpen);
  });

  it('has the fallback stand in for failures and while it is open', async () => {
    const fallback: Lazy = (locals) => (locals as { error: { code: string } }).error.code;
    const codes = [];
    for (let calls = 0; calls < 3; calls += 1) codes.push(await call(bad, { fallback }));
    expect(codes).toEqual(['raised', 'raised', 'circuit-open']);
  });
});
