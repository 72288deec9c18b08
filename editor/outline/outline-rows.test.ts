import { expect, it } from 'vitest';
import type { Json } from '../../engine/document/types.ts';
import { workflowGraph } from '../graph/workflow-graph.ts';
import { outlineRows } from './outline-rows.ts';

const inner = { $do: { actions: [{ id: 'b', action: 'x/y' }] } } as unknown as Json;
const graph = workflowGraph(
  {
    id: 'o',
    method: 'GET',
    path: '/x',
    workflow: {
      actions: [{ id: 'm', action: 'iteration/map', title: 'Each', enabled: false, input: { foreach: inner } }],
    },
  },
  { operation: 'server/s/o', hasResult: () => true },
);

it('gives the nodes as rows of a tree', () => {
  const rows = outlineRows(graph, new Set());
  expect(
    rows.map(({ level, title, position, count, hasRows, isOff }) => [level, title, position, count, hasRows, isOff]),
  ).toEqual([
    [1, 'Request', 1, 3, false, false],
    [1, 'Each', 2, 3, true, true],
    [2, 'For each', 1, 1, true, false],
    [3, 'b', 1, 1, false, false],
    [1, 'Response', 3, 3, false, false],
  ]);
});

it('leaves out what is inside of folded rows', () => {
  expect(outlineRows(graph, new Set(['server/s/o/m'])).map(({ title }) => title)).toEqual([
    'Request',
    'Each',
    'Response',
  ]);
});
