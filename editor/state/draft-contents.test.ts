import { expect, test } from 'vitest';
import type { Resource } from '../../engine/document/types.ts';
import { lastingFaults, mockedActions, newDraftsUsedBy } from './draft-contents.ts';

const draft = (kind: 'added' | 'changed', document: unknown) => ({ kind, document: document as Resource });
const calls = (reference: string, more: object = {}) => ({
  operations: [
    {
      id: 'get',
      workflow: {
        actions: [
          {
            id: 'each',
            action: 'iteration/map',
            input: {
              actions: {
                $do: {
                  actions: [
                    {
                      id: 'call',
                      action: 'service/operation',
                      input: { serviceOperationReference: reference },
                      ...more,
                    },
                  ],
                },
              },
            },
          },
        ],
      },
    },
  ],
});

test('new drafts that others refer to are found, also by way of each other', () => {
  const drafts = new Map([
    ['server/web', draft('changed', { id: 'web', api: 'shop', ...calls('service/orders/find') })],
    ['service/orders', draft('added', { id: 'orders', ...calls('service/stock/count') })],
    ['service/stock', draft('added', { id: 'stock', ...calls('service/old/count') })],
    // What is live already can be called as it is.
    ['service/old', draft('changed', { id: 'old', operations: [] })],
    ['service/other', draft('added', { id: 'other', operations: [] })],
    ['api/shop', draft('added', { id: 'shop', openapi: {} })],
  ]);
  expect([...newDraftsUsedBy(['server/web'], drafts)].sort()).toEqual(['api/shop', 'service/orders', 'service/stock']);
  expect([...newDraftsUsedBy(['service/old'], drafts)]).toEqual([]);
});

test.each([
  [{ mock: { enabled: true, value: 1 } }, [{ operation: 'get', action: 'call' }]],
  [{ mock: { enabled: false, value: 1 } }, []],
  [{ mock: { enabled: true, value: 1 }, enabled: false }, []],
  [{}, []],
])('mocked actions are found: %j', (more, found) => {
  const document = { id: 'web', ...calls('service/a/b', more) } as unknown as Resource;
  expect(mockedActions(document)).toEqual(found);
});

test('a warning of a call is gone when what it calls is deployed along', () => {
  const document = { id: 'web', ...calls('service/orders/find') } as unknown as Resource;
  const pointer = '/operations/0/workflow/actions/0/input/actions/$do/actions/0/input/serviceOperationReference';
  const faults = [{ pointer, message: 'There is nothing at the address.', severity: 'warning' as const }];
  const orders = (id: string) => ({
    name: 'service/orders',
    document: { id: 'orders', operations: [{ id }] } as unknown as Resource,
  });
  expect(lastingFaults({ document, faults }, [orders('find')])).toEqual([]);
  expect(lastingFaults({ document, faults }, [orders('count')])).toEqual(faults);
  expect(lastingFaults({ document, faults }, [])).toEqual(faults);
});
