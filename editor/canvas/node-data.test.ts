import { expect, it } from 'vitest';
import type { Action, Operation } from '../../engine/document/types.ts';
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
