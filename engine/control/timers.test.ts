import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HostTimer } from '../../actions/kit/define.ts';
import { Timers } from './timers.ts';

const timer = (change: Partial<HostTimer> = {}): HostTimer => ({
  id: 't',
  intervalMs: 100,
  operation: 'service/tools/tick',
  input: { n: 1 },
  running: true,
  ...change,
});

let timers: Timers;
let fired: string[];
let lost: string[];
/** Ends the runs that go on. */
let ends: (() => void)[];
let isThere: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  fired = [];
  lost = [];
  ends = [];
  isThere = true;
  timers = new Timers({
    isOperation: () => isThere,
    fire: ({ id, input }) => {
      fired.push(`${id} ${JSON.stringify(input)}`);
      return new Promise((resolve) => ends.push(resolve));
    },
    lost: ({ id }) => lost.push(id),
  });
});
afterEach(() => {
  timers.close();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const endAll = async () => {
  for (const end of ends.splice(0)) end();
  await pass(0);
};
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (thrown) {
    return (thrown as { code: string }).code;
  }
  return 'none';
};

describe('a timer', () => {
  it('fires after each interval, and leaves out what comes while the last run goes on', async () => {
    timers.set(timer());
    await pass(99);
    expect(fired).toEqual([]);
    await pass(1);
    expect(fired).toEqual(['t {"n":1}']);
    await pass(500);
    expect(fired).toHaveLength(1);
    await endAll();
    await pass(100);
    expect(fired).toHaveLength(2);
  });

  it('does nothing while it is stopped, or once it is gone', async () => {
    timers.set(timer({ running: false }));
    await pass(500);
    timers.change('t', { running: true });
    await pass(100);
    await endAll();
    expect(timers.delete('t')).toBe(true);
    expect(timers.delete('t')).toBe(false);
    await pass(500);
    expect(fired).toHaveLength(1);
  });

  it('that takes the place of another waits for its run', async () => {
    timers.set(timer());
    await pass(100);
    timers.set(timer({ input: 2 }));
    await pass(300);
    timers.delete('t');
    timers.set(timer({ input: 3 }));
    await pass(300);
    expect(fired).toEqual(['t {"n":1}']);
    await endAll();
    await pass(100);
    expect(fired).toEqual(['t {"n":1}', 't 3']);
  });

  it('says once that its operation is gone, and goes on when that is back', async () => {
    timers.set(timer());
    isThere = false;
    await pass(300);
    expect([fired, lost]).toEqual([[], ['t']]);
    isThere = true;
    await pass(100);
    expect(fired).toHaveLength(1);
  });

  it('whose operation is gone can be stopped and started, and no other takes its place', () => {
    timers.set(timer());
    isThere = false;
    expect(codeOf(() => timers.change('t', { running: false }))).toBe('none');
    expect(codeOf(() => timers.change('t', { running: true }))).toBe('none');
    expect(codeOf(() => timers.change('t', { operation: 'service/tools/tick' }))).toBe('timer-invalid');
    expect(codeOf(() => timers.set(timer()))).toBe('timer-invalid');
  });

  it('that is changed keeps what is not, and is not changed by what is refused', async () => {
    timers.set(timer());
    expect(timers.change('t', { intervalMs: 1000 })).toEqual(timer({ intervalMs: 1000 }));
    expect(codeOf(() => timers.change('t', { intervalMs: 1 }))).toBe('timer-invalid');
    expect(codeOf(() => timers.change('other', {}))).toBe('timer-unknown');
    expect(timers.list()).toEqual([timer({ intervalMs: 1000 })]);
    await pass(999);
    expect(fired).toEqual([]);
  });
});

describe('what is no timer', () => {
  it.each([
    [{ id: '' }],
    [{ id: 'x'.repeat(201) }],
    [{ id: 7 as never }],
    [{ intervalMs: 99 }],
    [{ intervalMs: 2 ** 31 }],
    [{ intervalMs: 100.5 }],
    [{ intervalMs: Number.NaN }],
    [{ operation: 7 as never }],
    [{ running: 'yes' as never }],
    [{ input: 'x'.repeat(70_000) }],
  ])('is refused: %j', (change) => expect(codeOf(() => timers.set(timer(change)))).toBe('timer-invalid'));

  it('is one too many', () => {
    for (let index = 0; index < 1000; index += 1) timers.set(timer({ id: String(index), intervalMs: 1000 }));
    expect(codeOf(() => timers.set(timer({ intervalMs: 60_000 })))).toBe('timer-invalid');
    expect(codeOf(() => timers.set(timer({ id: '5', intervalMs: 1000 })))).toBe('none');
  });

  /** Makes timers until one is refused, and says how many there are, and why. */
  const fill = (change: Partial<HostTimer>): [number, string] => {
    for (let index = 0; index < 2000; index += 1) {
      try {
        timers.set(timer({ id: `fill-${index}`, ...change }));
      } catch (thrown) {
        return [index, (thrown as Error).message];
      }
    }
    throw new Error('None was refused.');
  };

  it('is what begins too many runs with all others, stopped ones too', () => {
    const [first, why] = fill({ intervalMs: 300, running: false });
    expect([first, why]).toEqual([300, expect.stringContaining('1000 runs per second')]);
    expect(codeOf(() => timers.change('fill-0', { intervalMs: 150 }))).toBe('timer-invalid');
    expect(codeOf(() => timers.change('fill-0', { running: true }))).toBe('none');
    timers.delete('fill-1');
    expect(codeOf(() => timers.set(timer({ intervalMs: 300 })))).toBe('none');
  });

  it('is what has too long an input with all others', () => {
    const input = 'x'.repeat(60_000);
    expect(fill({ input, intervalMs: 60_000, running: false })).toEqual([17, expect.stringContaining('1048576')]);
    expect(codeOf(() => timers.change('fill-0', { intervalMs: 1000 }))).toBe('none');
    timers.change('fill-0', { input: null });
    expect(codeOf(() => timers.set(timer({ input, intervalMs: 60_000 })))).toBe('none');
    expect(codeOf(() => timers.change('fill-0', { input }))).toBe('timer-invalid');
  });

  it('is what hands over too much with all others', () => {
    expect(fill({ input: 'x'.repeat(60_000) })).toEqual([3, expect.stringContaining('2097152 characters')]);
    expect(codeOf(() => timers.set(timer()))).toBe('none');
  });
});
