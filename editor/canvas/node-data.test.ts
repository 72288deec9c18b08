import { expect, it } from 'vitest';
import type { Action, Operation } from '../../engine/document/types.ts';
import type { Shown } from '../graph/layout.ts';
import type { StepContext } from '../graph/steps.ts';
import { workflowGraph } from '../graph/workflow-graph.ts';
import { type Beside, type FlowNode, flowNodes } from './node-data.ts';

const action = (id: string): Action => ({ id, action: 'x/y' });
const operation = (actions: Action[]): Operation => ({ id: 'o', method: 'GET', path: '/x', workflow: { actions } });
const context: StepContext = { operation: 'server/s/o', hasResult: () => false, known: new WeakMap() };
const faults: readonly string[] = [];
const beside: Beside = {
  runs: new Map(),
  live: new Map(),
  faultsOf: () => faults,
  selected: new Set(),
  current: 'start',
  lifted: new Set(),
  found: new Set(),
  renaming: null,
};
const draw = (actions: Action[], more: Partial<Beside> = {}, before: FlowNode[] = []) =>
  flowNodes(
    workflowGraph(operation(actions), context),
    { ...beside, ...more },
    new Map(before.map((one) => [one.id, one])),
  );
const changed = (before: FlowNode[], after: FlowNode[]) =>
  after.filter((node) => !before.includes(node)).map(({ id }) => id.replace('server/s/o/', ''));

it('makes new nodes only of what changed', () => {
  const actions = Array.from({ length: 30 }, (_, at) => action(`a${at}`));
  const first = draw(actions);
  expect(changed(first, draw(actions, {}, first))).toEqual([]);
  expect(changed(first, draw(actions, { selected: new Set(['a3']), current: 'a3' }, first))).toEqual(['start', 'a3']);
  const renamed = actions.with(5, { ...action('a5'), title: 'Other' });
  expect(changed(first, draw(renamed, {}, first))).toEqual(['a5']);
  expect(changed(first, draw(actions, { runs: new Map([['a7', { state: 'ok', ms: 1 }]]) }, first))).toEqual(['a7']);
});

it('keeps a node whose answers say the same in new objects', () => {
  const a = action('a');
  const live = () => new Map([['server/s/o/a', { address: 'server/s/o/a', title: 'a' } as never]]);
  const runs = () => new Map([['a', { state: 'ok' as const, ms: 2 }]]);
  const first = draw([a], { live: live(), runs: runs() });
  expect(changed(first, draw([a], { live: live(), runs: runs() }, first))).toEqual([]);
});

it('puts what only moved back where it stood', () => {
  const [a, b] = [action('a'), action('b')];
  const hasReason = ({ action: { id } }: { action: Action }) => id === 'a';
  const tall = { hasReason, isCollapsed: () => false };
  const drawn = (shown: Shown | undefined, before: FlowNode[]) =>
    flowNodes(
      workflowGraph(operation([a, b]), context, undefined, shown),
      beside,
      new Map(before.map((one) => [one.id, one])),
    );
  const heightOf = (nodes: FlowNode[]) => nodes.find(({ id }) => id === 'server/s/o/b')?.position.y;
  const first = drawn(undefined, []);
  const moved = drawn(tall, first);
  expect(heightOf(moved)).not.toBe(heightOf(first));
  expect(heightOf(drawn(undefined, moved))).toBe(heightOf(first));
});

it('says of an empty Else that it was taken when nothing else was', () => {
  const row = (condition: unknown, actions: Action[]) => ({ condition, value: { $do: { actions } } });
  const choice = {
    ...action('c'),
    input: { conditions: [row({ $ref: ['a'] }, [action('x')]), row(true, [])] },
  } as never;
  const takenAfter = (state: 'ok' | 'not-reached') => {
    const runs = new Map([
      ['c', { state: 'ok' as const }],
      ['x', { state }],
    ]);
    return draw([choice], { runs }).flatMap(({ data }) => (data.node.kind === 'lane' ? [data.isTaken] : []));
  };
  expect(takenAfter('not-reached')).toEqual([false, true]);
  expect(takenAfter('ok')).toEqual([true, false]);
});
