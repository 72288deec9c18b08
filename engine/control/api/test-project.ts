import type { Server, Service } from '../../document/types.ts';

/** Servers and services that show everything the API and the editor tell apart. */
export const testServers = (): Server[] => [
  {
    schema: 1,
    id: 'hello',
    type: 'http',
    title: 'Hello',
    port: 8080,
    host: '127.0.0.1',
    operations: [
      {
        id: 'get-hello',
        method: 'GET',
        path: '/hello',
        title: 'Say hello',
        log: true,
        workflow: {
          actions: [
            {
              id: 'greet',
              action: 'string/join',
              title: 'Greet',
              input: { array: ['Hello', { $ref: ['request', 'query', 'name'] }], delimiter: ' ' },
              output: ['variables', 'output'],
            },
          ],
          output: { status: 200, body: { message: { $ref: ['variables', 'output'] } } },
        },
      },
    ],
  },
  {
    schema: 1,
    id: 'orders',
    type: 'http',
    title: 'Orders',
    port: 8081,
    log: true,
    onError: {
      actions: [
        {
          id: 'tell',
          action: 'system/log',
          title: 'Tell the log',
          input: { level: 'error', value: { $ref: ['error', 'message'] } },
        },
      ],
      output: { status: 503 },
    },
    operations: [
      { id: 'list-orders', method: 'GET', path: '/orders', workflow: { actions: [], output: { body: [] } } },
      {
        id: 'post-order',
        method: 'POST',
        path: '/orders',
        title: 'Place an order',
        workflow: {
          actions: [
            {
              id: 'total',
              action: 'math/calculate',
              title: 'Add up',
              input: { expression: 'price * quantity' },
              output: ['variables', 'total'],
            },
            {
              id: 'credit',
              action: 'conditional/if',
              title: 'Does the credit cover it?',
              input: {
                conditions: [
                  {
                    condition: {
                      $op: 'greater-than',
                      of: [{ $ref: ['variables', 'total'] }, { $ref: ['request', 'body', 'credit'] }],
                    },
                    value: {
                      $do: {
                        actions: [
                          { id: 'refuse', action: 'scope/raise', title: 'Refuse', input: { message: 'no credit' } },
                        ],
                      },
                    },
                  },
                  {
                    condition: true,
                    value: {
                      $do: {
                        actions: [
                          {
                            id: 'reserve',
                            action: 'http/request',
                            title: 'Reserve the goods',
                            input: { method: 'post', url: { $template: '{{env.WAREHOUSE}}/reservations' } },
                          },
                          {
                            id: 'each-line',
                            action: 'iteration/map',
                            title: 'For every line',
                            input: {
                              array: { $ref: ['request', 'body', 'lines'] },
                              scope: 'line',
                              foreach: {
                                $do: {
                                  actions: [
                                    {
                                      id: 'label',
                                      action: 'string/upcase',
                                      title: 'Label',
                                      input: { string: { $ref: ['line', 'value', 'sku'] } },
                                    },
                                  ],
                                },
                              },
                            },
                          },
                        ],
                      },
                    },
                  },
                ],
              },
            },
            {
              id: 'announce',
              action: 'system/log',
              title: 'Announce the order',
              enabled: false,
              input: { label: 'Order', value: { $ref: ['variables', 'total'] } },
            },
          ],
          output: { status: 201, body: { total: { $ref: ['variables', 'total'] } } },
        },
      },
      { id: 'delete-order', method: 'DELETE', path: '/orders/{id}', active: false, workflow: { actions: [] } },
    ],
  },
  {
    schema: 1,
    id: 'warehouse',
    type: 'http',
    title: 'Warehouse',
    port: 8084,
    operations: [{ id: 'stock', method: 'GET', path: '/stock/{sku}', workflow: { actions: [] } }],
  },
];

export const testServices = (): Service[] => [
  {
    schema: 1,
    id: 'tools',
    title: 'Tools',
    operations: [
      { id: 'echo', title: 'Echo', workflow: { actions: [], output: { $ref: ['input'] } } },
      {
        id: 'shout',
        title: 'Shout',
        workflow: {
          actions: [{ id: 'up', action: 'string/upcase', input: { string: { $ref: ['input', 'text'] } } }],
          output: { $ref: ['variables', 'output'] },
        },
      },
    ],
  },
];
