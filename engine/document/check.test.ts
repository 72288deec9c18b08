import { describe, expect, it } from 'vitest';
import {
  array,
  defineAction,
  integer,
  lazy,
  optional,
  reference,
  rows,
  schema,
  string,
} from '../../actions/kit/index.ts';
import { checkDocument } from './check.ts';
import type { CheckContext } from './check-context.ts';
import type { Fault, ResourceKind } from './types.ts';

const examples = [{ given: {}, gives: null }];
const about = { title: 'Any', summary: 'Any.', output: null, examples, run: () => null };
const library = [
  defineAction({ ...about, id: 'string/join', fields: { array: array(), delimiter: optional(string(), '') } }),
  defineAction({
    ...about,
    id: 'iteration/map',
    fields: { array: array(), foreach: lazy(), scope: optional(string(), 'item') },
  }),
  defineAction({ ...about, id: 'conditional/if', fields: { conditions: rows({ condition: lazy(), value: lazy() }) } }),
  defineAction({ ...about, id: 'service/operation', fields: { serviceOperationReference: reference('service') } }),
  defineAction({ ...about, id: 'data/validate', fields: { schema: schema() } }),
  defineAction({ ...about, id: 'thread/sleep', fields: { duration: integer({ minimum: 0 }) } }),
];
const context: CheckContext = {
  actions: new Map(library.map((action) => [action.id, action])),
  jsonata: (text) =>
    text.includes('(') && !text.includes(')') ? { message: 'Expected ")".', position: 3 } : undefined,
  template: (text) => (text.includes('{{') && !text.includes('}}') ? { message: 'unclosed {{' } : undefined),
};

const greet = {
  id: 'greet',
  action: 'string/join',
  input: { array: ['Hello', { $ref: ['request', 'query', 'name'] }], delimiter: ' ' },
  output: ['variables', 'output'],
};
const operation = {
  id: 'get-hello',
  method: 'GET',
  path: '/hello',
  workflow: { actions: [greet], output: { status: 200, body: { message: { $ref: ['variables', 'output'] } } } },
  simulations: [{ id: 'default', input: { query: { name: 'World' } } }],
};
const server = {
  schema: 1,
  id: 'hello',
  type: 'http',
  title: 'Hello',
  active: true,
  port: 8080,
  operations: [operation],
};
const service = { id: 'tools', operations: [{ id: 'echo', input: {}, workflow: { actions: [], output: 1 } }] };
const client = {
  id: 'broker',
  type: 'mqtt',
  operations: [{ id: 'on-order', topic: 'orders/#', workflow: { actions: [] } }],
};
const api = { id: 'petstore', openapi: { openapi: '3.1.0', info: { title: 'Pets', version: '1' }, paths: {} } };

const check = (kind: ResourceKind, data: unknown): Fault[] => checkDocument(kind, data, { file: 'a.json', ...context });
const inOperation = (changes: object) => ({ ...server, operations: [{ ...operation, ...changes }] });
const inAction = (changes: object) => inOperation({ workflow: { actions: [{ ...greet, ...changes }] } });
const withValue = (value: unknown) => inAction({ input: { array: [value] } });
const actionAt = '/operations/0/workflow/actions/0';
const valueAt = `${actionAt}/input/array/0`;
const nest = (levels: number): object =>
  levels === 0
    ? { id: 'leaf', action: 'string/join', input: { array: [] } }
    : {
        id: `level-${levels}`,
        action: 'iteration/map',
        input: { array: [], foreach: { $do: { actions: [nest(levels - 1)] } } },
      };
let deep: unknown = [];
for (let i = 0; i < 100_000; i++) deep = [deep];

/** Each row breaks one rule: what is checked, where the fault is, what the message says. */
const errors: [name: string, kind: ResourceKind, data: unknown, pointer: string, message: string][] = [
  ['no object', 'server', [], '', 'The document must be an object, found an empty array.'],
  [
    'too deep',
    'server',
    { ...server, security: deep },
    '',
    'The document nests more than 100 arrays and objects in each other; that is the limit.',
  ],
  [
    'newer schema',
    'server',
    { ...server, schema: 2, unheard: 1 },
    '/schema',
    'The document has schema 2, this version knows up to 1. Use the Sluice that wrote it; the file is left as it is.',
  ],
  ['odd schema', 'server', { ...server, schema: '1' }, '/schema', '"schema" must be 1, found "1".'],
  [
    'unknown key',
    'server',
    { ...server, prot: 1 },
    '/prot',
    'The document must not have the key "prot". Did you mean "port"?',
  ],
  [
    'unknown key of an operation',
    'server',
    inOperation({ 'x/y~z': 1 }),
    '/operations/0/x~1y~0z',
    'Item 1 of "operations" must not have the key "x/y~z". Allowed are id, method, path, title, description, active, log, capture, logLevel, timeoutMs, security, workflow, onError or simulations.',
  ],
  [
    'key of another kind',
    'service',
    { ...service, port: 1 },
    '/port',
    'The document must not have the key "port". Allowed are schema, id, title, description, active, log, capture, logLevel, onError or operations.',
  ],
  [
    'key of another type',
    'server',
    { id: 'a', type: 'schedule', operations: [{ id: 'a', cron: '@daily', method: 'GET', workflow: { actions: [] } }] },
    '/operations/0/method',
    'Item 1 of "operations" must not have the key "method". Allowed are id, cron, title, description, active, log, capture, logLevel, timeoutMs, security, workflow, onError or simulations.',
  ],
  [
    '__proto__ key',
    'server',
    JSON.parse('{"id":"a","type":"http","operations":[],"__proto__":{}}'),
    '/__proto__',
    'The document must not have the key "__proto__". Allowed are',
  ],
  ['no id', 'service', { operations: [] }, '', 'The document must have the key "id", found nothing.'],
  [
    'odd id',
    'server',
    { ...server, id: '../x' },
    '/id',
    '"id" must be an id: letters, digits, "_", "-" and ".", 1 to 64 of them, starting with a letter or digit, found "../x".',
  ],
  ['long id', 'server', { ...server, id: 'a'.repeat(65) }, '/id', '"id" must be an id'],
  [
    'odd type',
    'server',
    { ...server, type: 'htpp' },
    '/type',
    '"type" must be one of http, schedule, found "htpp". Did you mean "http"?',
  ],
  ['odd title', 'server', { ...server, title: 1 }, '/title', '"title" must be a text, found 1.'],
  ['odd active', 'server', { ...server, active: 'yes' }, '/active', '"active" must be true or false, found "yes".'],
  [
    'port as text',
    'server',
    { ...server, port: '80' },
    '/port',
    '"port" must be a whole number from 0 to 65535, found "80". Leave out the quotes.',
  ],
  [
    'high port',
    'server',
    { ...server, port: 65536 },
    '/port',
    '"port" must be a whole number from 0 to 65535, found 65536.',
  ],
  [
    'host with port',
    'server',
    { ...server, host: 'localhost:80' },
    '/host',
    '"host" must be a host name or IP address, such as "127.0.0.1", found "localhost:80". The port has a key of its own.',
  ],
  ['odd IPv4', 'server', { ...server, host: '127.0.0.300' }, '/host', '"host" must be a host name or IP address'],
  ['IPv6 in brackets', 'server', { ...server, host: '[::1]' }, '/host', 'Leave out the brackets.'],
  ['odd api', 'server', { ...server, api: 'a b' }, '/api', '"api" must be an id'],
  [
    'odd cors',
    'server',
    { ...server, cors: 'yes' },
    '/cors',
    '"cors" must be true, false or an object with the key "origins", found "yes".',
  ],
  [
    'odd origin',
    'server',
    { ...server, cors: { origins: ['https://a.example/'] } },
    '/cors/origins/0',
    'Item 1 of "origins" must be "*" or an origin, such as "https://app.example.com", found "https://a.example/". Leave out the last "/".',
  ],
  [
    'odd header name',
    'server',
    { ...server, cors: { origins: ['*'], headers: ['a b'] } },
    '/cors/headers/0',
    'Item 1 of "headers" must be the name of a header or method, or "*", found "a b".',
  ],
  [
    'credentials for all',
    'server',
    { ...server, cors: { origins: ['*'], credentials: true } },
    '/cors/credentials',
    '"credentials" cannot be true while "origins" holds "*": browsers refuse it. Name the origins.',
  ],
  [
    'tls without key',
    'server',
    { ...server, tls: { cert: 'a.pem' } },
    '/tls',
    '"tls" must have the key "key", found nothing.',
  ],
  [
    'odd tls key',
    'server',
    { ...server, tls: { cert: 'a.pem', key: { secret: 'a' } } },
    '/tls/key',
    '"key" must be PEM text, the path of a PEM file or {"$secret": name}, found an object with "secret".',
  ],
  ['odd rate limit', 'server', { ...server, rateLimit: 5 }, '/rateLimit', '"rateLimit" must be an object, found 5.'],
  [
    'operations no list',
    'server',
    { ...server, operations: {} },
    '/operations',
    '"operations" must be an array of operations, found an empty object.',
  ],
  [
    'same operation twice',
    'server',
    { ...server, operations: [operation, { ...operation, path: '/b' }] },
    '/operations/1/id',
    'The operation id "get-hello" is already used by item 1 of "operations".',
  ],
  [
    'same route twice',
    'server',
    { ...server, operations: [operation, { ...operation, id: 'b' }] },
    '/operations/1/path',
    'The route GET "/hello" is already used by item 1 of "operations".',
  ],
  [
    'same path shape twice',
    'server',
    {
      ...server,
      operations: [
        { ...operation, path: '/a/{x}' },
        { ...operation, id: 'b', path: '/a/{y}' },
      ],
    },
    '/operations/1/path',
    'The route GET "/a/{y}" is already used by item 1 of "operations".',
  ],
  [
    'no path',
    'server',
    { ...server, operations: [{ id: 'a', method: 'GET', workflow: { actions: [] } }] },
    '/operations/0',
    'Item 1 of "operations" must have the key "path", found nothing.',
  ],
  [
    'no workflow',
    'service',
    { id: 'a', operations: [{ id: 'a' }] },
    '/operations/0',
    'Item 1 of "operations" must have the key "workflow", found nothing.',
  ],
  [
    'method in small letters',
    'server',
    inOperation({ method: 'get' }),
    '/operations/0/method',
    '"method" must be one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE, QUERY, found "get". Did you mean "GET"?',
  ],
  [
    'path no text',
    'server',
    inOperation({ path: 5 }),
    '/operations/0/path',
    '"path" must be a path, such as "/items/{id}", found 5.',
  ],
  [
    'path without slash',
    'server',
    inOperation({ path: 'hello' }),
    '/operations/0/path',
    'The path must start with "/", found "hello".',
  ],
  [
    'long path',
    'server',
    inOperation({ path: `/${'a'.repeat(1024)}` }),
    '/operations/0/path',
    'The path must be at most 1024 characters long, found 1025.',
  ],
  [
    'colon parameter',
    'server',
    inOperation({ path: '/a/:id' }),
    '/operations/0/path',
    'The path writes a parameter as ":id". Write "{id}".',
  ],
  [
    'two colon parameters in a segment',
    'server',
    inOperation({ path: '/weird/:a-:b' }),
    '/operations/0/path',
    'The path writes parameters as ":a-:b". A segment may hold one parameter in braces, such as "{id}"; put a second one behind another "/".',
  ],
  [
    'two slashes',
    'server',
    inOperation({ path: '/a//b' }),
    '/operations/0/path',
    'The path must not have two slashes in a row, found "/a//b".',
  ],
  [
    'two parameters in a segment',
    'server',
    inOperation({ path: '/{a}-{b}' }),
    '/operations/0/path',
    'The path has the segment "{a}-{b}". A segment may hold one parameter in braces',
  ],
  ['unclosed brace', 'server', inOperation({ path: '/{a' }), '/operations/0/path', 'The path has the segment "{a".'],
  [
    'parameter twice',
    'server',
    inOperation({ path: '/{a}/{a}' }),
    '/operations/0/path',
    'The path has the parameter "a" twice. Rename one.',
  ],
  [
    'odd parameter',
    'server',
    inOperation({ path: '/{a(b)}' }),
    '/operations/0/path',
    'The path has the parameter "a(b)".',
  ],
  [
    '__proto__ parameter',
    'server',
    inOperation({ path: '/{__proto__}' }),
    '/operations/0/path',
    'The path has the parameter "__proto__". Choose another name.',
  ],
  [
    'regular expression',
    'server',
    inOperation({ path: '/a(.*)' }),
    '/operations/0/path',
    'The path has the segment "a(.*)".',
  ],
  [
    'bare star',
    'server',
    inOperation({ path: '/files/*' }),
    '/operations/0/path',
    'The path has the segment "*". Write "{rest*}" as the last segment to take the rest of the path.',
  ],
  [
    'wildcard in between',
    'server',
    inOperation({ path: '/{a*}/b' }),
    '/operations/0/path',
    'The path has the wildcard "{a*}". It must be the whole last segment, since it takes the rest of the path.',
  ],
  [
    'space in a path',
    'server',
    inOperation({ path: '/a b' }),
    '/operations/0/path',
    'write anything else percent-encoded (RFC 3986).',
  ],
  ['query in a path', 'server', inOperation({ path: '/a?b' }), '/operations/0/path', 'The path has the segment "a?b".'],
  [
    'encoded slash in a path',
    'server',
    inOperation({ path: '/a%2Fb' }),
    '/operations/0/path',
    'The path has the segment "a%2Fb". Of / ? # % * ( ) { } none may be part of a path, not even percent-encoded.',
  ],
  [
    'percent-encoded Latin 1',
    'server',
    inOperation({ path: '/gr%FCn' }),
    '/operations/0/path',
    'The path has the segment "gr%FCn", whose percent-encoding is not UTF-8.',
  ],
  [
    'same path in two spellings',
    'server',
    {
      ...server,
      operations: [
        { ...operation, path: '/%61' },
        { ...operation, id: 'b', path: '/a' },
      ],
    },
    '/operations/1/path',
    'The route GET "/a" is already used by item 1 of "operations".',
  ],
  [
    'odd cron',
    'server',
    { id: 'a', type: 'schedule', operations: [{ id: 'a', cron: '* * *', workflow: { actions: [] } }] },
    '/operations/0/cron',
    'A cron expression has five fields, or six with seconds, found 3 in "* * *".',
  ],
  [
    'odd cron field',
    'server',
    { id: 'a', type: 'schedule', operations: [{ id: 'a', cron: '* * * * $', workflow: { actions: [] } }] },
    '/operations/0/cron',
    'A cron expression cannot have the field "$".',
  ],
  [
    'no topic',
    'client',
    { ...client, operations: [{ id: 'a', workflow: { actions: [] } }] },
    '/operations/0',
    'Item 1 of "operations" must have the key "topic", found nothing.',
  ],
  [
    'odd client settings',
    'client',
    { ...client, settings: [] },
    '/settings',
    '"settings" must be an object, found an empty array.',
  ],
  [
    'odd schema of a service',
    'service',
    { id: 'a', operations: [{ id: 'a', input: 'text', workflow: { actions: [] } }] },
    '/operations/0/input',
    '"input" must be a JSON Schema: an object, true or false, found "text".',
  ],
  [
    'OpenAPI 2',
    'api',
    { ...api, openapi: { swagger: '2.0' } },
    '/openapi/openapi',
    '"openapi" must be the version of OpenAPI, "3.0.0" or later, found nothing.',
  ],
  [
    'no OpenAPI',
    'api',
    { ...api, openapi: 'pets' },
    '/openapi',
    '"openapi" must be an OpenAPI document, found "pets".',
  ],
  [
    'odd log level',
    'server',
    { ...server, logLevel: 'warn' },
    '/logLevel',
    '"logLevel" must be one of debug, info, warning, error, found "warn".',
  ],
  [
    'odd switch',
    'server',
    inAction({ log: 'on' }),
    `${actionAt}/log`,
    '"log" must be true, false or an object with the key "on" and its bounds, found "on".',
  ],
  [
    'bounded switch without on',
    'server',
    inOperation({ capture: { times: 5 } }),
    '/operations/0/capture',
    '"capture" must have the key "on", found nothing.',
  ],
  [
    'odd until',
    'server',
    inOperation({ log: { on: true, until: 'tomorrow' } }),
    '/operations/0/log/until',
    '"until" must be a time as in RFC 3339, such as "2026-11-21T12:00:00Z", found "tomorrow".',
  ],
  [
    'odd times',
    'server',
    inOperation({ log: { on: true, times: -1 } }),
    '/operations/0/log/times',
    '"times" must be a whole number from 0 to',
  ],
  [
    'odd sample',
    'server',
    inOperation({ log: { on: true, sample: 1.5 } }),
    '/operations/0/log/sample',
    '"sample" must be a share from 0 to 1, found 1.5.',
  ],
  [
    'odd when',
    'server',
    inOperation({ log: { on: true, when: 'x (' } }),
    '/operations/0/log/when',
    '"when" is no valid JSONata expression at character 4: Expected ")".',
  ],
  [
    'odd errorsOnly',
    'server',
    inOperation({ log: { on: true, errorsOnly: 1 } }),
    '/operations/0/log/errorsOnly',
    '"errorsOnly" must be true or false, found 1.',
  ],
  [
    'odd time limit',
    'server',
    inOperation({ timeoutMs: 0 }),
    '/operations/0/timeoutMs',
    '"timeoutMs" must be a whole number from 1 to 2147483647, found 0.',
  ],
  [
    'actions no list',
    'server',
    inOperation({ workflow: { actions: {} } }),
    '/operations/0/workflow/actions',
    '"actions" must be an array of actions, found an empty object.',
  ],
  [
    'no actions',
    'server',
    inOperation({ onError: {} }),
    '/operations/0/onError',
    '"onError" must have the key "actions", found nothing.',
  ],
  [
    'unknown key of an action',
    'server',
    inAction({ inputs: {} }),
    `${actionAt}/inputs`,
    'Item 1 of "actions" must not have the key "inputs". Did you mean "input"?',
  ],
  [
    'odd action',
    'server',
    inAction({ action: 'string join' }),
    `${actionAt}/action`,
    '"action" must be the id of an action, such as "string/join", found "string join".',
  ],
  [
    'odd input',
    'server',
    inAction({ input: [] }),
    `${actionAt}/input`,
    '"input" must be an object, found an empty array.',
  ],
  [
    'mock without value',
    'server',
    inAction({ mock: { enabled: true } }),
    `${actionAt}/mock`,
    '"mock" must have the key "value", found nothing.',
  ],
  [
    'odd retry',
    'server',
    inAction({ retry: { attempts: 0 } }),
    `${actionAt}/retry/attempts`,
    '"attempts" must be a whole number from 1 to 100, found 0.',
  ],
  [
    'odd backoff',
    'server',
    inAction({ retry: { attempts: 2, backoffMs: -1 } }),
    `${actionAt}/retry/backoffMs`,
    '"backoffMs" must be a whole number from 0 to 3600000, found -1.',
  ],
  [
    'odd time limit of an action',
    'server',
    inAction({ timeoutMs: 1.5 }),
    `${actionAt}/timeoutMs`,
    '"timeoutMs" must be a whole number',
  ],
  [
    'same action twice',
    'server',
    inOperation({ workflow: { actions: [greet, greet] } }),
    '/operations/0/workflow/actions/1/id',
    'The action id "greet" is already used at /operations/0/workflow/actions/0/id. Ids must be unique within an operation.',
  ],
  [
    'same action in onError',
    'server',
    inOperation({ onError: { actions: [greet] } }),
    '/operations/0/onError/actions/0/id',
    'The action id "greet" is already used at',
  ],
  [
    'same action in a nested workflow',
    'server',
    inAction({ input: { array: [{ a: { $do: { actions: [greet] } } }] } }),
    `${actionAt}/input/array/0/a/$do/actions/0/id`,
    'The action id "greet" is already used at',
  ],
  [
    'same action in an output mapping',
    'server',
    inOperation({ workflow: { actions: [greet], output: { $do: { actions: [greet] } } } }),
    '/operations/0/workflow/output/$do/actions/0/id',
    'The action id "greet" is already used at',
  ],
  [
    'same action in the resource onError',
    'server',
    { ...server, onError: { actions: [greet] } },
    '/onError/actions/0/id',
    'The action id "greet" is already used at /operations/0/workflow/actions/0/id, in an operation that this onError serves. Rename one.',
  ],
  [
    'output no path',
    'server',
    inAction({ output: 'variables.x' }),
    `${actionAt}/output`,
    '"output" must be null, or a path such as ["variables", "output"], found "variables.x".',
  ],
  [
    'output to a read-only scope',
    'server',
    inAction({ output: ['request', 'x'] }),
    `${actionAt}/output/0`,
    'The scope "request" cannot be written. Allowed are "variables" and scopes of enclosing iterations.',
  ],
  [
    'output to no scope',
    'server',
    inAction({ output: ['variable', 'x'] }),
    `${actionAt}/output/0`,
    'There is no scope "variable" to write to here. Allowed are "variables" and scopes of enclosing iterations. Did you mean "variables"?',
  ],
  [
    'output to all variables',
    'server',
    inAction({ output: ['variables'] }),
    `${actionAt}/output`,
    'An output path in "variables" must name a variable, found only the scope.',
  ],
  [
    'output to __proto__',
    'server',
    inAction({ output: ['variables', '__proto__', 'x'] }),
    `${actionAt}/output/1`,
    'An output path must not hold "__proto__". Choose another name.',
  ],
  [
    'output without a scope',
    'server',
    inAction({ output: [1] }),
    `${actionAt}/output/0`,
    'An output path must start with the name of a scope, found 1.',
  ],
  [
    'odd part of an output',
    'server',
    inAction({ output: ['variables', 'a', null] }),
    `${actionAt}/output/2`,
    'A part of an output path must be a text, a whole number or an expression, found null.',
  ],
  [
    'output to a computed key that is broken',
    'server',
    inAction({ output: ['variables', { $jsonata: 'x (' }] }),
    `${actionAt}/output/1/$jsonata`,
    '"$jsonata" is no valid JSONata expression at character 4: Expected ")".',
  ],
  [
    'broken JSONata',
    'server',
    withValue({ $jsonata: 'x (' }),
    `${valueAt}/$jsonata`,
    '"$jsonata" is no valid JSONata expression at character 4: Expected ")".',
  ],
  [
    'broken template',
    'server',
    withValue({ $template: 'Hello {{x' }),
    `${valueAt}/$template`,
    '"$template" is no valid template: unclosed {{.',
  ],
  [
    'unknown operator',
    'server',
    withValue({ $op: 'equals', of: [1, 2] }),
    `${valueAt}/$op`,
    'There is no operator "equals". Allowed are equal, not-equal, less-than, less-than-or-equal, greater-than, greater-than-or-equal, and, or or not. Did you mean "equal"?',
  ],
  [
    'not of two',
    'server',
    withValue({ $op: 'not', of: [1, 2] }),
    `${valueAt}/of`,
    '"not" takes one value, found an array of 2.',
  ],
  [
    'comparison of one',
    'server',
    withValue({ $op: 'equal', of: [1] }),
    `${valueAt}/of`,
    '"equal" takes two values, found an array of 1.',
  ],
  [
    'and of none',
    'server',
    withValue({ $op: 'and', of: [] }),
    `${valueAt}/of`,
    '"and" takes at least one value, found an empty array.',
  ],
  [
    'fault inside an operator',
    'server',
    withValue({ $op: 'not', of: [{ $jsonata: '(' }] }),
    `${valueAt}/of/0/$jsonata`,
    '"$jsonata" is no valid JSONata expression',
  ],
  [
    'fault inside a reference',
    'server',
    withValue({ $ref: ['variables', { $jsonata: '(' }] }),
    `${valueAt}/$ref/1/$jsonata`,
    '"$jsonata" is no valid JSONata expression',
  ],
  [
    'fault inside a row',
    'server',
    inAction({ action: 'conditional/if', input: { conditions: [{ condition: { $jsonata: '(' }, value: 1 }] } }),
    `${actionAt}/input/conditions/0/condition/$jsonata`,
    '"$jsonata" is no valid JSONata expression',
  ],
  [
    'too many nested workflows',
    'server',
    inOperation({ workflow: { actions: [nest(13)] } }),
    `${actionAt}${'/input/foreach/$do/actions/0'.repeat(12)}/input/foreach/$do`,
    'More than 12 workflows are nested in each other. Move the inner steps into a service and call it.',
  ],
  [
    'simulation without id',
    'server',
    inOperation({ simulations: [{ input: {} }] }),
    '/operations/0/simulations/0',
    'Item 1 of "simulations" must have the key "id", found nothing.',
  ],
  [
    'simulation with an empty id',
    'server',
    inOperation({ simulations: [{ id: ' ', input: {} }] }),
    '/operations/0/simulations/0/id',
    '"id" must be a text that is not empty, found " ".',
  ],
  [
    'same simulation twice',
    'server',
    inOperation({
      simulations: [
        { id: 'a', input: 1 },
        { id: 'a', input: 2 },
      ],
    }),
    '/operations/0/simulations/1/id',
    'The simulation "a" is already used by item 1 of "simulations".',
  ],
  [
    'odd ignore',
    'server',
    inOperation({ simulations: [{ id: 'a', input: 1, ignore: [5] }] }),
    '/operations/0/simulations/0/ignore/0',
    'Item 1 of "ignore" must be a path: a text, or an array of texts and whole numbers, found 5.',
  ],
];

/** What a document may have and still be used. */
const warnings: [name: string, kind: ResourceKind, data: unknown, pointer: string, message: string][] = [
  [
    'unknown action',
    'server',
    inAction({ action: 'string/joim', input: { anything: 1 } }),
    `${actionAt}/action`,
    'There is no action "string/joim"; a run fails when it gets there. Did you mean "string/join"?',
  ],
  [
    'unknown field',
    'server',
    inAction({ input: { array: [], delimeter: ' ' } }),
    `${actionAt}/input/delimeter`,
    '"string/join" has no field "delimeter". Did you mean "delimiter"?',
  ],
  [
    'missing field',
    'server',
    inAction({ input: {} }),
    `${actionAt}/input`,
    '"string/join" needs the field "array", found nothing.',
  ],
  [
    'no input at all',
    'server',
    { ...server, operations: [{ ...operation, workflow: { actions: [{ id: 'a', action: 'thread/sleep' }] } }] },
    `${actionAt}/input`,
    '"thread/sleep" needs the field "duration", found nothing.',
  ],
  [
    'wrong literal',
    'server',
    inAction({ action: 'thread/sleep', input: { duration: '5s' } }),
    `${actionAt}/input/duration`,
    '"thread/sleep" fails with this value: "duration" must be a whole number of at least 0, found "5s".',
  ],
  [
    'field missing in a row',
    'server',
    inAction({ action: 'conditional/if', input: { conditions: [{ condition: true }] } }),
    `${actionAt}/input/conditions/0`,
    'A row of "conditions" needs the field "value", found nothing.',
  ],
  [
    'wrong address',
    'server',
    inAction({ action: 'service/operation', input: { serviceOperationReference: 'tools/echo' } }),
    `${actionAt}/input/serviceOperationReference`,
    '"service/operation" fails with this value: "serviceOperationReference" must be an address "service/<id>/<operation>", found "tools/echo".',
  ],
  [
    'misspelt scope',
    'server',
    withValue({ $ref: ['requst', 'body'] }),
    `${valueAt}/$ref/0`,
    'There may be no scope "requst" here. Did you mean "request"?',
  ],
  [
    'JSONata that is no text',
    'server',
    withValue({ $jsonata: 5 }),
    valueAt,
    'Item 1 of "array" has the key "$jsonata" but is taken as data, since found 5. A JSONata expression is {"$jsonata": "…"}. Write {"$literal": …} around it if it is data.',
  ],
  [
    'expression with another key',
    'server',
    withValue({ $ref: ['request'], default: 1 }),
    valueAt,
    'Item 1 of "array" has the key "$ref" but is taken as data, since it also has the key "default".',
  ],
];

describe('checkDocument refuses', () => {
  it.each(errors)('%s', (_, kind, data, pointer, message) => {
    const [fault, ...others] = check(kind, data).filter(({ severity }) => severity === 'error');
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ file: 'a.json', pointer, severity: 'error' });
    expect(fault?.message).toContain(message);
  });
});

describe('checkDocument warns of', () => {
  it.each(warnings)('%s', (_, kind, data, pointer, message) => {
    const [fault, ...others] = check(kind, data);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ file: 'a.json', pointer, severity: 'warning' });
    expect(fault?.message).toContain(message);
  });
});

describe('checkDocument accepts', () => {
  it.each<[string, ResourceKind, unknown]>([
    ['a server', 'server', server],
    ['a service', 'service', service],
    ['a client', 'client', client],
    ['an API', 'api', api],
    [
      'a client without operations',
      'client',
      { id: 'db', type: 'postgres', settings: { password: { $secret: 'db' } } },
    ],
    [
      'a schedule',
      'server',
      { id: 'a', type: 'schedule', operations: [{ id: 'a', cron: '0 6 * * MON-FRI', workflow: { actions: [] } }] },
    ],
    [
      'bounded switches',
      'server',
      inOperation({
        log: { on: true, until: '2026-11-21T12:00:00Z', times: 100, sample: 0.01, when: 'a = 1', errorsOnly: true },
      }),
    ],
    ['no schema', 'service', { ...service, schema: undefined }],
    [
      'a duplicate route that is inactive',
      'server',
      { ...server, operations: [operation, { ...operation, id: 'b', active: false }] },
    ],
    [
      'one path with two methods',
      'server',
      { ...server, operations: [operation, { ...operation, id: 'b', method: 'POST' }] },
    ],
    [
      'the same action id in two operations',
      'server',
      { ...server, operations: [operation, { ...operation, id: 'b', path: '/b' }] },
    ],
    [
      'a resource handler beside an own one',
      'server',
      { ...inOperation({ onError: { actions: [] } }), onError: { actions: [greet] } },
    ],
    ['a JSON Schema reference', 'server', withValue({ $ref: '#/components/schemas/x' })],
    ['what looks like an expression in $literal', 'server', withValue({ $literal: { $jsonata: '(' } })],
    [
      'a schema that is never searched',
      'server',
      inAction({ action: 'data/validate', input: { schema: { $ref: ['#'], $jsonata: '(' } } }),
    ],
    [
      'schemas of a service',
      'service',
      { id: 'a', operations: [{ id: 'a', input: { $jsonata: '(' }, output: true, workflow: { actions: [] } }] },
    ],
    ['a scope that only exists at run time', 'server', withValue({ $ref: ['response', 'status'] })],
    ['output to nothing', 'server', inAction({ output: null })],
    [
      'output to an index and a computed key',
      'server',
      inAction({ output: ['variables', 'list', -1, { $ref: ['variables', 'key'] }] }),
    ],
    ['twelve nested workflows', 'server', inOperation({ workflow: { actions: [nest(12)] } })],
    ['a parameter within a segment', 'server', inOperation({ path: '/v1/items:batch/{file-name}.json' })],
    ['a wildcard', 'server', inOperation({ path: '/files/{path*}' })],
    [
      'the root and a last slash',
      'server',
      {
        ...server,
        operations: [
          { ...operation, path: '/' },
          { ...operation, id: 'b', path: '/a/' },
          { ...operation, id: 'c', path: '/a' },
        ],
      },
    ],
    ['hosts', 'server', { ...server, host: '::1' }],
    ['a port that the system chooses', 'server', { ...server, port: 0, host: '0.0.0.0' }],
    [
      'cors',
      'server',
      {
        ...server,
        cors: { origins: ['https://a.example:8443', 'null'], methods: ['GET'], credentials: true, maxAgeSeconds: 600 },
      },
    ],
    ['tls', 'server', { ...server, tls: { cert: 'tls/cert.pem', key: { $secret: 'tls-key' } } }],
  ])('%s', (_, kind, data) => {
    expect(check(kind, data)).toEqual([]);
  });

  it('output to the scope of an enclosing iteration, named or by default', () => {
    const step = (scope: string) => ({
      id: 'inner',
      action: 'string/join',
      input: { array: [] },
      output: [scope, 'seen'],
    });
    const map = (written: string, given?: unknown) =>
      inAction({
        action: 'iteration/map',
        input: {
          array: [],
          foreach: { $do: { actions: [step(written)] } },
          ...(given !== undefined && { scope: given }),
        },
      });
    expect(check('server', map('item'))).toEqual([]);
    expect(check('server', map('row', 'row'))).toEqual([]);
    expect(check('server', map('anything', { $ref: ['variables', 'name'] }))).toEqual([]);
    expect(check('server', map('item', 'row'))).toMatchObject([
      { message: expect.stringContaining('Allowed are "variables" or "row".') },
    ]);
  });
});

describe('checkDocument', () => {
  it('reports every fault, in document order', () => {
    const faults = check('server', {
      id: '?',
      type: 'http',
      operations: [{ id: 'a', method: 'get', path: 'x', workflow: 1 }],
      port: -1,
    });
    expect(faults.map(({ pointer }) => pointer)).toEqual([
      '/id',
      '/operations/0/method',
      '/operations/0/path',
      '/operations/0/workflow',
      '/port',
    ]);
  });

  it('judges neither actions nor expressions without a context', () => {
    expect(checkDocument('server', withValue({ $jsonata: '(' }), { file: 'a.json' })).toEqual([]);
    expect(checkDocument('server', inAction({ action: 'no/such', input: { x: 1 } }), { file: 'a.json' })).toEqual([]);
  });

  it('never throws, whatever the data', () => {
    for (const kind of ['api', 'server', 'service', 'client'] as const) {
      for (const data of [
        undefined,
        null,
        1,
        'x',
        [],
        {},
        { operations: [null] },
        { operations: [{ workflow: { actions: [null, 1] } }] },
      ]) {
        expect(check(kind, data).length).toBeGreaterThan(0);
      }
    }
  });
});
