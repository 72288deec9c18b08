import { describe, expect, it } from 'vitest';
import type { Action, Json, Operation } from '../../engine/document/types.ts';
import { dropTargetAt, nodesWithin } from './drop-targets.ts';
import { findSteps } from './find-steps.ts';
import { type Direction, Walk } from './walk.ts';
import { workflowGraph } from './workflow-graph.ts';

const action = (id: string, input?: Action['input']): Action => ({ id, action: 'x/y', ...(input && { input }) });
const steps = (...actions: Action[]): Json => ({ $do: { actions } as unknown as Json });
/** a, an if with (b, c) and nothing and (d), e; f in the error handler. */
const operation: Operation = {
  id: 'o',
  method: 'GET',
  path: '/x',
  workflow: {
    actions: [
      action('a'),
      {
        id: 'if',
        action: 'conditional/if',
        title: 'Is it so?',
        input: {
          conditions: [
            { condition: { $ref: ['variables', 'deep'] }, value: steps(action('b'), action('c')) },
            { condition: false, value: steps() },
            { condition: true, value: steps(action('d')) },
          ],
        },
      },
      action('e', { text: 'a needle in it' }),
    ],
  },
  onError: { actions: [action('f')] },
};
const graph = workflowGraph(operation, { operation: 'server/s/o', hasResult: () => true });
const walk = new Walk(graph);

describe('Walk', () => {
  const cases: [string, Direction, string | undefined][] = [
    ['start', 'down', 'a'],
    ['a', 'down', 'if'],
    ['if', 'down', 'e'],
    ['e', 'down', 'end'],
    ['end', 'down', undefined],
    ['e', 'up', 'if'],
    ['start', 'up', undefined],
    ['if', 'in', 'b'],
    ['b', 'down', 'c'],
    ['c', 'down', 'e'],
    ['b', 'up', 'if'],
    // The lane between holds nothing.
    ['c', 'right', 'd'],
    ['d', 'left', 'b'],
    ['d', 'right', 'onError'],
    ['d', 'out', 'if'],
    ['a', 'out', undefined],
    ['a', 'in', undefined],
    ['a', 'right', 'onError'],
    ['onError', 'in', 'f'],
    ['onError', 'left', 'start'],
    ['f', 'up', 'onError'],
    ['f', 'out', 'onError'],
    ['f', 'down', undefined],
    ['e', 'first', 'start'],
    ['a', 'last', 'end'],
  ];
  it.each(cases)('%s %s: %s', (from, direction, to) => expect(walk.from(from, direction)).toBe(to));

  const branch = (row: number) => ({ owner: 'if', path: ['conditions', row, 'value'] });
  const places: [string, 'up' | 'down' | 'in' | 'out', unknown][] = [
    ['a', 'up', undefined],
    ['a', 'down', { owner: 'workflow', path: [], index: 2 }],
    ['if', 'up', { owner: 'workflow', path: [], index: 0 }],
    ['e', 'down', undefined],
    ['e', 'in', { ...branch(0), index: 2 }],
    ['a', 'in', undefined],
    ['c', 'in', undefined],
    ['c', 'up', { ...branch(0), index: 0 }],
    ['d', 'out', { owner: 'workflow', path: [], index: 2 }],
    ['a', 'out', undefined],
    ['start', 'down', undefined],
  ];
  it.each(places)('%s moves %s', (name, direction, place) => expect(walk.placeTowards(name, direction)).toEqual(place));
});

describe('dropTargetAt', () => {
  const at = (id: string) => {
    let [x, y] = [0, 0];
    for (let node = graph.nodes.find((one) => one.id === id); node; ) {
      const { parent } = node;
      x += node.x;
      y += node.y;
      node = graph.nodes.find((one) => one.id === parent);
    }
    const { width = 0, height = 0 } = graph.nodes.find((one) => one.id === id) ?? {};
    return { x, y, width, height };
  };
  const below = (id: string) => {
    const { x, y, width, height } = at(id);
    return { x: x + width / 2, y: y + height + 10 };
  };
  const none: ReadonlySet<string> = new Set();
  const placeAt = (point: { x: number; y: number }, without = none) => dropTargetAt(graph, point, without)?.place;

  it('takes the line under the pointer', () => {
    expect(placeAt(below('start'))).toEqual({ owner: 'workflow', path: [], index: 0 });
    expect(placeAt(below('server/s/o/a'))).toEqual({ owner: 'workflow', path: [], index: 1 });
    expect(placeAt(below('server/s/o/b'))).toEqual({ owner: 'if', path: ['conditions', 0, 'value'], index: 1 });
    expect(placeAt(below('server/s/o/f'))).toEqual({ owner: 'onError', path: [], index: 1 });
  });

  it('takes an empty lane anywhere inside of it', () => {
    const { x, y, width, height } = at('server/s/o/if#conditions/1/value');
    for (const point of [
      { x: x + 2, y: y + 2 },
      { x: x + width - 2, y: y + height - 2 },
    ])
      expect(placeAt(point)).toEqual({ owner: 'if', path: ['conditions', 1, 'value'], index: 0 });
  });

  it('takes nothing far away, and nothing inside of what is moved', () => {
    expect(placeAt({ x: -900, y: 10 })).toBeUndefined();
    const inside = placeAt(below('server/s/o/b'), new Set(['server/s/o/if']));
    expect(inside?.owner).not.toBe('if');
  });

  it('finds the nodes of a box; a container only as a whole', () => {
    const names = (from: { x: number; y: number }, to: { x: number; y: number }) =>
      nodesWithin(graph, from, to).flatMap((node) => (node.kind === 'action' ? [node.step.action.id] : []));
    expect(names(at('server/s/o/b'), below('server/s/o/b'))).toEqual(['b']);
    expect(names({ x: -10, y: -10 }, { x: graph.width + 10, y: graph.height + 10 })).toEqual([
      'a',
      'if',
      'b',
      'c',
      'd',
      'e',
      'f',
    ]);
  });
});

it.each([
  ['needle', ['e']],
  ['IS SO', ['if']],
  ['conditional/if', ['if']],
  ['deep', ['if']],
  ['x/y c', ['c']],
  ['get /x', ['start']],
  ['nowhere', []],
  ['  ', []],
])('findSteps %s', (text, names) => expect(findSteps(graph, text)).toEqual(names));
