import { describe, expect, it, vi } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { type ActionDefinition, defineAction } from '../../actions/kit/index.ts';
import { defaultLimits, openStage, projectOf, type Stage, worldOf } from '../../test/support/environment.ts';
import type { World } from '../../test/support/interpreter-place.ts';
import type { Action, Operation, Workflow } from '../document/types.ts';
import type { Outcome } from './execute.ts';
import { limitReached } from './failure.ts';
import type { Run } from './run.ts';
import { nextTurn } from './turn.ts';

const address = 'server/main/op';

/** Waits until it is let go, and listens to nobody. */
const stubborn = (): { action: ActionDefinition; letGo(): Promise<void> } => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const action = defineAction({
    id: 'test/stubborn',
    title: 'Stubborn',
    summary: 'Waits until the test lets it go.',
    fields: {},
    output: null,
    examples: [],
    run: () => held,
  });
  return {
    action,
    async letGo() {
      release();
      // Whatever follows from it needs no longer than this.
      for (let turn = 0; turn < 5; turn += 1) await nextTurn();
    },
  };
};

const stageOf = (operation: Partial<Operation> & { workflow: Workflow }, parts: Partial<World> = {}, ...more: ActionDefinition[]): Promise<Stage> => {
  const library = new Map([...actionById, ...more.map((action) => [action.id, action] as const)]);
  const server = { id: 'main', type: 'http', operations: [{ id: 'op', method: 'GET', path: '/', ...operation }] };
  return openStage(worldOf({ project: projectOf([server]), library, ...parts }), { log: true });
};

const set = (id: string, value: unknown = id): Action => ({ id, action: 'variable/set', input: { value: value as never } });
const hold: Action = { id: 'hold', action: 'test/stubborn' };
const within = (id: string, action: Action, ...then: Action[]): Action => ({
  ...action,
  id,
  action: 'conditional/if',
  input: { conditions: [{ condition: true, value: { $do: { actions: then } } as never }] },
});

/** The one run that waits. */
const waitingRun = (stage: Stage): Run => {
  const [run] = stage.waiting.runs;
  if (run === undefined) throw new Error('No run waits.');
  return run;
};

const begun = (stage: Stage): string[] =>
  stage.told.filter(({ event, node }) => event === 'begin' && node !== address).map(({ node }) => node.slice(address.length + 1));

const failureOf = ({ failure }: Outcome) => failure && `${failure.code} at ${failure.node}`;
const cancelled = () => limitReached('cancelled', 'The test ended the run.');

describe('a run that never has to wait', () => {
  it('is over when it was started, and nobody hears that it waits', async () => {
    const stage = await stageOf({ workflow: { actions: Array.from({ length: 10 }, (_, i) => set(`a${i}`)), output: { $ref: ['variables', 'output'] } } });
    await nextTurn();
    const outcome = stage.start(address);
    expect(outcome).not.toBeInstanceOf(Promise);
    expect(outcome).toMatchObject({ output: 'a9', failure: null, handled: false });
    expect(begun(stage)).toHaveLength(10);
    expect(stage.waiting.moves).toEqual([]);
  });

  it('stays so through branches, iterations, calls of nothing and a handled failure', async () => {
    const steps = (...actions: Action[]) => ({ $do: { actions } }) as never;
    const raise: Action = { id: 'raise', action: 'scope/raise', input: { message: 'no' } };
    const stage = await stageOf({
      workflow: {
        actions: [
          within('if', set('x'), set('in-if')),
          { id: 'map', action: 'iteration/map', input: { array: [1, 2], scope: 'item', foreach: steps(set('in-map')) } },
          { id: 'try', action: 'conditional/try', input: { value: steps(raise), onError: steps(set('in-handler')) } },
        ],
      },
    });
    await nextTurn();
    expect(stage.start(address)).toMatchObject({ output: 'in-handler', failure: null });
  });
});

describe('a run that waits', () => {
  it('is known as such from its first wait to its end, and tells where it goes', async () => {
    const held = stubborn();
    const stage = await stageOf({ workflow: { actions: [set('first'), hold, set('second'), set('third')] } }, {}, held.action);
    const outcome = stage.start(address);
    expect(waitingRun(stage)).toMatchObject({ journaled: true, at: `${address}/hold` });
    await held.letGo();
    await outcome;
    expect(stage.waiting.runs.size).toBe(0);
    expect(stage.waiting.moves).toEqual([`${address}/second`, `${address}/third`]);
  });

  it('lets other runs begin and end meanwhile', async () => {
    const held = stubborn();
    const stage = await stageOf({ workflow: { actions: [within('if', { id: '', action: '', enabled: true }, hold)] } }, {}, held.action);
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
    const iterate: Action = { id: 'map', action: 'iteration/map', input: { array: { $ref: ['request', 'body'] }, scope: 'item', foreach: 1 } };
    const stage = await stageOf({ workflow: { actions: [iterate] } }, { limits: { ...defaultLimits, steps: 1_000_000 } });
    const given = { request: { body: new Array(10_000_000).fill(0) } };
    let outcome: Outcome | undefined;
    const ticks = await ticksDuring(async () => {
      outcome = await stage.start(address, given);
    });
    expect(outcome && failureOf(outcome)).toBe(`step-limit at ${address}/map`);
    expect(ticks).toBeGreaterThan(0);
  });

  it('ends by its time though nothing in it waits, and a short run is done before', async () => {
    const inner = { $do: { actions: [{ id: 'inner', action: 'iteration/map', input: { array: { $ref: ['request', 'body'] }, scope: 'b', foreach: 1 } }] } };
    const outer: Action = { id: 'outer', action: 'iteration/map', input: { array: { $ref: ['request', 'body'] }, scope: 'a', foreach: inner as never } };
    const stage = await stageOf({ workflow: { actions: [outer], output: 1 } }, { limits: { ...defaultLimits, runMs: 250, steps: 1e12 } });
    const ends: string[] = [];
    const ticks = await ticksDuring(() =>
      Promise.all([
        Promise.resolve(stage.start(address, { request: { body: new Array(1e6).fill(0) } })).then((outcome) => ends.push(`long: ${outcome.failure?.code}`)),
        nextTurn()
          .then(() => stage.start(address, { request: { body: [] } }))
          .then((outcome) => ends.push(`short: ${outcome.output}`)),
      ]),
    );
    expect(ends).toEqual(['short: 1', 'long: timeout']);
    expect(ticks).toBeGreaterThan(0);
  });
});

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
    const stage = await stageOf({ workflow: { actions: [{ id: 'sleep', action: 'thread/sleep', input: { duration: 3_600_000 } }] } });
    const outcome = stage.start(address);
    waitingRun(stage).end(cancelled());
    await outcome;
    await nextTurn();
    const end = stage.told.find(({ event, node }) => event === 'end' && node === `${address}/sleep`);
    expect(end?.failure).toBe(`cancelled at ${address}/sleep`);
  });

  it('does not ask onError when it was cancelled, nor a try in it', async () => {
    const held = stubborn();
    const attempt: Action = { id: 'try', action: 'conditional/try', input: { value: { $do: { actions: [hold] } } as never, onError: { $do: { actions: [set('caught')] } } as never } };
    const stage = await stageOf({ workflow: { actions: [attempt] }, onError: { actions: [set('handler')] } }, {}, held.action);
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
    const stage = await stageOf({ workflow: { actions: [hold, set('after')] }, onError: { actions: [set('handler')] } }, { limits: { ...defaultLimits, runMs: 20 } }, held.action);
    const outcome = await stage.start(address);
    expect(outcome).toMatchObject({ output: 'handler', handled: true });
    await held.letGo();
    expect(begun(stage)).toEqual(['hold', 'handler']);
  });

  it('takes no further step while onError waits', async () => {
    const held = stubborn();
    const rest: Action = { id: 'rest', action: 'thread/sleep', input: { duration: 30 } };
    const stage = await stageOf({ workflow: { actions: [hold, set('after')] }, onError: { actions: [rest, set('handler')] } }, { limits: { ...defaultLimits, runMs: 20 } }, held.action);
    const outcome = stage.start(address);
    await vi.waitFor(() => expect(begun(stage)).toContain('rest'));
    await held.letGo();
    expect(await outcome).toMatchObject({ output: 'handler', handled: true });
    expect(begun(stage)).toEqual(['hold', 'rest', 'handler']);
  });

  it('can be ended while onError waits for what never comes', async () => {
    const held = stubborn();
    const raise: Action = { id: 'raise', action: 'scope/raise', input: { message: 'no' } };
    const stage = await stageOf({ workflow: { actions: [raise] }, onError: { actions: [hold, set('after')] } }, {}, held.action);
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
    const stage = await stageOf({ workflow: { actions: [{ id: 'try', action: 'conditional/try', input: { value: steps as never, onError: 'too late' } }, set('next')] } }, {}, held.action);
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
      timeoutMs: 20,
      retry: { attempts: 2 },
      input: {
        conditions: [
          { condition: first, value: { $do: { actions: [{ ...set('count', 1), output: ['variables', 'n'] }, hold, set('late')] } } },
          { condition: true, value: { $do: { actions: [{ id: 'other', action: 'thread/sleep', input: { duration: 5 } }, set('second')] } } },
        ] as never,
      },
    };
    const stage = await stageOf({ workflow: { actions: [action] } }, {}, held.action);
    const outcome = stage.start(address);
    await vi.waitFor(() => expect(begun(stage)).toContain('other'));
    await held.letGo();
    expect(await outcome).toMatchObject({ output: 'second', failure: null });
    expect(begun(stage)).toEqual(['if', 'count', 'hold', 'other', 'second']);
  });
});
