import { isObject } from '../../engine/document/shape.ts';
import type { Json } from '../../engine/document/types.ts';
import type { FromSchema, Schema } from './from-schema.ts';

export interface Operation {
  method: string;
  /** With `{name}` for its parameters. */
  path: string;
  right: string;
  parameters: { name: string; in: string; schema: Schema }[];
  /** Schemas by media type; null for an operation that takes no body. */
  body: { [mediaType: string]: { schema: Schema } } | null;
}

export interface Description {
  paths: { [path: string]: { [method: string]: DescribedOperation } };
  components: { schemas: { [name: string]: Schema } };
}
interface DescribedOperation {
  'x-right': string;
  parameters: Operation['parameters'];
  requestBody?: { content: { [mediaType: string]: { schema: Schema } } };
}

export const operationsOf = ({ paths }: Description): Operation[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { parameters, requestBody, 'x-right': right }]) => ({
      method: method.toUpperCase(),
      path,
      right,
      parameters,
      body: requestBody?.content ?? null,
    })),
  );

/** One call that somebody might make. */
export interface Case {
  what: string;
  path: string;
  headers?: { [name: string]: string };
  body?: string | Uint8Array;
  /** What is wrong with it, if anything: a refusal of it must name the place. */
  about?: 'query' | 'body';
  /** It must not be accepted, by whatever route. */
  never?: true;
}

const oddParts = [
  '%00',
  '%2e%2e',
  '..%2f..%2fsettings',
  'a%2Fb',
  '%C3%A9%F0%9F%98%80',
  '%ff',
  '%zz',
  '__proto__',
  'constructor',
  'toString',
  'a%20b',
  ';x',
  '*',
  '%25',
  '%0d%0aSet-Cookie:x',
  '-1',
  'null',
  'x'.repeat(4000),
];
const oddNames = [
  '../x',
  '../../users',
  '/tmp/x',
  '.',
  '..',
  '.hidden',
  '__proto__',
  'a/b',
  'a\u0000',
  'x'.repeat(300),
];
const oddTexts = [
  '',
  '%20',
  'x'.repeat(4000),
  '-1',
  '1.5',
  '9'.repeat(400),
  'NaN',
  '%00',
  '%ff',
  '%F0%9F%98%80',
  '../../x',
  '[]',
  '%zz',
];
const oddValues: Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  '',
  '\u0000',
  'x'.repeat(10_000),
  '\u202e\ud83d\ude00',
  [],
  [[]],
  {},
  { colour: 1 },
  { $secret: 1 },
  { $ref: [] },
  [null],
  ['a', 1, {}],
];
const notJson: [what: string, body: string | Uint8Array][] = [
  ['an open object', '{'],
  ['a trailing comma', '[1,]'],
  ['a key twice', '{"a":1,"a":2}'],
  ['half a word', 'nul'],
  ['NaN', 'NaN'],
  ['bytes that are no UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d)],
  ['a lone zero byte', '\u0000'],
  ['150 arrays deep', '['.repeat(150) + ']'.repeat(150)],
  ['100,000 objects deep', '{"a":'.repeat(100_000)],
];
const hugeBodies: [what: string, body: string][] = [
  ['a text of 1 MB', JSON.stringify('x'.repeat(1_000_000))],
  ['100,000 items', JSON.stringify(Array.from({ length: 100_000 }, (_, i) => i))],
  ['50,000 keys', `{${Array.from({ length: 50_000 }, (_, i) => `"k${i}":1`).join(',')}}`],
];
const mediaTypes = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/problem+json',
];

/** Calls of one operation, from well-formed ones to nonsense. `fill` gives a path parameter its usual text. */
export function* casesOf(
  operation: Operation,
  maker: FromSchema,
  fill: (name: string, path: string) => string,
): Iterable<Case> {
  const { path: template, body } = operation;
  const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
  const usual = (other: { [name: string]: string } = {}) =>
    inPath.reduce((path, { name }) => path.replace(`{${name}}`, () => other[name] ?? fill(name, template)), template);
  const json = body && Object.hasOwn(body, 'application/json') ? (body['application/json']?.schema as Schema) : null;
  // What the path says too, the body says alike.
  const alike = Object.fromEntries(inPath.map(({ name }) => [name, fill(name, template)]));
  const sample = (): Json => {
    const value = json === null ? null : maker.make(json);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, alike[key] ?? member]));
  };
  const asJson = (value: Json) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) });
  const given = () => (json === null ? {} : asJson(sample()));

  yield { what: 'nothing odd', path: usual(), ...given() };
  for (const { name } of inPath) {
    for (const odd of oddParts) yield { what: `${name} ${odd.slice(0, 30)}`, path: usual({ [name]: odd }), ...given() };
    // The body agrees with the path: so nothing but the text itself is wrong.
    for (const text of json === null ? [] : oddNames) {
      const value = sample();
      if (!isObject(value)) continue;
      const path = usual({ [name]: encodeURIComponent(text) });
      const isPath = /[/\0]|__proto__/.test(text);
      const call = { what: `${name} ${text} there and in the body`, path, ...asJson({ ...value, [name]: text }) };
      yield isPath ? { ...call, never: true } : call;
    }
  }
  yield { what: 'an address of 20 KB', path: `${usual()}?a=${'x'.repeat(20_000)}` };
  yield { what: 'an unknown parameter', path: `${usual()}?colour=red`, ...given(), about: 'query' };
  yield { what: 'a parameter named __proto__', path: `${usual()}?__proto__=1`, ...given(), about: 'query' };
  yield { what: 'a query that is no query', path: `${usual()}?%zz&&=&a`, ...given(), about: 'query' };
  for (const { name } of operation.parameters.filter((parameter) => parameter.in === 'query')) {
    yield { what: `${name} twice`, path: `${usual()}?${name}=1&${name}=1`, ...given(), about: 'query' };
    for (const odd of oddTexts)
      yield { what: `${name}=${odd.slice(0, 30)}`, path: `${usual()}?${name}=${odd}`, ...given(), about: 'query' };
  }
  if (json === null) {
    if (operation.method !== 'GET' && body === null)
      yield { what: 'a body that is not taken', path: usual(), ...asJson({ a: 1 }) };
    return;
  }
  yield { what: 'no body', path: usual(), about: 'body' };
  yield {
    what: 'an empty body',
    path: usual(),
    headers: { 'content-type': 'application/json' },
    body: '',
    about: 'body',
  };
  for (const type of mediaTypes)
    yield { what: `a body of ${type}`, path: usual(), headers: { 'content-type': type }, body: '{}', about: 'body' };
  yield { what: 'a body of no type', path: usual(), body: '{}', about: 'body' };
  yield {
    what: 'a compressed body',
    path: usual(),
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: '{}',
    about: 'body',
  };
  for (const [what, text] of [...notJson, ...hugeBodies])
    yield { what, path: usual(), headers: { 'content-type': 'application/json' }, body: text, about: 'body' };
  for (const value of oddValues)
    yield { what: `the body ${JSON.stringify(value).slice(0, 30)}`, path: usual(), ...asJson(value), about: 'body' };
  yield* memberCases(json, maker, usual, alike);
  for (let i = 0; i < 8; i++) {
    const value = sample();
    yield {
      what: `a body made from the schema, ${JSON.stringify(value).slice(0, 60)}`,
      path: usual(),
      ...asJson(value),
      about: 'body',
    };
  }
}

/** Bodies with one key that is wrong, missing or too many. */
function* memberCases(
  json: Schema,
  maker: FromSchema,
  usual: () => string,
  alike: { [name: string]: string },
): Iterable<Case> {
  const schema = variant(json, maker);
  if (schema === undefined) return;
  const { properties = {}, required = [] } = schema as { properties?: { [key: string]: Schema }; required?: string[] };
  const send = (what: string, text: string): Case => ({
    what,
    path: usual(),
    headers: { 'content-type': 'application/json' },
    body: text,
    about: 'body',
  });
  const base = (): { [key: string]: Json } => {
    const value = maker.make(schema) as { [key: string]: Json };
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, alike[key] ?? member]));
  };
  for (const key of ['__proto__', 'constructor', 'colour', '']) {
    const rest = JSON.stringify(base()).slice(1);
    const text = `{${JSON.stringify(key)}:{"polluted":1}${rest === '}' ? '' : ','}${rest}`;
    yield send(`the extra key ${JSON.stringify(key)}`, text);
  }
  for (const key of required) {
    const { [key]: _, ...others } = base();
    yield send(`without ${key}`, JSON.stringify(others));
  }
  for (const key of Object.keys(properties)) {
    for (const value of maker.some(oddValues, 0.5))
      yield send(`${key} ${JSON.stringify(value).slice(0, 30)}`, JSON.stringify({ ...base(), [key]: value }));
  }
}

/** The object that a schema is, or that one of its alternatives is. */
function variant(given: Schema, maker: FromSchema): Schema | undefined {
  const schema = maker.resolve(given);
  if (schema.type === 'object') return schema;
  const { anyOf = [], allOf = [] } = schema as { anyOf?: Schema[]; allOf?: Schema[] };
  return [...anyOf, ...allOf].map((each) => variant(each, maker)).find((each) => each !== undefined);
}
