import { describe, expect, it, vi } from 'vitest';
import { defaultLimits } from '../../test/support/environment.ts';
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
import { limitReached } from './failure.ts';
import { nextTurn } from './turn.ts';

const cancelled = () => limitReached('cancelled', 'The test ended the run.');

describe('a run that is ended from outside', () => {
  it('answers at once, whatever it waits for, and takes no further step', async () => {
    const held = stubborn();
    const stage = await stageOf({ workflow: { actions: [set('first'), hold, set('after')] } }, {}, held.action);
    const outcome = stage.start(address);
    waitingRun(stage).end(cancelled());
    expect(failureOf(await outcome)).toBe(`cancelled at ${address}/hold`);
    await held.letGo();
    expect(begun(stage)).toEqual(['first', 'hold']);
    expect(stage.waiting.runs.size).toBe(0);
  });

  it('aborts what listens to its signal', async () => {
    const stage = await stageOf({
      workflow: { actions: [{ id: 'sleep', action: 'thread/sleep', input: { duration: 3_600_000 } }] },
    });
    const outcome = stage.start(address);
    waitingRun(stage).end(cancelled());
    await outcome;
    await nextTurn();
    const end = stage.told.find(({ event, node }) => event === 'end' && node === `${address}/sleep`);
    expect(end?.failure).toBe(`cancelled at ${address}/sleep`);
  });

  it('does not ask onError when it was cancelled, nor a try in it', async () => {
    const held = stubborn();
    const attempt: Action = {
      id: 'try',
      action: 'conditional/try',
      input: { value: { $do: { actions: [hold] } } as never, onError: { $do: { actions: [set('caught')] } } as never },
    };
    const stage = await stageOf(
      { workflow: { actions: [attempt] }, onError: { actions: [set('handler')] } },
      {},
      held.action,
    );
    const outcome = stage.start(address);
    waitingRun(stage).end(cancelled());
    expect(await outcome).toMatchObject({ output: null, handled: false });
    await held.letGo();
    expect(begun(stage)).toEqual(['try', 'hold']);
  });

  it('keeps the first reason', async () => {
    const held = stubborn();
    const stage = await stageOf({ workflow: { actions: [hold] } }, {}, held.action);
    const outcome = stage.start(address);
    const run = waitingRun(stage);
    run.end(cancelled());
    run.end(limitReached('timeout', 'Too late to matter.'));
    expect(failureOf(await outcome)).toBe(`cancelled at ${address}/hold`);
  });

  it('takes no further step after onError answered for it', async () => {
    const held = stubborn();
    const stage = await stageOf(
      { workflow: { actions: [hold, set('after')] }, onError: { actions: [set('handler')] } },
      { limits: { ...defaultLimits, runMs: 20 } },
      held.action,
    );
    const outcome = await stage.start(address);
    expect(outcome).toMatchObject({ output: 'handler', handled: true });
    await held.letGo();
    expect(begun(stage)).toEqual(['hold', 'handler']);
  });

  it('takes no further step while onError waits', async () => {
    const held = stubborn();
    const rest: Action = { id: 'rest', action: 'thread/sleep', input: { duration: 30 } };
    const stage = await stageOf(
      { workflow: { actions: [hold, set('after')] }, onError: { actions: [rest, set('handler')] } },
      { limits: { ...defaultLimits, runMs: 20 } },
      held.action,
    );
    const outcome = stage.start(address);
    await vi.waitFor(() => expect(begun(stage)).toContain('rest'));
    await held.letGo();
    expect(await outcome).toMatchObject({ output: 'handler', handled: true });
    expect(begun(stage)).toEqual(['hold', 'rest', 'handler']);
  });

  it('can be ended while onError waits for what never comes', async () => {
    const held = stubborn();
    const raise: Action = { id: 'raise', action: 'scope/raise', input: { message: 'no' } };
    const stage = await stageOf(
      { workflow: { actions: [raise] }, onError: { actions: [hold, set('after')] } },
      {},
      held.action,
    );
    const outcome = stage.start(address);
    waitingRun(stage).end(cancelled());
    expect(failureOf(await outcome)).toBe(`cancelled at ${address}/hold`);
    await held.letGo();
    expect(begun(stage)).toEqual(['raise', 'hold']);
  });
});

describe('an action that is over its time', () => {
  const limited = { id: '', action: '', timeoutMs: 20 };

  it('leaves nothing behind that goes on', async () => {
    const held = stubborn();
    const steps = { $do: { actions: [within('if', limited, hold, set('late'))] } };
    const stage = await stageOf(
      {
        workflow: {
          actions: [
            { id: 'try', action: 'conditional/try', input: { value: steps as never, onError: 'too late' } },
            set('next'),
          ],
        },
      },
      {},
      held.action,
    );
    expect(await stage.start(address)).toMatchObject({ output: 'next', failure: null });
    await held.letGo();
    expect(begun(stage)).toEqual(['try', 'if', 'hold', 'next']);
  });

  it('leaves nothing behind from an earlier attempt', async () => {
    const held = stubborn();
    const first = { $op: 'equal', of: [{ $ref: ['variables', 'n'] }, null] };
    const action: Action = {
      id: 'if',
      action: 'conditional/if',
      timeoutMs: 150,
      retry: { attempts: 2 },
      input: {
        conditions: [
          {
            condition: first,
            value: { $do: { actions: [{ ...set('count', 1), output: ['variables', 'n'] }, hold, set('late')] } },
          },
          {
            condition: true,
            value: {
              $do: { actions: [{ id: 'other', action: 'thread/sleep', input: { duration: 5 } }, set('second')] },
            },
          },
        ] as never,
      },
    };
    const stage = await stageOf({ workflow: { actions: [action] } }, {}, held.action);
    const outcome = stage.start(address);
    await vi.waitFor(() => expect(begun(stage)).toContain('other'));
    await held.letGo();
    expect(await outcome).toMatchObject({ output: 'second', failure: null });
    expect(begun(stage)).toEqual(['if', 'count', 'hold', 'if', 'other', 'second']);
  });
});
