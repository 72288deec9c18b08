import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { openStage, projectOf, worldOf } from '../../test/support/environment.ts';
import type { Json, Operation, Server, Service, Workflow } from '../document/types.ts';
import { compileLoose, givenOf, simulate, unknownActions } from './simulation.ts';

const stageOf = (operation: { workflow: Workflow; onError?: Workflow }) => {
  const server = {
    id: 'main',
    type: 'http',
    operations: [{ id: 'op', method: 'POST', path: '/orders', ...operation } as Operation],
  } as Server;
  const service: Service = {
    id: 's',
    operations: [{ id: 'echo', workflow: { actions: [], output: { $ref: ['input'] } } }],
  };
  return openStage(worldOf({ project: projectOf([server], [service]), library: actionById }));
};

const run = async (operation: { workflow: Workflow; onError?: Workflow }, input: Json = null) => {
  const { compiled, environment } = await stageOf(operation);
  return simulate(compiled.operations.get('server/main/op') as never, environment, input);
};

describe('a simulation', () => {
  it('answers as a run does, with the spans of it though no switch is on', async () => {
    const answer = await run(
      {
        workflow: {
          actions: [{ id: 'up', action: 'string/upcase', input: { string: { $ref: ['request', 'query', 'name'] } } }],
        },
      },
      { query: { name: 'x' } },
    );
    expect(answer).toMatchObject({
      run: expect.stringMatching(/^[0-9A-Z]{26}$/),
      state: 'succeeded',
      output: 'X',
      error: null,
    });
    expect(answer.spans).toHaveLength(1);
    expect(answer.spans[0]).toMatchObject({
      node: 'server/main/op',
      output: 'X',
      children: [{ node: 'server/main/op/up', input: { string: 'x' } }],
    });
  });

  it('waits where the run waits', async () => {
    const answer = await run({
      workflow: { actions: [{ id: 'w', action: 'thread/sleep', input: { duration: 1 } }], output: 'waited' },
    });
    expect(answer).toMatchObject({ state: 'succeeded', output: 'waited' });
  });

  it('says how it failed', async () => {
    const workflow = { actions: [{ id: 'raise', action: 'scope/raise', input: { message: 'no' } }] };
    expect(await run({ workflow })).toMatchObject({
      state: 'failed',
      output: null,
      error: { code: 'raised', message: 'no', node: 'server/main/op/raise' },
    });
    expect(await run({ workflow, onError: { actions: [], output: 'sorry' } })).toMatchObject({
      state: 'failed',
      output: 'sorry',
      error: { code: 'raised' },
    });
  });
});

describe('the input of a simulation', () => {
  it('is completed to a request', async () => {
    const { compiled } = await stageOf({ workflow: { actions: [] } });
    const { request } = givenOf(compiled.operations.get('server/main/op') as never, { query: { a: 1 } } as Json);
    expect(request).toMatchObject({
      method: 'POST',
      path: {},
      query: { a: 1 },
      header: {},
      cookie: {},
      body: null,
      uri: '/orders',
    });
    expect(givenOf(compiled.operations.get('server/main/op') as never, 'no request').request).toMatchObject({
      method: 'POST',
      query: {},
    });
  });

  it.each<[Json, string]>([
    [null, ''],
    [{ body: 'Hällo' }, 'Hällo'],
    [{ body: { a: [1] } }, '{"a":[1]}'],
  ])('has the bytes of the body where they are asked for: %j', async (input, bytes) => {
    const asking = await stageOf({ workflow: { actions: [], output: { $ref: ['request', 'raw'] } } });
    const { request } = givenOf(asking.compiled.operations.get('server/main/op') as never, input);
    const { raw } = request as { raw: Uint8Array };
    expect(Buffer.from(raw).toString()).toBe(bytes);
    expect(Object.keys(request as object)).not.toContain('raw');
    const { compiled } = await stageOf({ workflow: { actions: [], output: { $ref: ['request'] } } });
    expect(givenOf(compiled.operations.get('server/main/op') as never, input).request).not.toHaveProperty('raw');
  });

  it('may have other bytes than those of the body', async () => {
    const workflow = { actions: [], output: { $ref: ['request', 'raw'] } };
    expect(await run({ workflow }, { body: { a: 1 }, raw: '{ "a": 1 }' })).toMatchObject({ output: '{ "a": 1 }' });
  });

  it('is the input of a service operation, and what a client received', async () => {
    const { compiled } = await stageOf({ workflow: { actions: [] } });
    const echo = compiled.operations.get('service/s/echo') as never;
    expect(givenOf(echo, [1])).toEqual({ input: [1] });
    expect(givenOf(await compileLoose('client/c/topic', { actions: [] }, actionById), 'message')).toEqual({
      received: 'message',
    });
  });
});

describe('a workflow that is no part of the project', () => {
  it('runs under the address it is given, and may call what the project has', async () => {
    const { environment } = await stageOf({ workflow: { actions: [] } });
    const call = {
      id: 'call',
      action: 'service/operation',
      input: { serviceOperationReference: 'service/s/echo', input: { a: 1 } },
    };
    const operation = await compileLoose(
      'service/draft/new',
      { actions: [call], output: [{ $ref: ['input'] }, { $ref: ['variables', 'output'] }] },
      actionById,
    );
    expect(await simulate(operation, environment, 'given')).toMatchObject({
      output: ['given', { a: 1 }],
      spans: [{ node: 'service/draft/new' }],
    });
  });

  it('stands in for an operation with all that belongs to it', async () => {
    const { environment } = await stageOf({ workflow: { actions: [] } });
    const raise = { id: 'raise', action: 'scope/raise', input: { message: 'no' } };
    const order = await compileLoose(
      'server/main/new',
      {
        id: 'new',
        method: 'PUT',
        path: '/orders/{id}',
        workflow: { actions: [raise] },
        onError: { actions: [], output: [{ $ref: ['error', 'code'] }, { $ref: ['request', 'method'] }] },
      },
      actionById,
    );
    expect(await simulate(order, environment, null)).toMatchObject({ state: 'failed', output: ['raised', 'PUT'] });

    const typed = { id: 'new', input: { type: 'object', required: ['text'] }, workflow: { actions: [raise] } };
    const echo = await compileLoose('service/main/new', typed, actionById);
    const answer = await simulate(echo, environment, {});
    expect(answer).toMatchObject({ state: 'failed', error: { code: 'schema-mismatch' }, spans: [{ children: [] }] });
    await expect(compileLoose('service/main/new', { ...typed, input: { type: 7 } }, actionById)).rejects.toThrow(
      /^The input schema of service\/main\/new cannot be used/,
    );
  });

  it('tells which actions the library does not have, each once', () => {
    const nested = {
      $do: {
        actions: [
          { id: 'b', action: 'vendor/two' },
          { id: 'c', action: 'vendor/one' },
        ],
      },
    } as unknown as Json;
    const workflow: Workflow = {
      actions: [
        { id: 'a', action: 'vendor/one' },
        { id: 'd', action: 'variable/set', input: { value: nested } },
      ],
    };
    expect(unknownActions(actionById, workflow, undefined)).toEqual(['vendor/one', 'vendor/two']);
    expect(unknownActions(actionById, { actions: [] })).toEqual([]);
  });
});
