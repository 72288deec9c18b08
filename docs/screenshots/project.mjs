// The project that the pictures of docs/editor.md show: a shop that takes orders, with one branch that fails.

const ref = (...path) => ({ $ref: path });
const steps = (actions, output) => ({ $do: { actions, ...(output !== undefined && { output }) } });

const postOrder = {
  id: 'post-order',
  title: 'Place an order',
  method: 'POST',
  path: '/orders',
  workflow: {
    actions: [
      {
        id: 'check',
        title: 'Check the order',
        action: 'data/validation',
        input: {
          data: ref('request', 'body'),
          schema: {
            type: 'object',
            required: ['customer', 'lines'],
            properties: { customer: { type: 'string' }, lines: { type: 'array', minItems: 1 } },
          },
        },
        output: ['variables', 'checked'],
      },
      {
        id: 'total',
        title: 'Add it up',
        action: 'jsonata/transform',
        input: { data: ref('request', 'body', 'lines'), expression: '$sum($.(quantity * price))' },
        output: ['variables', 'total'],
      },
      {
        id: 'credit',
        title: 'Does the credit cover it?',
        action: 'conditional/if',
        input: {
          conditions: [
            {
              condition: { $op: 'less-than-or-equal', of: [ref('variables', 'total'), 500] },
              value: steps([
                {
                  id: 'quote',
                  title: 'Quote the price',
                  action: 'service/operation',
                  input: {
                    serviceOperationReference: 'service/tools/quote',
                    input: { total: ref('variables', 'total') },
                  },
                  output: ['variables', 'quote'],
                },
              ]),
            },
            {
              condition: true,
              value: steps([
                {
                  id: 'refuse',
                  title: 'Refuse',
                  action: 'scope/raise',
                  input: {
                    code: 'credit-refused',
                    message: {
                      $template: 'The credit of {{request.body.customer}} does not cover {{variables.total}}.',
                    },
                  },
                },
              ]),
            },
          ],
        },
        output: null,
      },
      {
        id: 'reserve',
        title: 'Reserve each line',
        action: 'iteration/map',
        input: {
          array: ref('request', 'body', 'lines'),
          scope: 'line',
          foreach: steps([
            {
              id: 'stock',
              title: 'Reserve stock',
              action: 'conditional/if',
              input: {
                conditions: [
                  {
                    condition: { $jsonata: 'line.value.quantity > 5' },
                    value: steps([
                      {
                        id: 'short',
                        title: 'Too few in stock',
                        action: 'scope/raise',
                        input: {
                          code: 'conflict',
                          message: { $template: 'SKU {{line.value.sku}} is out of stock' },
                        },
                      },
                    ]),
                  },
                  { condition: true, value: ref('line', 'value', 'sku') },
                ],
              },
            },
          ]),
        },
        output: ['variables', 'reserved'],
      },
      {
        id: 'announce',
        title: 'Announce the order',
        action: 'system/log',
        enabled: false,
        input: { label: 'Order', value: ref('variables', 'quote'), level: 'info' },
      },
    ],
    output: { status: 201, body: { total: ref('variables', 'total'), reserved: ref('variables', 'reserved') } },
  },
  simulations: [
    {
      id: 'two lines',
      input: { body: { customer: 'C-20417', lines: [line('88-1041', 2, 60), line('88-1043', 3, 20)] } },
    },
    {
      id: 'out of stock',
      input: {
        body: { customer: 'C-20417', lines: [line('88-1041', 2, 60), line('88-1043', 7, 20), line('88-1050', 1, 5)] },
      },
    },
  ],
};

function line(sku, quantity, price) {
  return { sku, quantity, price };
}

export const servers = [
  {
    schema: 1,
    id: 'orders',
    type: 'http',
    title: 'Orders',
    active: true,
    host: '127.0.0.1',
    port: 0,
    operations: [
      {
        id: 'list-orders',
        title: 'List orders',
        method: 'GET',
        path: '/orders',
        workflow: { actions: [], output: { body: [] } },
      },
      postOrder,
      {
        id: 'get-order',
        title: 'Read an order',
        method: 'GET',
        path: '/orders/{id}',
        workflow: { actions: [], output: { body: { id: ref('request', 'path', 'id') } } },
      },
    ],
  },
  {
    schema: 1,
    id: 'stock-sync',
    type: 'schedule',
    title: 'Stock sync',
    active: true,
    operations: [{ id: 'nightly', title: 'Every night', cron: '0 3 * * *', workflow: { actions: [] } }],
  },
];

export const services = [
  {
    schema: 1,
    id: 'tools',
    title: 'Tools',
    operations: [
      {
        id: 'quote',
        title: 'Quote',
        input: { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] },
        output: { type: 'object', properties: { total: { type: 'number' }, currency: { type: 'string' } } },
        workflow: { actions: [], output: { total: ref('input', 'total'), currency: 'EUR' } },
      },
    ],
  },
];

/** Bodies that the pictures' engine is sent: most succeed, some fail. */
export const orders = Array.from({ length: 40 }, (_, index) => ({
  customer: `C-20${400 + index}`,
  lines: [line('88-1041', 1 + (index % 3), 60), line('88-1043', index % 8 === 7 ? 7 : 2, 20)],
}));
