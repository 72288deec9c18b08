import type { Json } from '../../document/types.ts';

// The structures of a configuration, as short as tests want them.

type Obj = { [key: string]: Json };

export const ref = (scope: string, ...path: Json[]): Obj => ({ __struct__: 'ScopeReference', scope, path });

export const execution = (actions: Json[], mapping: Json = null): Obj => ({
  __struct__: 'Execution',
  actions,
  mapping,
});

/** `category/name` with its input, as an export writes it. */
export const step = (id: string, input: Obj, more: Obj = {}): Obj => {
  const at = id.lastIndexOf('/');
  return {
    __struct__: 'Action',
    active: true,
    category: id.slice(0, at),
    description: '',
    input,
    log: false,
    mockingFlag: false,
    mockingValue: null,
    name: id.slice(at + 1),
    output: ref('variables', 'output'),
    title: '',
    visualId: '6f0c0a52-0000-4000-8000-000000000001',
    ...more,
  };
};

export const compare = (type: string, ...value: Json[]): Obj => ({ __struct__: 'Comparison', type, value });
export const operator = (type: string, ...value: Json[]): Obj => ({ __struct__: 'Operator', type, value });

export const mapping = (...entries: [key: string, value: Json, more?: Obj][]): Obj => ({
  __struct__: 'ObjectMapping',
  values: entries.map(([key, value, more]) => ({
    __struct__: 'ObjectMappingKeyValue',
    default: null,
    exclude: false,
    key,
    title: key,
    value,
    ...more,
  })),
});

export const answer = (body: Json, status: Json = 200): Obj => ({ body, header: {}, status_code: status });

/** An HTTP operation. */
export const event = (method: string, path: string, does: Json, more: Obj = {}): Obj => ({
  event: {
    __struct__: 'APIOperationReference',
    apiReference: { __struct__: 'APIReference', id: 'shop', version: '0.0.0' },
    operationReference: { __struct__: 'HTTPOperationReference', method, path },
  },
  matches: [{ do: does, in: {} }],
  setting: {},
  test: {},
  ...more,
});

export const server = (events: Json[], setting: Obj = {}, more: Obj = {}): Obj => ({
  id: 'shop',
  type: 'http',
  currentVersion: '0.0.0',
  version: {
    '0.0.0': {
      events,
      info: { title: '', description: '' },
      setting: { apis: [], id: 'shop', port: 8090, securities: [], tls: false, ...setting },
    },
  },
  ...more,
});

export const api = (paths: Obj, id = 'shop'): Obj => ({
  id,
  type: 'http',
  version: {
    '0.0.0': { components: {}, info: { title: '', version: '0.0.0' }, openapi: '3.0.2', paths, servers: [], tags: [] },
  },
});

export const service = (operation: Obj, id = 'tools'): Obj => ({
  id,
  version: { '0.0.0': { info: { title: '', description: '' }, operation } },
});

export const client = (setting: Obj, events: Json[] = [], id = 'orders-db', type = 'mariadb'): Obj => ({
  id,
  type,
  currentVersion: '0.0.0',
  version: { '0.0.0': { events, info: { title: '', description: '' }, setting } },
});

export const configuration = (parts: Obj): Obj => ({
  $product: { deployment_mode: 'SOLO', name: 'API AutoFlow Pro', version: '3.1.5' },
  ...parts,
  settings: parts.settings ?? {},
});

/** A configuration with one server whose only operation, GET /, does this. */
export const doing = (does: Json): Obj =>
  configuration({ API: [api({})], Server: [server([event('get', '/', does)])] });
