import { describe, expect, it } from 'vitest';
import { defaultLimits, runAtOnce } from '../../test/support/environment.ts';
import {
  address,
  begun,
  failureOf,
  hold,
  set,
  stageOf,
  stubborn,
  waitingRun,
  within,
} from '../../test/support/held-runs.ts';
import type { Action } from '../document/types.ts';
import type { Outcome } from './execute.ts';
import { nextTurn } from './turn.ts';

describe('a run that never has to wait', () => {
  it('is over when it was started, and nobody hears that it waits', async () => {
    const stage = await stageOf({
      workflow: {
        actions: Array.from({ length: 10 }, (_, i) => set(`a${i}`)),
        output: { $ref: ['variables', 'output'] },
      },
    });
    expect(await runAtOnce(stage, address)).toMatchObject({ output: 'a9', failure: null, handled: false });
    expect(begun(stage).slice(-10)).toEqual(Array.from({ length: 10 }, (_, i) => `a${i}`));
    expect(stage.waiting.runs.size).toBe(0);
  });

  it('stays so through branches, iterations, and a handled failure', async () => {
    const steps = (...actions: Action[]) => ({ $do: { actions } }) as never;
    const raise: Action = { id: 'raise', action: 'scope/raise', input: { message: 'no' } };
    const stage = await stageOf({
      workflow: {
        actions: [
          within('if', set('x'), set('in-if')),
          {
            id: 'map',
            action: 'iteration/map',
            input: { array: [1, 2], scope: 'item', foreach: steps(set('in-map')) },
          },
          { id: 'try', action: 'conditional/try', input: { value: steps(raise), onError: steps(set('in-handler')) } },
        ],
      },
    });
    expect(await runAtOnce(stage, address)).toMatchObject({ output: 'in-handler', failure: null });
  });
});

describe('a run that waits', () => {
  it('is known as such from its first wait to its end, and tells where it goes', async () => {
    const held = stubborn();
    const stage = await stageOf(
      { workflow: { actions: [set('first'), hold, set('second'), set('third')] } },
      {},
      held.action,
    );
    const outcome = stage.start(address);
    expect(waitingRun(stage)).toMatchObject({ journaled: true, at: `${address}/hold` });
    await held.letGo();
    await outcome;
    expect(stage.waiting.runs.size).toBe(0);
    expect(stage.waiting.moves).toEqual([`${address}/second`, `${address}/third`]);
  });

  it('lets other runs begin and end meanwhile', async () => {
    const held = stubborn();
    const stage = await stageOf(
      { workflow: { actions: [within('if', { id: '', action: '', enabled: true }, hold)] } },
      {},
      held.action,
    );
    const [first, second] = [stage.start(address), stage.start(address)];
    expect(stage.waiting.runs.size).toBe(2);
    await held.letGo();
    const [a, b] = await Promise.all([first, second]);
    expect(a.run.id).not.toBe(b.run.id);
    expect([a.failure, b.failure]).toEqual([null, null]);
  });
});

describe('a run that takes long', () => {
  const ticksDuring = async (work: () => Promise<unknown>): Promise<number> => {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 1);
    await work();
    clearInterval(timer);
    return ticks;
  };

  it('gives way to the event loop now and then while it iterates', async () => {
    const iterate: Action = {
      id: 'map',
      action: 'iteration/map',
      input: { array: { $ref: ['request', 'body'] }, scope: 'item', foreach: 1 },
    };
    const stage = await stageOf(
      { workflow: { actions: [iterate] } },
      { limits: { ...defaultLimits, steps: 1_000_000 } },
    );
    const given = { request: { body: new Array(10_000_000).fill(0) } };
    let outcome: Outcome | undefined;
    const ticks = await ticksDuring(async () => {
      outcome = await stage.start(address, given);
    });
    expect(outcome && failureOf(outcome)).toBe(`step-limit at ${address}/map`);
    expect(ticks).toBeGreaterThan(0);
  });

  it('ends by its time though nothing in it waits, and a short run is done before', async () => {
    const inner = {
      $do: {
        actions: [
          {
            id: 'inner',
            action: 'iteration/map',
            input: { array: { $ref: ['request', 'body'] }, scope: 'b', foreach: 1 },
          },
        ],
      },
    };
    const outer: Action = {
      id: 'outer',
      action: 'iteration/map',
      input: { array: { $ref: ['request', 'body'] }, scope: 'a', foreach: inner as never },
    };
    const stage = await stageOf(
      { workflow: { actions: [outer], output: 1 } },
      { limits: { ...defaultLimits, runMs: 250, steps: 1e12 } },
    );
    const ends: string[] = [];
    const ticks = await ticksDuring(() =>
      Promise.all([
        Promise.resolve(stage.start(address, { request: { body: new Array(1e6).fill(0) } })).then((outcome) =>
          ends.push(`long: ${outcome.failure?.code}`),
        ),
        nextTurn()
          .then(() => stage.start(address, { request: { body: [] } }))
          .then((outcome) => ends.push(`short: ${outcome.output}`)),
      ]),
    );
    expect(ends).toEqual(['short: 1', 'long: timeout']);
    expect(ticks).toBeGreaterThan(0);
  });
});
