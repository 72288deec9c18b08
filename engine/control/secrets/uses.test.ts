import { expect, test } from 'vitest';
import { actionById } from '../../../actions/index.ts';
import { checkDocument } from '../../document/check.ts';
import type { Client, Project, Server, Service } from '../../document/types.ts';
import { secretUses } from './uses.ts';

const secret = (name: string) => ({ $secret: name });

const server: Server = {
  id: 'shop',
  type: 'http',
  port: 8443,
  tls: { cert: 'cert.pem', key: secret('tls') },
  onError: { actions: [{ id: 'tell', action: 'system/log', input: { value: secret('handler') } }] },
  operations: [
    {
      id: 'pay',
      method: 'POST',
      path: '/pay',
      workflow: {
        actions: [
          {
            id: 'call',
            action: 'http/request',
            input: { url: 'https://a.example', headers: { 'x/key~': ['a', secret('api')] } },
          },
          {
            id: 'choose',
            action: 'conditional/if',
            input: {
              conditions: [
                {
                  condition: { $op: 'equal', of: [secret('api'), { $ref: ['request', 'header', secret('name')] }] },
                  value: {
                    $do: {
                      actions: [{ id: 'inner', action: 'system/log', input: { value: secret('deep') } }],
                      output: secret('nested-output'),
                    },
                  },
                },
              ],
            },
          },
          { id: 'plain', action: 'system/log', input: { value: { $literal: secret('data') }, label: '$secret' } },
          { id: 'not-quite', action: 'system/log', input: { value: { $secret: 'lookalike', of: 1 } } },
        ],
        output: { body: secret('answer') },
      },
      simulations: [{ id: 'default', input: { body: secret('simulated') } }],
    },
  ],
};
const service: Service = {
  id: 'tools',
  operations: [
    {
      id: 'echo',
      input: { properties: secret('schema') },
      workflow: { actions: [], output: null },
      onError: { actions: [], output: secret('api') },
    },
  ],
};
const client: Client = { id: 'db', type: 'postgres', settings: { password: secret('db'), hosts: [secret('db')] } };

test('every place that names a secret is told with its node and pointer; data is not', () => {
  expect(checkDocument('server', server, { file: 'x' }).filter(({ severity }) => severity === 'error')).toEqual([]);
  const project: Project = {
    apis: new Map(),
    servers: new Map([['shop', server]]),
    services: new Map([['tools', service]]),
    clients: new Map([['db', client]]),
  };
  const settings = { name: 'x', webhooks: [{ id: 'ops', secret: secret('api') }], otel: null };
  const pay = '/operations/0/workflow';
  const choose = `${pay}/actions/1/input/conditions/0`;
  expect(Object.fromEntries(secretUses(project, { actions: actionById }, settings))).toEqual({
    tls: [{ node: 'server/shop', pointer: '/tls/key' }],
    handler: [{ node: 'server/shop', pointer: '/onError/actions/0/input/value' }],
    api: [
      { node: 'server/shop/pay/call', pointer: `${pay}/actions/0/input/headers/x~1key~0/1` },
      { node: 'server/shop/pay/choose', pointer: `${choose}/condition/of/0` },
      { node: 'service/tools/echo', pointer: '/operations/0/onError/output' },
      { node: 'settings', pointer: '/webhooks/0/secret' },
    ],
    name: [{ node: 'server/shop/pay/choose', pointer: `${choose}/condition/of/1/$ref/2` }],
    deep: [{ node: 'server/shop/pay/inner', pointer: `${choose}/value/$do/actions/0/input/value` }],
    'nested-output': [{ node: 'server/shop/pay/choose', pointer: `${choose}/value/$do/output` }],
    answer: [{ node: 'server/shop/pay', pointer: `${pay}/output/body` }],
    db: [
      { node: 'client/db', pointer: '/settings/password' },
      { node: 'client/db', pointer: '/settings/hosts/0' },
    ],
  });
});

test('a field that holds a schema is not searched', () => {
  const operation = (action: string) => ({
    id: 'op',
    workflow: { actions: [{ id: 'a', action, input: { schema: secret('x'), value: secret('y') } }] },
  });
  const field = { optional: false };
  const actions = new Map([
    ['data/check', { fields: { schema: { ...field, verbatim: true as const }, value: field } }],
  ]);
  const project = (action: string): Project => ({
    apis: new Map(),
    servers: new Map(),
    services: new Map([['s', { id: 's', operations: [operation(action)] }]]),
    clients: new Map(),
  });
  expect([...secretUses(project('data/check'), { actions }, null).keys()]).toEqual(['y']);
  expect([...secretUses(project('nobody/knows'), { actions }, null).keys()]).toEqual(['x', 'y']);
});
