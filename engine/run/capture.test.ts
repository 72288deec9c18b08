import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { openStage, projectOf, type Stage, worldOf } from '../../test/support/environment.ts';
import { BoundedSwitches } from '../compile/bounded-switches.ts';
import { applyPolicies } from '../compile/project.ts';
import type { Action, Operation, Service, Switches, Value } from '../document/types.ts';
import type { CaptureRules, Environment } from './environment.ts';
import { startRun } from './execute.ts';
import type { Run } from './run.ts';
import { Room, type SpanRecorder } from './spans.ts';
import { placeSpans } from './stored-spans.ts';

const op = 'server/web/op';
const called = 'service/tools/echo';
const set = (id: string, value: Value = id): Action => ({ id, action: 'variable/set', input: { value } });
const raise = (id: string): Action => ({ id, action: 'scope/raise', input: { message: 'No.' } });
const call = (id: string): Action => ({
  id,
  action: 'service/operation',
  input: { serviceOperationReference: called, input: { n: 1 } },
});
const loop = (id: string, ...actions: Action[]): Action => ({
  id,
  action: 'iteration/map',
  input: { array: [0, 1, 2], foreach: { $do: { actions } } as never, scope: 'item' },
});

interface Taken {
  run: string;
  reason: Run['captured'];
  nodes: string[];
}

/** A project with one operation on a server, which may call one of a service, and what was taken of its runs. */
async function open(actions: Action[], switches: Switches, rules: Partial<CaptureRules> = {}) {
  const operation = { id: 'op', method: 'GET', path: '/', workflow: { actions, output: 'done' } } as Operation;
  const services: Service[] = [{ id: 'tools', operations: [{ id: 'echo', workflow: { actions: [set('inside')] } }] }];
  const project = projectOf([{ id: 'web', type: 'http', operations: [operation] }], services);
  const stage = await openStage(worldOf({ project, library: actionById }));
  const captureRules = { all: false, errors: false, slowMs: null, ...rules };
  const bounded = new BoundedSwitches();
  const put = (next: Switches) =>
    applyPolicies(
      stage.compiled,
      {
        switches: next,
        settings: {
          level: 'info',
          captureAll: captureRules.all,
          captureErrors: captureRules.errors,
          captureSlowMs: captureRules.slowMs ?? undefined,
        },
        now: Date.now(),
        uses: {},
      },
      bounded,
    );
  put(switches);
  const room = new Room(1_000_000);
  const taken: Taken[] = [];
  const take = (run: Run, recorder: SpanRecorder) => {
    const whole = !(run.captured === 'switch' && recorder.spans[0]?.keep !== 'all');
    const nodes = placeSpans(recorder, whole).map(
      ({ span, within }) => `${span.node.replace(`${op}/`, '')}${span.iteration ?? ''}<${within ?? ''}`,
    );
    taken.push({ run: run.operation.address, reason: run.captured, nodes });
  };
  const environment: Environment = { ...stage.environment, captures: { room, take }, captureRules };
  const start = async (given = {}) => {
    const outcome = await startRun(stage.compiled.operations.get(op) as never, environment, given, null);
    // A run from outside is taken by whoever answers it.
    const { run } = outcome;
    if (run.captured !== null && run.recorder !== null) take(run, run.recorder);
    expect(room.used).toBe(0);
    return { outcome, taken: taken.splice(0) };
  };
  return { start, put, stage: stage as Stage };
}

const on = (address: string, capture: Switches[string]['capture'] = true): Switches => ({
  [address]: { capture: capture as never },
});

describe('what is kept of a run', () => {
  it('nothing, and no recorder, where nobody asks for it', async () => {
    const { start } = await open([set('a')], {});
    const { outcome, taken } = await start();
    expect([outcome.run.recorder, taken]).toEqual([null, []]);
  });

  it.each(['server/web', op])('all of it, called runs too, where the capture of %s is on', async (address) => {
    const { start } = await open([set('a'), call('c')], on(address));
    expect((await start()).taken).toEqual([
      { run: op, reason: 'switch', nodes: [`${op}<`, 'a<0', 'c<0', `${called}<2`, `${called}/inside<3`] },
    ]);
  });

  it('the spans of an action whose own capture is on, nested below none that is not kept', async () => {
    const { start } = await open([set('a'), loop('each', set('s'), set('t'))], on(`${op}/s`));
    expect((await start()).taken).toEqual([{ run: op, reason: 'switch', nodes: ['s0<', 's1<', 's2<'] }]);
  });

  it('the run of a called operation whose capture is on, whatever the caller says', async () => {
    for (const address of [called, 'service/tools']) {
      const { start } = await open([set('a'), call('c')], on(address));
      expect((await start()).taken).toEqual([
        { run: called, reason: 'switch', nodes: [`${called}<`, `${called}/inside<0`] },
      ]);
    }
    const { start } = await open([set('a'), call('c')], { ...on(called), ...on(`${op}/a`) });
    expect((await start()).taken).toEqual([
      { run: op, reason: 'switch', nodes: ['a<', `${called}<`, `${called}/inside<1`] },
    ]);
  });

  it('all of a run that failed, where the settings say so, and of those that it called', async () => {
    const { start } = await open([set('a'), call('c'), raise('no')], {}, { errors: true });
    expect((await start()).taken).toEqual([
      { run: op, reason: 'failed', nodes: [`${op}<`, 'a<0', 'c<0', `${called}<2`, `${called}/inside<3`, 'no<0'] },
    ]);
    const { start: startGood } = await open([set('a')], {}, { errors: true });
    expect((await startGood()).taken).toEqual([]);
  });

  it('all of every run, or of a slow one, where the settings say so', async () => {
    const all = await open([set('a')], {}, { all: true });
    expect((await all.start()).taken).toMatchObject([{ reason: 'all', nodes: [`${op}<`, 'a<0'] }]);
    const slow = await open([{ id: 'nap', action: 'thread/sleep', input: { duration: 30 } }], {}, { slowMs: 20 });
    expect((await slow.start()).taken).toMatchObject([{ reason: 'slow' }]);
    const quick = await open([set('a')], {}, { slowMs: 60_000 });
    expect((await quick.start()).taken).toEqual([]);
  });

  it('what bounded switches let through: by failure, by a condition at the begin or the end', async () => {
    const cases: [NonNullable<Switches[string]['capture']>, Action[], boolean][] = [
      [{ on: true, errorsOnly: true }, [set('a')], false],
      [{ on: true, errorsOnly: true }, [raise('a')], true],
      [{ on: true, when: 'request.n = 1' }, [set('a')], true],
      [{ on: true, when: 'request.n = 2' }, [set('a')], false],
      [{ on: true, when: 'output = "done"' }, [set('a')], true],
      [{ on: true, when: 'ms > 60000' }, [set('a')], false],
      [{ on: true, sample: 0 }, [set('a')], false],
      [{ on: true, until: '2020-01-01T00:00:00Z' }, [set('a')], false],
    ];
    for (const [capture, actions, isTaken] of cases) {
      const { start } = await open(actions, on(op, capture));
      expect((await start({ request: { n: 1 } })).taken.length, JSON.stringify(capture)).toBe(isTaken ? 1 : 0);
    }
  });

  it('of an action, only the executions that its condition is met by', async () => {
    const { start } = await open(
      [loop('each', set('s', { $ref: ['item', 'index'] } as never))],
      on(`${op}/s`, { on: true, when: 'output = 1' }),
    );
    expect((await start()).taken).toEqual([{ run: op, reason: 'switch', nodes: ['s1<'] }]);
  });

  it('the log of a node is written beside it', async () => {
    const { start, stage, put } = await open([set('a')], {});
    put({ [op]: { log: true, capture: true }, [`${op}/a`]: { log: true } });
    expect((await start()).taken).toHaveLength(1);
    expect(stage.told.map(({ node, event }) => `${node} ${event}`)).toEqual([
      `${op} begin`,
      `${op}/a begin`,
      `${op}/a end`,
      `${op} end`,
    ]);
  });
});
