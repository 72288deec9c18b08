import { describe, expect, it } from 'vitest';
import type { FromWorker } from '../wire/messages.ts';
import { EngineControl } from './engine-control.ts';

const open = (withinMs = 10_000) => {
  const told: Extract<FromWorker, { type: 'ask' }>[] = [];
  const control = new EngineControl((message) => told.push(message as (typeof told)[0]), withinMs);
  return { control, told };
};
const timer = { id: 't', intervalMs: 100, operation: 'service/a/b', input: null as unknown, running: true };

describe('what is asked of the engine', () => {
  it('is answered by its number, in any order', async () => {
    const { control, told } = open();
    const first = control.deleteTimer('a', 'node/1');
    const second = control.deleteTimer('b', 'node/2');
    expect(told.map(({ asked }) => asked)).toEqual([
      { what: 'delete-timer', timer: 'a', by: 'node/1' },
      { what: 'delete-timer', timer: 'b', by: 'node/2' },
    ]);
    control.answered(told[1]?.id as number, { value: false });
    control.answered(told[0]?.id as number, { value: true });
    expect(await Promise.all([first, second])).toEqual([true, false]);
  });

  it('fails as the engine says', async () => {
    const { control, told } = open();
    const work = control.startServer('web', 'node');
    control.answered(told[0]?.id as number, { failure: { code: 'server-failed', message: 'The port is taken.' } });
    await expect(work).rejects.toMatchObject({ code: 'server-failed', message: 'The port is taken.' });
  });

  it('fails when no answer comes, and what comes later is nobody’s', async () => {
    const { control, told } = open(1);
    await expect(control.timers()).rejects.toMatchObject({ code: 'engine-unavailable' });
    expect(() => control.answered(told[0]?.id as number, { value: [] })).not.toThrow();
    expect(() => control.answered(77, { value: [] })).not.toThrow();
  });

  const cycle: unknown[] = [];
  cycle.push(cycle);
  it.each([
    ['binary data', { deep: [new Uint8Array(1)] }],
    ['binary data of another kind', [Buffer.from('x')]],
    ['a cycle', cycle],
    ['a long text', 'x'.repeat(100_000)],
  ])('is not sent with an input that would not arrive well: %s', async (_, input) => {
    const { control, told } = open();
    await expect(control.setTimer({ ...timer, input }, 'node')).rejects.toMatchObject({ code: 'timer-invalid' });
    await expect(control.changeTimer('t', { input }, 'node')).rejects.toMatchObject({ code: 'timer-invalid' });
    expect(told).toEqual([]);
  });
});
