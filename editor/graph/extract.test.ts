import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { simulate } from '../../engine/compile/simulation.ts';
import { checkWorkflow, surroundings } from '../../engine/document/check-workflow.ts';
import { Place } from '../../engine/document/place.ts';
import type { Action, Fault, Json, Operation, Server, Service } from '../../engine/document/types.ts';
import { openStage, projectOf, worldOf } from '../../test/support/environment.ts';
import { branch, map, operationOf, outline, set, steps, stepsGiving } from './edits/operation-for-test.ts';
import { extractToService } from './extract.ts';

const hasResult = (id: string): boolean => actionById.get(id)?.output !== null;
const target = { service: 'shared', operation: 'part' };
const extract = (operation: Operation, ...ids: string[]) => extractToService(operation, ids, target, hasResult);
const extracted = (operation: Operation, ...ids: string[]) => {
  const done = extract(operation, ...ids);
  return typeof done === 'string' ? expect.fail(done) : done;
};
const $ref = (...path: Json[]): Json => ({ $ref: path });
const read = (name: string): Json => $ref('variables', name);
const body = $ref('request', 'body');

describe('an extracted operation', () => {
  it('takes what it reads, and gives back what is used', () => {
    const sum: Action = {
      id: 'sum',
      action: 'variable/set',
      input: { value: { $jsonata: '$sum(request.body.items.price) * variables.rate' } },
      output: ['variables', 'total'],
    };
    const text = set('text', { $template: '{{variables.total}} {{env.CURRENCY}} for {{request.query.name}}' }, 'text');
    const all = operationOf([set('rate', 2, 'rate'), sum, text], { output: { body: read('text') } });
    const { operation, service } = extracted(all, 'sum', 'text');
    expect(operation.workflow.actions).toEqual([
      set('rate', 2, 'rate'),
      {
        id: 'part',
        action: 'service/operation',
        input: {
          serviceOperationReference: 'service/shared/part',
          input: { request: $ref('request'), rate: read('rate') },
        },
        output: ['variables', 'text'],
      },
    ]);
    expect(service).toEqual({
      id: 'part',
      input: { type: 'object', properties: { request: {}, rate: {} }, required: ['request', 'rate'] },
      workflow: {
        actions: [
          { ...sum, input: { value: { $jsonata: '$sum(input.request.body.items.price) * input.rate' } } },
          set('text', { $template: '{{variables.total}} {{env.CURRENCY}} for {{input.request.query.name}}' }, 'text'),
        ],
        output: read('text'),
      },
    });
  });

  it.each<[string, Operation, string[], Json, Json]>([
    [
      'one argument for one place',
      operationOf([set('a', [$ref('request', 'query', 'name'), $ref('request', 'query', 'name')])]),
      ['a'],
      { name: $ref('request', 'query', 'name') },
      [$ref('input', 'name'), $ref('input', 'name')],
    ],
    [
      'names that are not there twice',
      operationOf([set('a', [$ref('request', 'query', 'id'), $ref('request', 'path', 'id')])]),
      ['a'],
      { id: $ref('request', 'query', 'id'), id2: $ref('request', 'path', 'id') },
      [$ref('input', 'id'), $ref('input', 'id2')],
    ],
    [
      'what follows a computed part',
      operationOf([set('a', $ref('request', 'body', $ref('request', 'query', 'key'), 'x'))]),
      ['a'],
      { body, key: $ref('request', 'query', 'key') },
      $ref('input', 'body', $ref('input', 'key'), 'x'),
    ],
    [
      'names that need no quotes',
      operationOf([set('a', $ref('request', 'header', 'content-type', 0))]),
      ['a'],
      { contentType: $ref('request', 'header', 'content-type', 0) },
      $ref('input', 'contentType'),
    ],
    [
      'the scope of the iteration around',
      operationOf([map('m', set('a', $ref('item', 'value')))]),
      ['a'],
      { value: $ref('item', 'value') },
      $ref('input', 'value'),
    ],
    [
      'not what every run has',
      operationOf([set('a', [$ref('global', 'x'), $ref('env', 'Y')])]),
      ['a'],
      null,
      [$ref('global', 'x'), $ref('env', 'Y')],
    ],
  ])('has %s', (_, all, ids, given, value) => {
    const { operation, service } = extracted(all, ...ids);
    const call = JSON.stringify(operation).includes('"input":{"serviceOperationReference"')
      ? findCall(operation)
      : expect.fail();
    expect(call.input?.input ?? null).toEqual(given);
    expect(service.workflow.actions[0]?.input?.value).toEqual(value);
  });

  it('has the types that are known', () => {
    const input = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'number' } }, required: ['a'] };
    const all: Operation = {
      id: 'x',
      input,
      workflow: { actions: [set('s', [$ref('input', 'a'), $ref('input', 'b')])] },
    };
    expect(extracted(all, 's').service.input).toMatchObject({
      properties: { a: { type: 'string' }, b: { anyOf: [{ type: 'number' }, { type: 'null' }] } },
    });
  });

  it('gives several variables back one by one', () => {
    const all = operationOf([set('a', 1, 'x'), set('b', 2, 'y')], { output: [read('x'), read('y')] });
    const { operation, service } = extracted(all, 'a', 'b');
    expect(outline(operation)).toBe('part set-x set-y');
    expect(service.workflow.output).toEqual({ x: read('x'), y: read('y') });
  });

  it('begins with the variables that it goes on with', () => {
    const all = operationOf([set('a', 1, 'x'), branch('i', [set('b', 2, 'x')], []), set('c')], { output: read('x') });
    const { service } = extracted(all, 'i');
    expect(service.workflow.actions[0]).toEqual({
      id: 'set-x',
      action: 'variable/set',
      input: { value: $ref('input', 'x') },
      output: ['variables', 'x'],
    });
  });
});

const findCall = (operation: Operation): Action => {
  let call: Action | undefined;
  JSON.stringify(operation, (_, value) => {
    if (value?.action === 'service/operation') call = value;
    return value;
  });
  return call ?? expect.fail();
};

describe('why not', () => {
  const outer = (action: Action) => operationOf([map('m', action)]);
  it.each<[Operation, string[], string]>([
    [operationOf([]), [], 'No action is selected.'],
    [operationOf([set('a'), set('b'), set('c')]), ['a', 'c'], 'There are other actions between'],
    [operationOf([{ id: 'a', action: 'scope/break', input: { mapping: 1 } }]), ['a'], 'a ends the workflow'],
    [operationOf([set('a', { $jsonata: '$keys($)' })]), ['a'], 'What "$keys($)" reads cannot be told.'],
    [operationOf([set('a', $ref($ref('env', 'SCOPE'), 'x'))]), ['a'], 'reads cannot be told'],
    [outer({ ...set('a'), output: ['item', 'total'] }), ['a'], 'a writes to the scope item'],
    [operationOf([set('a', 1, $ref('env', 'X'))]), ['a'], 'a writes to a variable whose name'],
    [operationOf([set('a', 1, 'x'), set('b', $ref('variables'))]), ['a', 'b'], 'The steps read all variables'],
    [operationOf([set('a', 1, 'x'), set('b', 1, 'y'), set('c', $ref('variables'))]), ['a', 'b'], 'several variables'],
    [
      operationOf([set('a', 1, 'x'), set('b', 1, 'y')], { onError: { actions: [], output: read('x') } }),
      ['a', 'b'],
      'where an error is handled',
    ],
    [
      operationOf([branch('i', [set('a', 1, 'x')], []), set('b', { $jsonata: 'variables.x & "a"' })]),
      ['i', 'b'],
      'may not be set by then',
    ],
    [
      operationOf([branch('i', [set('a', 1, 'x')], []), set('b', { $jsonata: 'variables.x & "a"' })], { output: 1 }),
      ['i'],
      'nor before them',
    ],
    [operationOf([set('a', 1, 'x'), { ...set('b', 2), output: null }], { onError: { actions: [] } }), ['a', 'b'], ''],
    [operationOf([map('m', set('a', read('x'), 'y'), set('b', 1, 'x'))]), ['b'], ''],
  ])('%j', (operation, ids, why) => {
    const done = extract(operation, ...ids);
    if (why === '') expect(done).toHaveProperty('service');
    else expect(done).toContain(why);
  });
});

/** What operations answer, with the services that they call, by their place in the list. */
async function answersOf(operations: readonly Operation[], services: readonly Service[] = []): Promise<unknown[]> {
  const numbered = operations.map((operation, at) => ({ ...operation, id: `op-${at}`, path: `/${at}` }));
  const server = { id: 'main', type: 'http', operations: numbered } as Server;
  const project = projectOf([server], [...services]);
  const { compiled, environment } = await openStage(worldOf({ project, library: actionById }));
  const input = { query: { name: 'Ada' }, body: { items: [1, 2, 3], none: null } };
  return Promise.all(
    numbered.map(async ({ id }) => {
      const answer = await simulate(compiled.operations.get(`server/main/${id}`) as never, environment, input);
      return [answer.state, answer.output, answer.error?.code];
    }),
  );
}

describe('whatever is extracted', () => {
  const name = fc.constantFrom('x', 'y', 'output');
  // Values stay short, however often steps put them together.
  const short = (text: string): string => `$substring($string(${text}), 0, 9)`;
  const other = fc.constantFrom(
    'request.query.name',
    'item.index',
    'variables.x',
    'request.body.items',
    '$keys(variables)',
  );
  const value = fc.oneof(
    fc.nat(9),
    name.map(read),
    fc.constantFrom<Json>(body, $ref('item', 'value'), $ref('item', 'index'), $ref('error', 'code')),
    fc.tuple(name, other).map(([a, b]): Json => ({ $jsonata: `[${short(`variables.${a}`)}, ${short(b)}]` })),
    fc.tuple(name, name).map(
      ([a, b]): Json => ({
        $template: `{{${short(`variables.${a}`)}}}-{{${short(`variables.${b}.k`)}}}`,
      }),
    ),
  );
  const { list } = fc.letrec<{ action: Action; list: Action[] }>((tie) => ({
    list: fc.array(tie('action'), { minLength: 1, maxLength: 3 }),
    action: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.tuple(value, name).map(([one, at]) => set('set', one, at)),
      fc.tuple(value, name).map(([one, at]) => set('part', one, at, 'k')),
      fc.tuple(value, name).map(
        ([one, at]): Action => ({
          id: 'raise',
          action: 'conditional/if',
          input: {
            conditions: [
              {
                condition: { $op: 'equal', of: [read(at), one] },
                value: steps({ id: 'no', action: 'scope/raise', input: { message: 'No.' } }),
              },
            ],
          },
          output: null,
        }),
      ),
      fc
        .tuple(tie('list'), tie('list'), fc.boolean())
        .map(([a, b, isOut]) => ({ ...branch('if', a, b), ...(isOut && { output: null }) })),
      fc.tuple(tie('list'), value, name).map(
        ([a, gives, at]): Action => ({
          id: 'map',
          action: 'iteration/map',
          input: { array: [1, 2], foreach: stepsGiving(gives, ...a), scope: 'item' },
          output: ['variables', at],
        }),
      ),
      fc.tuple(tie('list'), tie('list')).map(
        ([a, b]): Action => ({
          id: 'try',
          action: 'conditional/try',
          input: { value: steps(...a), onError: steps(...b) },
          output: null,
        }),
      ),
    ),
  }));
  const operations = fc
    .tuple(list as fc.Arbitrary<Action[]>, value, fc.option(value))
    .map(([actions, gives, handles]) => {
      let count = 0;
      const named = JSON.parse(JSON.stringify(actions), (_, one) =>
        one?.action === undefined ? one : { ...one, id: `a${count++}` },
      );
      return operationOf(named, {
        output: { body: [read('x'), read('y'), gives] },
        ...(handles !== null && { onError: { actions: [], output: { body: handles } } }),
      });
    });

  // The same cases each time, so that a change is judged by itself; SLUICE_TEST_SEED draws others.
  const drawn = { seed: Number(process.env.SLUICE_TEST_SEED ?? 20) };

  // Many at a time, since opening a stage takes longer than all that runs on it.
  it('does the same', async () => {
    const cases = fc.array(fc.tuple(operations, fc.nat(999), fc.integer({ min: 1, max: 3 })), {
      minLength: 80,
      maxLength: 80,
    });
    await fc.assert(
      fc.asyncProperty(cases, async (all) => {
        const done = all.flatMap(([operation, at, most], number) => {
          const lists = listsOf(operation);
          const actions = lists[at % lists.length] as Action[];
          const first = at % actions.length;
          const ids = actions.slice(first, first + most).map(({ id }) => id);
          const result = extractToService(operation, ids, { service: `s-${number}`, operation: 'part' }, hasResult);
          return typeof result === 'string' ? [] : [{ source: operation, ids, ...result, id: `s-${number}` }];
        });
        expect(done.length).toBeGreaterThan(20);
        for (const { operation, service } of done) expect([faultsOf(operation), faultsOf(service)]).toEqual([[], []]);
        const services = done.map(({ id, service }) => ({ id, operations: [service] }));
        const before = await answersOf(done.map(({ source }) => source));
        const after = await answersOf(
          done.map(({ operation }) => operation),
          services,
        );
        for (const [index, one] of done.entries()) expect([one, after[index]]).toEqual([one, before[index]]);
      }),
      { numRuns: 3, endOnFailure: true, ...drawn },
    );
  }, 60_000);
});

const listsOf = (operation: Operation): Action[][] => {
  const lists: Action[][] = [];
  JSON.stringify(operation, (key, value) => {
    if (key === 'actions' && value.length > 0) lists.push(value);
    return value;
  });
  return lists;
};

function faultsOf({ workflow }: Pick<Operation, 'workflow'>): Fault[] {
  const faults: Fault[] = [];
  checkWorkflow(workflow, Place.root('', faults), surroundings({ actions: actionById }, new Map()));
  return faults.filter(({ severity }) => severity === 'error');
}
