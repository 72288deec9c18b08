import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { checkDocument, documentRule, isRefused } from './check.ts';
import { methods } from './route.ts';
import type { ResourceKind } from './types.ts';

const validate = (kind: ResourceKind, document: unknown): string[] => {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true, allErrors: true });
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  const fits = ajv.compile(documentRule(kind).schema);
  return fits(document) ? [] : (fits.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
const isAccepted = (kind: ResourceKind, document: unknown): boolean =>
  !isRefused(checkDocument(kind, document, { file: 'x' }));

const action = {
  id: 'greet',
  action: 'string/join',
  title: 'Greet',
  enabled: true,
  log: { on: true, until: '2026-11-21T12:00:00Z', times: 3, sample: 0.5, when: 'a', errorsOnly: false },
  logLevel: 'debug',
  mock: { enabled: false, value: [1] },
  timeoutMs: 5,
  retry: { attempts: 2, backoffMs: 0 },
  input: { array: ['Hello', { $ref: ['request', 'query', 'name'] }], steps: { $do: { actions: [] } } },
  output: ['variables', 'a', 0],
};
const operation = {
  id: 'get',
  method: 'GET',
  path: '/{id}',
  security: [],
  workflow: { actions: [action], output: { status: 200 } },
  onError: { actions: [] },
  simulations: [{ id: 'Any text', input: null, expected: 1, ignore: ['a', ['b', 0]] }],
};
const server = {
  schema: 1,
  id: 'hello',
  type: 'http',
  title: '',
  active: false,
  port: 0,
  host: '::1',
  api: 'a',
  cors: { origins: ['*'], methods: ['GET'], maxAgeSeconds: 5 },
  tls: { cert: { $secret: 'c' }, key: 'key.pem' },
  security: [],
  rateLimit: {},
  capture: true,
  operations: [operation],
};
const { method: _method, path: _path, ...bare } = operation;
const {
  cors: _cors,
  tls: _tls,
  port: _port,
  host: _host,
  api: _api,
  security,
  rateLimit: _limit,
  type: _type,
  ...base
} = server;

const documents: [ResourceKind, string, unknown][] = [
  ['server', 'everything an HTTP server can have', server],
  ['server', 'a schedule', { id: 'a', type: 'schedule', operations: [{ ...bare, cron: '@daily' }] }],
  [
    'server',
    'every method',
    { ...server, operations: methods.map((method) => ({ ...operation, id: method, method })) },
  ],
  ['service', 'a service', { ...base, operations: [{ ...bare, input: true, output: { type: 'object' } }] }],
  ['client', 'a client', { id: 'a', type: 'postgres', settings: { url: 'x' }, operations: [{ ...bare, topic: 't' }] }],
  ['client', 'a client without operations', { id: 'a', type: 'postgres' }],
  ['api', 'an API', { id: 'a', title: 't', openapi: { openapi: '3.1.0', paths: {} } }],
];

describe('the schema of a document', () => {
  it.each(documents)('%s: accepts %s, as the check does', (kind, _, document) => {
    expect(isAccepted(kind, document)).toBe(true);
    expect(validate(kind, document)).toEqual([]);
  });

  const withAction = (changed: object) => ({
    ...server,
    operations: [{ ...operation, workflow: { actions: [{ ...action, ...changed }] } }],
  });
  const refused: [ResourceKind, string, unknown][] = [
    ['server', 'an unknown key', { ...server, colour: 'red' }],
    ['server', 'a port that is a text', { ...server, port: '80' }],
    ['server', 'a type there is not', { ...server, type: 'ftp' }],
    ['server', 'no operations', { id: 'a', type: 'http' }],
    [
      'server',
      'an operation without a path',
      { ...server, operations: [{ ...operation, path: undefined }].map((each) => JSON.parse(JSON.stringify(each))) },
    ],
    ['server', 'a method on a schedule', { id: 'a', type: 'schedule', operations: [operation] }],
    ['server', 'a switch of no kind', { ...server, log: 'yes' }],
    ['server', 'an action with an unknown key', withAction({ colour: 'red' })],
    ['server', 'an id with a space', withAction({ id: 'a b' })],
    ['server', 'a bound out of range', withAction({ log: { on: true, sample: 2 } })],
    ['server', 'half a number', withAction({ timeoutMs: 1.5 })],
    ['server', 'an empty output path', withAction({ output: [] })],
    ['service', 'security of a service', { ...base, security }],
    ['client', 'a client of no type', { id: 'a' }],
    ['api', 'an older OpenAPI', { id: 'a', openapi: { openapi: '2.0' } }],
    ['api', 'a list', []],
  ];
  it.each(refused)('%s: refuses %s, as the check does', (kind, _, document) => {
    expect(isAccepted(kind, document)).toBe(false);
    expect(validate(kind, document)).not.toEqual([]);
  });
});
