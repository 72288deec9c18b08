import { expect, it } from 'vitest';
import type { Operation } from '../../engine/document/types.ts';
import { faultsByAction } from './faults-by-action.ts';

const operation = {
  id: 'get',
  workflow: {
    actions: [
      { id: 'a', action: 'logging/log' },
      {
        id: 'b',
        action: 'conditional/if',
        input: { conditions: [{ condition: true, value: { $do: { actions: [{ id: 'c', action: 'data/map' }] } } }] },
      },
    ],
    output: { $jsonata: '1 +' },
  },
} as unknown as Operation;

it('finds the innermost action that an error is in', () => {
  const base = '/operations/3';
  const nested = `${base}/workflow/actions/1/input/conditions/0`;
  const error = (pointer: string, message: string) => ({ pointer, message, severity: 'error' as const });
  const found = faultsByAction(operation, base, [
    error(`${base}/workflow/actions/0/input/message/$jsonata`, 'one'),
    error(`${nested}/condition/$op`, 'two'),
    error(`${nested}/value/$do/actions/0/input/x`, 'three'),
    error(`${nested}/value/$do/actions/0/input/y`, 'three'),
    error(`${base}/workflow/output/$jsonata`, 'of the output'),
    error('/operations/30/workflow/actions/0', 'of another'),
    { ...error(`${base}/workflow/actions/0`, 'odd'), severity: 'warning' },
  ]);
  expect([...found]).toEqual([
    ['a', ['one']],
    ['b', ['two']],
    ['c', ['three']],
  ]);
});
