import { expect, it } from 'vitest';
import type { Action, Operation } from '../../../engine/document/types.ts';
import { changedNodes, goneNodes } from './changed-nodes.ts';

const action = (id: string, input: Action['input'] = {}): Action => ({ id, action: 'x/y', input });
const holding = (id: string, ...actions: Action[]): Action => action(id, { value: { $do: { actions } as never } });
const of = (actions: Action[], more: Partial<Operation> = {}): Operation =>
  ({ id: 'o', method: 'GET', path: '/x', workflow: { actions }, ...more }) as Operation;
const [a, b, c] = [action('a'), action('b'), action('c')];

it.each<[what: string, before: Operation, after: Operation, names: string[]]>([
  ['what came', of([a]), of([a, b]), ['b']],
  ['the container that came with what it holds', of([a]), of([holding('i', b), a]), ['i']],
  ['what stands before what went', of([a, b, c]), of([a, c]), ['a']],
  ['what stands after what went first', of([a, b]), of([b]), ['b']],
  ['the container of what went', of([holding('i', b)]), of([holding('i')]), ['i']],
  ['the start of what has nothing left', of([a]), of([]), ['start']],
  ['what changed, not what holds it', of([holding('i', b)]), of([holding('i', action('b', { value: 1 }))]), ['b']],
  ['what moved', of([a, holding('i')]), of([holding('i', a)]), ['a']],
  ['what moved down its list', of([a, b, c]), of([b, c, a]), ['a']],
  ['what moved up its list', of([a, b, c]), of([c, a, b]), ['c']],
  ['the output', of([a]), of([a], { workflow: { actions: [a], output: 1 } }), ['end']],
  ['an error handler that came', of([a]), of([a], { onError: { actions: [] } }), ['onError']],
  ['nothing for the limits', of([a]), of([a], { timeoutMs: 5 }), []],
])('names %s', (_, before, after, names) => expect(changedNodes(before, after)).toEqual(names));

it('names what is no more', () =>
  expect([...goneNodes(of([a, holding('i', b)], { onError: { actions: [c] } }), of([a]))]).toEqual([
    'i',
    'b',
    'c',
    'onError',
  ]));
