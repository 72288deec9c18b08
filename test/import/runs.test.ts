import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { checkJsonata, checkTemplate } from '../../engine/compile/jsonata.ts';
import { givenOf } from '../../engine/compile/simulation.ts';
import type { Json } from '../../engine/document/types.ts';
import {
  answer,
  api,
  compare,
  configuration,
  event,
  execution,
  mapping,
  ref,
  server,
  service,
  step,
} from '../../engine/import/autoflow/build-for-test.ts';
import { readImport } from '../../engine/import/index.ts';
import { openStage, projectOf, worldOf } from '../support/environment.ts';

// What was imported must mean what it meant where it comes from.

const context = { actions: actionById, jsonata: checkJsonata, template: checkTemplate };
const body = (...path: Json[]) => ref('request', 'body', ...path);

/** Imports a configuration, and gives what its operations answer. */
async function imported(parts: { [key: string]: Json }) {
  const { documents, warnings, variables } = readImport(JSON.stringify(configuration(parts)), { context });
  const project = projectOf(documents.servers, documents.services);
  const stage = await openStage(worldOf({ project, library: actionById, global: variables }));
  const run = async (address: string, input: Json) => {
    const operation = stage.compiled.operations.get(address);
    if (operation === undefined)
      throw new Error(`There is no ${address} among ${[...stage.compiled.operations.keys()]}.`);
    const { output, failure } = await stage.start(address, givenOf(operation, input));
    return failure === null ? output : failure.code;
  };
  return { documents, warnings, run };
}

const answering = async (does: Json, input: Json) => {
  const { run } = await imported({ API: [api({})], Server: [server([event('post', '/', does)])] });
  return run('server/shop/post', { body: input });
};

describe('an imported workflow', () => {
  it.each<[string, Json, Json, unknown]>([
    [
      'branches',
      execution(
        [
          step('conditional/if', {
            conditions: [
              {
                condition: compare('less-than-or-equal', body('age'), 17),
                value: execution([step('math/calculate', { expression: '18 - age', variables: { age: body('age') } })]),
              },
              { condition: true, value: 'grown up' },
            ],
          }),
        ],
        answer(ref('variables', 'output')),
      ),
      { age: 15 },
      { status: 200, headers: {}, body: 3 },
    ],
    [
      'iterates, and writes into positions of arrays',
      execution(
        [
          step('iteration/map', {
            array: body(),
            scope: 'row',
            foreach: execution([
              step(
                'string/upcase',
                { string: ref('row', 'value') },
                { output: ref('variables', 'seen', ref('row', 'index'), 'name') },
              ),
            ]),
          }),
        ],
        answer([ref('variables', 'output'), ref('variables', 'seen', -1, 'name')]),
      ),
      ['a', 'b'],
      { status: 200, headers: {}, body: [['A', 'B'], 'B'] },
    ],
    [
      'reads positions written as text, of arrays and of objects',
      execution([], answer([body('rows', '1', 'id'), body('byNumber', '1')])),
      { rows: [{ id: 1 }, { id: 2 }], byNumber: { '1': 'one' } },
      { status: 200, headers: {}, body: [2, 'one'] },
    ],
    [
      'leaves out excluded keys that are null and fills in defaults, in order',
      execution(
        [],
        answer(
          mapping(
            ['name', body('name'), { exclude: true }],
            ['size', body('size'), { default: 'M' }],
            [
              'tags',
              execution([step('scope/set', { value: body('tags') })]),
              { default: ref('request', 'body', 'more'), exclude: true },
            ],
            ['note', body('note')],
            ['list', [body('name')], { exclude: true }],
          ),
        ),
      ),
      { tags: null, more: ['x'] },
      { status: 200, headers: {}, body: { size: 'M', tags: ['x'], note: null, list: [null] } },
    ],
    [
      'gives an empty object when every key is excluded',
      execution([], answer(mapping(['a', body('a'), { exclude: true }]))),
      {},
      { status: 200, headers: {}, body: {} },
    ],
    [
      'answers with what it put together itself',
      execution(
        [
          step(
            'variable/set',
            { value: mapping(['status_code', 404], ['body', mapping(['why', body('why')])]) },
            { output: ref('variables', 'result') },
          ),
        ],
        ref('variables', 'result'),
      ),
      { why: 'gone' },
      { status: 404, headers: null, body: { why: 'gone' } },
    ],
    [
      'answers with the result of steps, performed once',
      execution(
        [step('variable/set', { value: 0 }, { output: ref('variables', 'n') })],
        execution(
          [
            step(
              'math/calculate',
              { expression: 'n + 1', variables: { n: ref('variables', 'n') } },
              { output: ref('variables', 'n') },
            ),
          ],
          {
            status_code: 200,
            body: ref('variables', 'n'),
          },
        ),
      ),
      {},
      { status: 200, headers: null, body: 1 },
    ],
    [
      'ends early with an answer',
      execution(
        [
          step('scope/break', { mapping: { status_code: 202, body: body('a') } }),
          step('scope/raise', { message: 'never' }),
        ],
        answer('late'),
      ),
      { a: 'early' },
      { status: 202, body: 'early' },
    ],
    [
      'leaves out what was off, and gives what was mocked',
      execution(
        [
          step('scope/raise', { message: 'off' }, { active: false }),
          step('http/request', { url: 'http://127.0.0.1/' }, { mockingFlag: true, mockingValue: { a: 1 } }),
        ],
        answer(ref('variables', 'output', 'a')),
      ),
      {},
      { status: 200, headers: {}, body: 1 },
    ],
    ['fails at what is not there', execution([step('mainframe/print', {})], answer(1)), {}, 'action-unknown'],
    [
      'fails at a comparison that is not there',
      execution(
        [step('conditional/if', { conditions: [{ condition: compare('resembles', 1, 1), value: 1 }] })],
        answer(1),
      ),
      {},
      'raised',
    ],
    [
      'takes data for data',
      execution([], answer({ $ref: ['request', 'body'] })),
      1,
      { status: 200, headers: {}, body: { $ref: ['request', 'body'] } },
    ],
  ])('%s', async (_what, does, input, expected) => {
    expect(await answering(does, input)).toEqual(expected);
  });

  it('runs the first whose condition holds', async () => {
    const matches = [
      { do: execution([], answer('small')), in: compare('less-than', body('n'), 10) },
      { do: execution([], answer('large')), in: {} },
    ];
    const { run } = await imported({ API: [api({})], Server: [server([event('post', '/', null, { matches })])] });
    expect([
      await run('server/shop/post', { body: { n: 1 } }),
      await run('server/shop/post', { body: { n: 10 } }),
    ]).toMatchObject([{ body: 'small' }, { body: 'large' }]);
  });

  it('calls services with arguments that may be missing, and sees variables', async () => {
    const field = (id: string, type: string, required: boolean): Json => ({
      __struct__: 'Field',
      id,
      required,
      schema: { __struct__: 'Schema', type: 'json', value: { type } },
    });
    const call = step('service/operation', {
      serviceOperationReference: {
        __struct__: 'ServiceOperationReference',
        id: 'greet',
        serviceReference: { __struct__: 'ServiceReference', id: 'tools', version: '0.0.0' },
      },
      input: { name: body('name'), title: body('title') },
    });
    const { run } = await imported({
      API: [api({})],
      Server: [server([event('post', '/', execution([call], answer(ref('variables', 'output'))))])],
      Service: [
        service({
          greet: {
            in: {
              __struct__: 'Schema',
              type: 'arguments',
              value: [field('name', 'string', true), field('title', 'string', false)],
            },
            do: execution(
              [step('string/join', { array: [ref('global', 'GREETING'), ref('input', 'name')], delimiter: ' ' })],
              { text: ref('variables', 'output') },
            ),
          },
        }),
      ],
      settings: { global: { GREETING: 'Hello' } },
    });
    expect(await run('server/shop/post', { body: { name: 'World' } })).toMatchObject({ body: { text: 'Hello World' } });
    expect(await run('server/shop/post', { body: { name: 1 } })).toBe('schema-mismatch');
  });

  it('gives for each saved request what the workflow means', async () => {
    const saved = { '/double': { post: { 'x-request-examples': { two: { body: 2 }, three: { body: 3 } } } } };
    const double = execution(
      [step('math/calculate', { expression: 'n * 2', variables: { n: body() } })],
      answer(ref('variables', 'output')),
    );
    const { documents, run } = await imported({
      API: [api(saved)],
      Server: [server([event('post', '/double', double)])],
    });
    const outputs = [];
    for (const { input } of documents.servers[0]?.operations[0]?.simulations ?? [])
      outputs.push(await run('server/shop/post-double', input));
    expect(outputs).toEqual([4, 6].map((number) => ({ status: 200, headers: {}, body: number })));
  });
});
