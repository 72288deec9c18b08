import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { ActionFailure, type Branch, defineAction, lazy, oneOf, optional, rows } from '../../actions/kit/index.ts';
import { openStage, projectOf, type Stage, worldOf } from '../../test/support/environment.ts';
import { address, begun, failureOf, hold, set, stageOf, stubborn } from '../../test/support/held-runs.ts';
import type { World } from '../../test/support/interpreter-place.ts';
import { applyPolicies } from '../compile/project.ts';
import type { Action, Service, Value, Workflow } from '../document/types.ts';
import type { Environment } from './environment.ts';
import { startRun } from './execute.ts';
import { Room } from './spans.ts';
import { nextTurn } from './turn.ts';

/** Runs all rows at once, each in a branch. The first to end or to fail decides, or all of them do; the others are ended. */
const beside = defineAction({
  id: 'test/beside',
  title: 'Beside',
  summary: 'Runs steps beside each other.',
  fields: {
    rows: rows({ value: lazy() }),
    until: optional(oneOf(['first', 'all', 'nobody']), 'all'),
  },
  output: {},
  examples: [],
  async run({ rows, until }, context) {
    const branches: Branch[] = [];
    const begin = ({ value }: (typeof rows)[0]) => {
      const branch = context.branch();
      branches.push(branch);
      return value(undefined, branch);
    };
    if (until === 'nobody') {
      for (const row of rows) begin(row);
      return 'not waited';
    }
    const works = rows.map(async (row) => begin(row));
    try {
      return await (until === 'first' ? Promise.race(works) : Promise.all(works));
    } finally {
      for (const branch of branches) branch.cancel(new ActionFailure('not-needed', 'Another one was first.'));
    }
  },
});

/** Calls its steps twice in one branch. */
const twice = defineAction({
  id: 'test/twice',
  title: 'Twice',
  summary: 'Runs steps twice in one branch.',
  fields: { value: lazy() },
  output: {},
  examples: [],
  async run({ value }, context) {
    const branch = context.branch();
    return [await value({ item: { index: 0, value: 'a' } }, branch), await value(undefined, branch)];
  },
});

const steps = (...actions: Action[]): Value => ({ $do: { actions } }) as never;
const asOutput = (output: Value, ...actions: Action[]): Value => ({ $do: { actions, output } }) as never;
const variable = (name: string): Value => ({ $ref: ['variables', name] }) as never;
const put = (name: string, value: Value): Action => ({
  id: `put-${name}-${JSON.stringify(value).length}`,
  action: 'variable/set',
  input: { value },
  output: ['variables', name],
});
const run = (values: Value[], more: Partial<Action> & { until?: string } = {}): Action => {
  const { until = 'all', ...rest } = more;
  return {
    id: 'beside',
    action: 'test/beside',
    input: { until, rows: values.map((value) => ({ value })) as never },
    ...rest,
  };
};

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeEach(() => process.on('unhandledRejection', note));
afterEach(async () => {
  await nextTurn();
  process.off('unhandledRejection', note);
  expect(unhandled.splice(0)).toEqual([]);
});

const held = () => {
  const each = stubborn();
  const open = (workflow: Workflow, parts: Partial<World> & { timeoutMs?: number; services?: Service[] } = {}) => {
    const { timeoutMs, ...rest } = parts;
    return stageOf({ workflow, ...(timeoutMs && { timeoutMs }) }, rest, each.action, beside, twice);
  };
  return { open, letGo: each.letGo };
};

describe('variables of a branch', () => {
  it('are a copy: what it sets is not seen beside it, nor after it', async () => {
    const { open } = held();
    const stage = await open({
      actions: [
        put('a', 'outer'),
        run([
          asOutput(variable('a'), put('a', 'first')),
          asOutput(variable('a')),
          asOutput(variable('b'), put('b', 1)),
        ]),
      ],
      output: { results: variable('output'), a: variable('a'), b: variable('b') },
    });
    const outcome = await stage.start(address);
    expect(outcome.output).toEqual({ results: ['first', 'outer', 1], a: 'outer', b: null });
  });

  it('stay from one call of its steps to the next', async () => {
    const { open } = held();
    const add = put('seen', { $template: '{{variables.seen}}x' } as never);
    const stage = await open({
      actions: [
        put('seen', ''),
        { id: 'twice', action: 'test/twice', input: { value: asOutput(variable('seen'), add) } },
      ],
      output: [variable('output'), variable('seen')],
    });
    expect((await stage.start(address)).output).toEqual([['x', 'xx'], '']);
  });

  it('hold for the scopes of iterations around, too', async () => {
    const { open } = held();
    const write: Action = { ...put('x', 'changed'), output: ['item', 'value'] };
    const each: Action = {
      id: 'each',
      action: 'iteration/map',
      input: {
        array: ['kept'],
        scope: 'item',
        foreach: asOutput(
          [variable('output'), { $ref: ['item', 'value'] } as never],
          run([asOutput({ $ref: ['item', 'value'] } as never, write)]),
        ),
      },
    };
    const outcome = await (await open({ actions: [each] })).start(address);
    expect(outcome.output).toEqual([[['changed'], 'kept']]);
  });
});

describe('a branch that is ended', () => {
  it('begins no further step, while the run goes on', async () => {
    const { open, letGo } = held();
    const stage = await open({
      actions: [run([steps(set('quick')), steps(hold, set('late'))], { until: 'first' }), set('after')],
      output: variable('output'),
    });
    expect((await stage.start(address)).output).toBe('after');
    await letGo();
    expect(begun(stage).toSorted()).toEqual(['after', 'beside', 'hold', 'quick']);
  });

  it('fails at the node that it was at, with the given reason, and what it waits for hears of it', async () => {
    const { open } = held();
    const sleep: Action = { id: 'sleep', action: 'thread/sleep', input: { duration: 60_000 } };
    const stage = await open({ actions: [run([steps(set('quick')), steps(sleep, set('late'))], { until: 'first' })] });
    await stage.start(address);
    await nextTurn();
    const ends = stage.told.filter(({ event, node }) => event === 'end' && node.endsWith('/sleep'));
    expect(ends.map(({ failure }) => failure)).toEqual([`not-needed at ${address}/sleep`]);
    expect(begun(stage)).not.toContain('late');
  });

  it.each([
    [
      'handlers',
      {
        id: 'try',
        action: 'conditional/try',
        input: { value: steps(hold, set('in-try')), onError: steps(set('in-handler')) },
      },
    ],
    ['retries', { id: 'again', action: 'conditional/try', input: { value: steps(hold, set('in-try')), retry: 5 } }],
    [
      'called operations and theirs',
      { id: 'call', action: 'service/operation', input: { serviceOperationReference: 'service/tools/slow' } },
    ],
  ] as [string, Action][])('gets no further through %s', async (_, action) => {
    const each = stubborn();
    const service: Service = {
      id: 'tools',
      operations: [
        { id: 'slow', workflow: { actions: [hold, set('in-call')] }, onError: { actions: [set('in-onError')] } },
      ],
    };
    const project = projectOf(
      [
        {
          id: 'main',
          type: 'http',
          operations: [
            {
              id: 'op',
              method: 'GET',
              path: '/',
              workflow: { actions: [run([steps(set('quick')), steps(action)], { until: 'first' })], output: 'done' },
            },
          ],
        },
      ],
      [service],
    );
    const stage = await stageOf({ workflow: { actions: [] } }, { project }, each.action, beside);
    expect((await stage.start(address)).output).toBe('done');
    await each.letGo();
    const late = stage.told.filter(({ event, node }) => event === 'begin' && /\/in-/.test(node));
    expect(late).toEqual([]);
  });

  it('takes the branches inside it along, but none around it', async () => {
    const { open, letGo } = held();
    const inner = { ...run([steps(hold, set('late'))]), id: 'inner' };
    const stage = await open({
      actions: [
        run([steps({ ...run([steps(inner), steps(set('quick'))], { until: 'first' }), id: 'middle' }, set('between'))]),
        set('after'),
      ],
    });
    expect((await stage.start(address)).output).toBe('after');
    await letGo();
    expect(begun(stage)).toContain('between');
    expect(begun(stage)).not.toContain('late');
  });

  it('ends with the action around it when that has taken too long', async () => {
    const { open, letGo } = held();
    const stage = await open({
      actions: [run([steps(hold, set('late'))], { timeoutMs: 5, retry: { attempts: 2, backoffMs: 0 } })],
    });
    expect(failureOf(await stage.start(address))).toBe(`timeout at ${address}/beside`);
    await letGo();
    expect(begun(stage)).not.toContain('late');
  });
});

describe('steps of a branch that nobody waits for', () => {
  it('are over when the run is', async () => {
    const { open, letGo } = held();
    const stage = await open({ actions: [run([steps(hold, set('late'))], { until: 'nobody' })] });
    expect((await stage.start(address)).output).toBe('not waited');
    await letGo();
    expect(begun(stage)).toEqual(['beside', 'hold']);
  });

  it('are over when the run was ended', async () => {
    const { open, letGo } = held();
    const stage = await open({ actions: [run([steps(hold, set('late'))])] }, { timeoutMs: 10 });
    expect(failureOf(await stage.start(address))).toMatch(/^timeout at /);
    await letGo();
    expect(begun(stage)).not.toContain('late');
  });

  it('leave nothing in the room of the flight recorder, though their spans end later than the run, or never', async () => {
    const each = stubborn();
    const library = new Map(actionById);
    for (const action of [each.action, beside]) library.set(action.id, action);
    const workflow: Workflow = {
      actions: [run([steps(set('quick', 'x'.repeat(10_000))), steps(hold, set('late'))], { until: 'first' })],
    };
    const operation = { id: 'op', method: 'GET', path: '/', workflow };
    const stage: Stage = await openStage(
      worldOf({ project: projectOf([{ id: 'main', type: 'http', operations: [operation] }]), library }),
    );
    const room = new Room(1_000_000);
    const environment: Environment = {
      ...stage.environment,
      captures: { room, take: () => {} },
      captureRules: { all: true, errors: true, slowMs: null },
    };
    const settings = { level: 'info', captureAll: true, captureErrors: true } as const;
    applyPolicies(stage.compiled, { switches: {}, settings, now: Date.now(), uses: {} });
    const { run: done } = await startRun(stage.compiled.operations.get(address) as never, environment, {}, null);
    const { recorder } = done;
    expect(recorder?.spans.map(({ node, ms }) => [node.slice(address.length + 1), ms < 0])).toEqual([
      ['', false],
      ['beside', false],
      ['quick', false],
      ['hold', true],
    ]);
    expect(room.used).toBe(0);
    await each.letGo();
    expect(room.used).toBe(0);
    expect(recorder?.spans.length).toBe(4);
  });
});
