import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import type { Json, Operation, Workflow } from '../document/types.ts';
import { Needs } from '../run/needs.ts';
import { compileOperation, isHttp } from './operation.ts';

const compile = (workflow: Workflow, onError?: Workflow) => {
  const source = { id: 'op', method: 'GET', path: '/', workflow } as Operation;
  return compileOperation(
    source,
    { address: 'server/main/op', kind: 'server', version: '1', onError, checkInput: null, checkOutput: null },
    actionById,
  );
};
const needsOf = (output: Json): number => compile({ actions: [], output }).requestNeeds;

describe('the parts of the request that an operation can touch', () => {
  it.each<[string, Json, number]>([
    ['none', { a: 1, b: { $ref: ['variables', 'request'] } }, 0],
    [
      'those that references name',
      [{ $ref: ['request', 'query', 'a'] }, { $ref: ['request', 'body'] }],
      Needs.query | Needs.body,
    ],
    ['one that only a literal names', { $literal: { $ref: ['request', 'query'] } }, 0],
    ['all, if the name is computed', { $ref: ['request', { $ref: ['variables', 'part'] }] }, Needs.all],
    ['all, if the scope is computed', { $ref: [{ $ref: ['variables', 'scope'] }, 'query'] }, Needs.all],
    ['all, if the whole request is read', { $ref: ['request'] }, Needs.all],
    ['the bytes of the body and not the body', { $ref: ['request', 'raw'] }, Needs.raw],
    ['the bytes too, for an expression that names them', { $jsonata: '$length(request . raw)' }, Needs.all | Needs.raw],
    ['the bytes too, for a template that names them', { $template: '{{request.raw}}' }, Needs.all | Needs.raw],
    [
      'the bytes that a part named, besides all',
      [{ $ref: ['request', 'raw'] }, { $ref: ['request'] }],
      Needs.all | Needs.raw,
    ],
    ['all without the bytes, for another name', { $jsonata: 'request.rawness' }, Needs.all],
    ['none for a name that is no part', { $ref: ['request', 'toString'] }, 0],
    ['none for "all", which is no part either', { $ref: ['request', 'all'] }, 0],
    [
      'one in the steps of a value',
      { $do: { actions: [], output: { $ref: ['request', 'cookie', 'x'] } } },
      Needs.cookie,
    ],
    ['one in an operand', { $op: 'not', of: [{ $ref: ['request', 'uri'] }] }, Needs.uri],
    ['none, if an expression does not name the request', { $jsonata: 'variables.total + 1' }, 0],
    ['none in a text without expressions', { $template: 'request.query' }, 0],
  ])('%s', (_, output, needs) => {
    expect(needsOf(output)).toBe(needs);
  });

  it.each<[string, Json]>([
    ['an expression', { $jsonata: 'request.query.name' }],
    ['a template', { $template: 'Hello {{request.query.name}}' }],
    ['an expression over everything', { $jsonata: '$keys($$)' }],
    ['an expression that looks at the context', { $jsonata: '$lookup($, "request")' }],
  ])('the query at least, for %s', (_, output) => {
    expect(needsOf(output) & Needs.query).toBe(Needs.query);
  });

  it('those of inputs, output paths and the error handler', () => {
    const action = {
      id: 'a',
      action: 'variable/set',
      input: { value: { $ref: ['request', 'header', 'x'] } },
      output: ['variables', { $ref: ['request', 'path', 'id'] }],
    };
    const handler = { actions: [], output: { $ref: ['request', 'method'] } };
    expect(compile({ actions: [action] }, handler).requestNeeds).toBe(Needs.header | Needs.path | Needs.method);
  });

  it('none of an action that is disabled', () => {
    const action = { id: 'a', action: 'variable/set', enabled: false, input: { value: { $ref: ['request', 'body'] } } };
    expect(compile({ actions: [action] }).requestNeeds).toBe(0);
  });
});

describe('a compiled operation', () => {
  it('has numbers of its own for its nodes', () => {
    const workflow = {
      actions: [
        {
          id: 'a',
          action: 'variable/set',
          input: { value: { $do: { actions: [{ id: 'b', action: 'variable/set' }] } } as never },
        },
      ],
    };
    const [first, second] = [compile(workflow), compile(workflow)];
    expect(second.index).toBeGreaterThanOrEqual(first.index + first.nodes.length);
  });

  it('knows its kind of source', () => {
    expect(isHttp({ id: 'a', method: 'GET', path: '/', workflow: { actions: [] } })).toBe(true);
    expect(isHttp({ id: 'a', cron: '* * * * *', workflow: { actions: [] } })).toBe(false);
  });
});
