import { describe, expect, it } from 'vitest';
import { any, defineAction, string } from '../../actions/kit/index.ts';
import { defaultLimits, type Stage } from '../../test/support/environment.ts';
import { address, failureOf, hold, set, stageOf, stubborn } from '../../test/support/held-runs.ts';
import type { World } from '../../test/support/interpreter-place.ts';
import type { CompiledOperation } from '../compile/operation.ts';
import { applyPolicies } from '../compile/project.ts';
import type { Action, Value, Workflow } from '../document/types.ts';
import { rankOf } from '../log/record.ts';
import type { Environment } from './environment.ts';
import { startRun } from './execute.ts';
import { Room } from './spans.ts';

const operationOf = (stage: Stage) => stage.compiled.operations.get(address) as CompiledOperation;

const perform = (execution: Value, more: Partial<Action> = {}): Action => ({
  id: 'perform',
  action: 'config/execute',
  input: { execution, input: { $ref: ['request', 'body', 'input'] } as never },
  ...more,
});
const given: Action = perform({ $ref: ['request', 'body', 'workflow'] } as never);

/** Performs a workflow that came with a request. */
const run = async (workflow: unknown, input: unknown = null, parts: Partial<World> = {}) => {
  const stage = await stageOf({ workflow: { actions: [given] } }, parts);
  const outcome = await stage.start(address, { request: { body: { workflow, input } } });
  return { ...outcome, told: stage.told, stage };
};

const template = (text: string): Value => ({ $template: text }) as never;

describe('a workflow that comes as data', () => {
  it('runs with its input and variables of its own, and gives its output', async () => {
    const workflow: Workflow = {
      actions: [set('a', template('Hello {{input.name}}'))],
      output: [{ $ref: ['variables', 'output'] } as never, { $ref: ['request'] } as never],
    };
    expect((await run(workflow, { name: 'World' })).output).toEqual(['Hello World', null]);
  });

  it('sees nothing of the variables around it, and leaves none', async () => {
    const stage = await stageOf({
      workflow: {
        actions: [
          { ...set('mine', 'outer'), output: ['variables', 'x'] },
          perform({
            $literal: { actions: [{ ...set('own', 'inner'), output: ['variables', 'x'] }], output: 1 },
          } as never),
        ],
        output: { $ref: ['variables', 'x'] } as never,
      },
    });
    expect((await stage.start(address, { request: { body: {} } })).output).toBe('outer');
  });

  it('fails at the node that performs it, as its step did', async () => {
    const raise: Action = { id: 'raise', action: 'scope/raise', input: { message: 'No.' } };
    const outcome = await run({ actions: [raise] });
    expect(failureOf(outcome)).toBe(`raised at ${address}/perform`);
    expect(outcome.failure?.message).toBe('No.');
  });

  it('may say what its node may say, there', async () => {
    const log: Action = { id: 'log', action: 'system/log', input: { value: 'hello', level: 'info' } };
    const { told } = await run({ actions: [log] });
    expect(told.filter(({ event }) => event === 'log').map(({ node, data }) => [node, data])).toMatchObject([
      [`${address}/perform`, { value: 'hello' }],
    ]);
    const stage = await stageOf({ workflow: { actions: [given] } });
    operationOf(stage).policies.ranks.fill(rankOf.error);
    await stage.start(address, { request: { body: { workflow: { actions: [log] }, input: null } } });
    expect(stage.told.filter(({ event }) => event === 'log')).toEqual([]);
  });

  it('counts as deeper, and takes steps of the run around it', async () => {
    const nested = (depth: number): unknown =>
      depth === 0
        ? { actions: [] }
        : {
            actions: [
              perform({ $literal: nested(depth - 1) } as never, {
                input: { execution: { $literal: nested(depth - 1) } as never },
              }),
            ],
          };
    expect((await run(nested(3), null, { limits: { ...defaultLimits, callDepth: 4 } })).failure).toBeNull();
    expect(failureOf(await run(nested(4), null, { limits: { ...defaultLimits, callDepth: 4 } }))).toBe(
      `call-depth at ${address}/perform`,
    );
    const steps = { actions: Array.from({ length: 20 }, (_, index) => set(`s${index}`)) };
    expect(failureOf(await run(steps, null, { limits: { ...defaultLimits, steps: 10 } }))).toBe(
      `step-limit at ${address}/perform`,
    );
  });

  it('ends with the action that performs it', async () => {
    const held = stubborn();
    const workflow = { actions: [hold, set('late')] };
    const stage = await stageOf(
      { workflow: { actions: [perform({ $literal: workflow } as never, { timeoutMs: 5 })] } },
      {},
      held.action,
    );
    const outcome = await stage.start(address, { request: { body: {} } });
    expect(failureOf(outcome)).toBe(`timeout at ${address}/perform`);
    await held.letGo();
    expect(stage.told.filter(({ data }) => data === 'late')).toEqual([]);
  });

  it('is recorded as a run that its node called', async () => {
    const stage = await stageOf({ workflow: { actions: [given], output: 1 } });
    const settings = { level: 'info', captureAll: true, captureErrors: true } as const;
    applyPolicies(stage.compiled, { switches: {}, settings, now: Date.now(), uses: {} });
    const captures = { room: new Room(1_000_000), take: () => {} };
    const environment: Environment = {
      ...stage.environment,
      captures,
      captureRules: { all: true, errors: true, slowMs: null },
    };
    const body = { workflow: { actions: [set('a')] }, input: 7 };
    const outcome = await startRun(operationOf(stage), environment, { request: { body } }, null);
    const spans = outcome.run.recorder?.spans.map((span) => [
      span.node,
      span.run !== null,
      span.within?.node,
      span.input,
    ]);
    const node = `${address}/perform`;
    expect(spans?.slice(1)).toEqual([
      [node, false, address, { execution: body.workflow, input: 7 }],
      [node, true, node, 7],
      [node, false, node, { value: 'a' }],
    ]);
  });

  it('is compiled once for each node, and not changed by being compiled', async () => {
    const stage = await stageOf({ workflow: { actions: [given] } });
    const workflow = { actions: [set('a', [1, { b: 2 }])] };
    const performer = { address, index: 1 };
    const compiled = stage.environment.workflow(workflow, performer);
    expect(stage.environment.workflow(structuredClone(workflow), performer)).toBe(compiled);
    expect(stage.environment.workflow(workflow, { address, index: 2 })).not.toBe(compiled);
    expect(Object.isFrozen(workflow.actions[0]?.input?.value)).toBe(false);
  });
});

describe('what is no workflow', () => {
  const deep = (levels: number): unknown => {
    let value: unknown = 1;
    for (let level = 0; level < levels; level += 1) value = [value];
    return value;
  };
  const cycle: unknown[] = [];
  cycle.push(cycle);
  it.each([
    ['{}', {}, 'at its root: '],
    ['a list', [], 'at its root: '],
    ['an unknown key', { actions: [], more: 1 }, 'at /more: '],
    ['an action without an id', { actions: [{ action: 'variable/set' }] }, 'at /actions/0'],
    ['two actions of one id', { actions: [set('a'), set('a')] }, 'at /actions/1/id: '],
    ['a broken expression', { actions: [], output: { x: { $jsonata: '1 +' } } }, 'at /output/x/$jsonata: '],
    [
      'a broken expression in steps',
      { actions: [perform({ $do: { actions: [], output: { $template: '{{' } } } as never)] },
      'at /actions/0/input/execution/$do/output/$template: ',
    ],
    [
      'a secret',
      { actions: [set('a', { 'a/b': [{ $secret: 'key' }] } as never)] },
      'at /actions/0/input/value/a~1b/0: ',
    ],
    [
      'a secret in steps',
      { actions: [], output: { $do: { actions: [], output: { $secret: 'key' } } } },
      'at /output/$do/output: ',
    ],
    ['what is nested too deeply', { actions: [], output: deep(200) }, 'at its root: '],
    ['what is nested deeper than the stack', { actions: [], output: deep(20_000) }, 'is not JSON'],
    ['what holds itself', { actions: cycle }, 'is not JSON'],
    ['what is too long', { actions: [], output: 'x'.repeat(1_100_000) }, 'allowed are 1048576'],
  ])('is refused with its place: %s', async (_, workflow, message) => {
    const outcome = await run(workflow, null, { secrets: { key: 'hidden' } });
    if (Array.isArray(workflow)) expect(failureOf(outcome)).toBe(`input-invalid at ${address}/perform`);
    else {
      expect(failureOf(outcome)).toBe(`document-invalid at ${address}/perform`);
      expect(outcome.failure?.message).toContain(message);
    }
  });

  it('takes a secret that is data, and an action that the library does not have until it is reached', async () => {
    const literal = { actions: [], output: { $literal: { $secret: 'key' } } };
    expect((await run(literal)).output).toEqual({ $secret: 'key' });
    const unknown = { actions: [{ ...set('a'), enabled: false, action: 'none/such' }], output: 1 };
    expect((await run(unknown)).output).toBe(1);
  });
});

describe('an expression that comes as data', () => {
  const evaluate = async (expression: string, data: unknown) => {
    const action = defineAction({
      id: 'test/evaluate',
      title: 'Evaluate',
      summary: 'Evaluates an expression.',
      fields: { expression: string(), data: any() },
      output: {},
      examples: [],
      run: ({ expression, data }, context) => context.evaluate(expression, data),
    });
    const body = (name: string): Value => ({ $ref: ['request', 'body', name] }) as never;
    const input = { expression: body('expression'), data: body('data') };
    const stage = await stageOf({ workflow: { actions: [{ id: 'e', action: 'test/evaluate', input }] } }, {}, action);
    return stage.start(address, { request: { body: { expression, data } } });
  };

  it.each([
    ['$sum(items.price)', { items: [{ price: 1 }, { price: 2 }] }, 3],
    ['$', null, null],
    ['missing', { a: 1 }, null],
    ['$[1]', [1, 2], 2],
    ['variables', { a: 1 }, null],
  ])('has its value over the data alone: %s', async (expression, data, value) =>
    expect((await evaluate(expression, data)).output).toEqual(value),
  );

  it.each([
    ['1 +', 'expression-invalid'],
    ['"x" + 1', 'expression-failed'],
    ['($f := function($n) { $f($n + 1) + 1 }; $f(0))', 'expression-limit'],
    [`"${'x'.repeat(70_000)}"`, 'expression-invalid'],
  ])('fails with a code of its own: %#', async (expression, code) =>
    expect(failureOf(await evaluate(expression, {}))).toBe(`${code} at ${address}/e`),
  );
});
