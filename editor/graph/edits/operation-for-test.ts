import type { Action, Json, Operation, Workflow } from '../../../engine/document/types.ts';

// Documents as short as tests want them.

export const steps = (...actions: Action[]): Json => ({ $do: { actions } }) as unknown as Json;

export const stepsGiving = (output: Json, ...actions: Action[]): Json =>
  ({ $do: { actions, output } }) as unknown as Json;

export const set = (id: string, value: Json = 1, ...output: Json[]): Action => ({
  id,
  action: 'variable/set',
  input: { value },
  ...(output.length > 0 && { output: ['variables', ...output] }),
});

export const map = (id: string, ...actions: Action[]): Action => ({
  id,
  action: 'iteration/map',
  input: { array: [1], foreach: steps(...actions), scope: 'item' },
});

/** With an else. */
export const branch = (id: string, then: Action[], otherwise: Action[]): Action => ({
  id,
  action: 'conditional/if',
  input: {
    conditions: [
      { condition: { $op: 'equal', of: [1, 1] }, value: steps(...then) },
      { condition: true, value: steps(...otherwise) },
    ],
  },
});

export const operationOf = (actions: Action[], more: Partial<Workflow> & { onError?: Workflow } = {}): Operation => ({
  id: 'get-hello',
  method: 'GET',
  path: '/hello/{name}',
  workflow: { actions, ...(more.output !== undefined && { output: more.output }) },
  ...(more.onError !== undefined && { onError: more.onError }),
});

/** Ids with what is nested in them, as in `a map(b c) d`; lists of one action in the order of their places. */
export function outline(operation: Operation): string {
  const list = (actions: readonly Action[]): string =>
    actions
      .map(({ id, input }) => {
        const inside = lists(input as Json).map(list);
        return inside.length === 0 ? id : `${id}(${inside.join(' | ')})`;
      })
      .join(' ');
  const handler = operation.onError === undefined ? '' : ` ! ${list(operation.onError.actions)}`;
  return list(operation.workflow.actions) + handler;
}

const lists = (value: Json | undefined): (readonly Action[])[] => {
  if (typeof value !== 'object' || value === null) return [];
  if ('$do' in value) return [(value as unknown as { $do: Workflow }).$do.actions];
  return Object.values(value).flatMap(lists);
};
