import { describe, expect, it } from 'vitest';
import { expressionKind, walkValues, walkWorkflow } from './expression.ts';
import type { Json, Workflow } from './types.ts';

describe('expressionKind', () => {
  it.each<[unknown, string]>([
    [{ $ref: ['request', 'body', 'items', 0] }, '$ref'],
    [{ $ref: ['variables', -1, { $ref: ['variables', 'key'] }] }, '$ref'],
    [{ $ref: [{ $jsonata: 'run.scope' }, 'a'] }, '$ref'],
    [{ $jsonata: '' }, '$jsonata'],
    [{ $template: 'Hello {{request.query.name}}' }, '$template'],
    [{ $op: 'greater-than', of: [1, 2] }, '$op'],
    [{ of: [], $op: 'misspelt' }, '$op'],
    [{ $do: { actions: [] } }, '$do'],
    [{ $do: { actions: [], output: null } }, '$do'],
    [{ $secret: 'name' }, '$secret'],
    [{ $literal: null }, '$literal'],
  ])('%j is an expression', (value, kind) => expect(expressionKind(value)).toBe(kind));

  it.each<[unknown]>([
    [null],
    ['$ref'],
    [[{ $ref: ['a'] }]],
    [{}],
    [{ $ref: '#/components/schemas/pet' }],
    [{ $ref: [] }],
    [{ $ref: [0, 'a'] }],
    [{ $ref: ['a', 1.5] }],
    [{ $ref: ['a', null] }],
    [{ $ref: ['a', { b: 1 }] }],
    [{ $ref: ['a'], title: 'b' }],
    [{ $jsonata: 5 }],
    [{ $template: null }],
    [{ $op: 'equal' }],
    [{ $op: 'equal', of: 1 }],
    [{ $op: 'equal', of: [], extra: 1 }],
    [{ $do: [] }],
    [{ $do: { output: 1 } }],
    [{ $do: { actions: [], title: 'a' } }],
    [{ $secret: { name: 'a' } }],
    [{ $unknown: 1 }],
    [JSON.parse('{"__proto__": {"$jsonata": "1"}}')],
    [Object.create({ $jsonata: '1' })],
  ])('%j is data', (value) => expect(expressionKind(value)).toBeUndefined());
});

describe('walkValues', () => {
  const visited = (value: Json): string[] => {
    const paths: string[] = [];
    walkValues(value, {
      expression: (_, kind, path) => {
        paths.push(`${kind} ${path.join('/')}`);
        return undefined;
      },
    });
    return paths;
  };

  it('meets every expression from the outside in', () => {
    const value = {
      a: [{ $op: 'and', of: [{ $ref: ['variables', { $jsonata: '1' }] }] }],
      b: { $literal: { $jsonata: '2' } },
      c: { $ref: '#/x' },
    };
    expect(visited(value)).toEqual(['$op a/0', '$ref a/0/of/0', '$jsonata a/0/of/0/$ref/1', '$literal b']);
  });

  it('goes through nested workflows', () => {
    const nested = {
      actions: [{ id: 'a', action: 'x/y', input: { f: { $jsonata: '1' } }, output: ['variables', { $jsonata: '2' }] }],
      output: { $jsonata: '3' },
    };
    expect(visited({ $do: nested })).toEqual([
      '$do ',
      '$jsonata $do/actions/0/input/f',
      '$jsonata $do/actions/0/output/1',
      '$jsonata $do/output',
    ]);
  });

  it('leaves out what the visitor refuses, and fields that hold schemas', () => {
    const workflow: Workflow = {
      actions: [
        {
          id: 'a',
          action: 'data/validate',
          input: { schema: { $jsonata: '1' }, data: { $do: { actions: [{ id: 'b', action: 'x/y' }] } } },
        },
      ],
    };
    const kinds: string[] = [];
    const ids: string[] = [];
    walkWorkflow(workflow, {
      verbatim: (action, field) => action === 'data/validate' && field === 'schema',
      expression: (_, kind) => {
        kinds.push(kind);
        return false;
      },
      action: ({ id }) => ids.push(id),
    });
    expect(kinds).toEqual(['$do']);
    expect(ids).toEqual(['a']);
  });
});
