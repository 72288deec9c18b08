import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { type ActionContext, type ActionDefinition, ActionFailure } from '../../actions/kit/index.ts';
import { runAction } from '../support/action-context.ts';

interface Result {
  valid: boolean;
  errors: { path: string; message: string; keyword: string }[];
}
const validate = (schema: unknown, data: unknown): Result =>
  runAction(
    actionById.get('data/validation') as ActionDefinition,
    { data, 'schema-data': schema },
    undefined as unknown as ActionContext,
  ) as Result;
const failureOf = (schema: unknown, data: unknown): ActionFailure => {
  try {
    validate(schema, data);
  } catch (thrown) {
    if (thrown instanceof ActionFailure) return thrown;
    throw thrown;
  }
  throw new Error('did not fail');
};

const draft07 = { $schema: 'http://json-schema.org/draft-07/schema#' };
const tree = { type: 'object', properties: { next: { $ref: '#' } }, additionalProperties: false };

it.each<[unknown, unknown, string[]]>([
  [true, 1, []],
  [false, 1, ['']],
  [tree, { next: { next: {} } }, []],
  [tree, { next: { next: { 'a/b~': 1 } } }, ['/next/next/a~1b~0']],
  [{ prefixItems: [{ type: 'string' }], items: false }, ['a', 1], ['']],
  [{ ...draft07, items: [{ type: 'string' }], additionalItems: false }, ['a', 1], ['']],
  [{ required: ['constructor', '__proto__'] }, {}, ['', '']],
  [
    { uniqueItems: true },
    [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
    [''],
  ],
  [{ uniqueItems: true }, [1, '1', true, [1], { 1: 1 }, null], []],
  [{ uniqueItems: false }, [1, 1], []],
  [{ items: { format: 'email' } }, ['a@b.example', 'x'], ['/1']],
  [{ format: 'date-time' }, '2026-02-30T00:00:00Z', ['']],
  [{ format: 'no-such-format' }, 'x', []],
  [{ pattern: '^\\p{L}+$' }, 'größe', []],
  [{ items: { multipleOf: 0.01 } }, [19.99, 4.02, 0.07, 1e21, -3, 123456789.01, 0.001, 5e-324], ['/6', '/7']],
  [{ items: { multipleOf: 0.2 } }, [0.3, 0.6, 0], ['/0']],
  [{ ...draft07, items: { multipleOf: 0.1 } }, [0.3, 0.35], ['/1']],
  [{ items: { multipleOf: 3 } }, [9, 10, 9.5, 1e300], ['/1', '/2', '/3']],
  [{ pattern: '^(a+)+$' }, `${'a'.repeat(50_000)}!`, ['']],
  [
    { properties: { 'for(;;){': { type: 'string' }, '"\\': { type: 'string' } } },
    { 'for(;;){': 1, '"\\': 2 },
    ['/for(;;){', '/"\\'],
  ],
])('%j over %j has errors at %j', (schema, data, paths) => {
  const { valid, errors } = validate(schema, data);
  expect(errors.map(({ path }) => path)).toEqual(paths);
  expect(valid).toBe(paths.length === 0);
});

it('a schema may keep its $id from one version to the next', () => {
  expect(validate({ $id: 'https://shop.example/a', type: 'string' }, 1).valid).toBe(false);
  expect(validate({ $id: 'https://shop.example/a', type: 'number' }, 1).valid).toBe(true);
  expect(failureOf({ $id: 'https://shop.example/a', type: 'none' }, 1).code).toBe('schema-invalid');
  expect(validate({ $id: 'https://shop.example/a', type: 'integer' }, 1).valid).toBe(true);
});

describe('what would take too long', () => {
  const doubling = (keyword: string): object => {
    const definitions = Array.from({ length: 40 }, (_, level) => [
      `a${level}`,
      { [keyword]: [{ $ref: `#/$defs/a${level + 1}` }, { $ref: `#/$defs/a${level + 1}` }] },
    ]);
    return { $defs: Object.fromEntries([...definitions, ['a40', { type: 'string' }]]), $ref: '#/$defs/a0' };
  };
  let nested: unknown = 1;
  for (let level = 0; level < 50_000; level += 1) nested = [nested];

  it.each<[string, unknown, unknown]>([
    ['references that double, over data that fit', doubling('allOf'), 'x'],
    ['alternatives that double, over data that do not fit', doubling('anyOf'), 1],
    ['a reference to itself', { allOf: [{ $ref: '#' }] }, 1],
    ['data that are nested very deeply', { items: { $ref: '#' } }, nested],
  ])('%s: fails', (_, schema, data) => expect(failureOf(schema, data).code).toBe('too-large'));

  const patterns = (count: number, make: (index: number) => string): object => ({
    patternProperties: Object.fromEntries(Array.from({ length: count }, (_, index) => [make(index), true])),
  });
  it.each<[string, object, unknown]>([
    ['many large patterns, before all are compiled', patterns(450, (index) => `([\\pL\\pN]?b){300}${index}`), {}],
    ['a large pattern over a text that a small one may search', { pattern: '^(a|b?){300}$' }, 'a'.repeat(40_000)],
  ])('%s: fails', (_, schema, data) => expect(failureOf(schema, data).code).toBe('too-large'));

  it('ends soon for many patterns over many long keys', () => {
    const data = Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`${'a'.repeat(500)}${index}`, 1]));
    const before = process.cpuUsage().user;
    expect(
      failureOf(
        patterns(500, (index) => `^(a|b${index})*$`),
        data,
      ).code,
    ).toBe('too-large');
    expect(process.cpuUsage().user - before).toBeLessThan(3_000_000);
  });

  it('matches a megabyte of ordinary text', () => {
    const items = Array.from({ length: 40_000 }, (_, id) => `order-number-${id}`);
    expect(validate({ items: { pattern: '^order-number-[0-9]+$' } }, items).valid).toBe(true);
    expect(validate({ pattern: '^[a-z ]+$' }, 'ordinary '.repeat(110_000)).valid).toBe(true);
  });

  it('looks for equal ones among many objects', () => {
    const items = Array.from({ length: 60_000 }, (_, id) => ({ id }));
    expect(validate({ uniqueItems: true }, items).valid).toBe(true);
    expect(validate({ uniqueItems: true }, [...items, { id: 7 }]).valid).toBe(false);
  });

  it('gives the first error of a great many, and up to a hundred of fewer', () => {
    const schema = { items: { $ref: '#/$defs/text' }, $defs: { text: { type: 'string' } } };
    expect(validate(schema, Array(200_000).fill(1)).errors).toEqual([
      { path: '/0', message: 'must be string', keyword: 'type' },
    ]);
    expect(validate(schema, Array(150).fill(1)).errors).toHaveLength(100);
  });

  it('checks a long list of ordinary objects', () => {
    const schema = {
      items: {
        type: 'object',
        required: ['id', 'name'],
        properties: {
          id: { type: 'integer' },
          name: { type: 'string', maxLength: 20 },
          tags: { items: { type: 'string' } },
        },
        additionalProperties: false,
      },
    };
    const items = Array.from({ length: 100_000 }, (_, id) => ({ id, name: 'Rose', tags: ['red', 'tall'] }));
    expect(validate(schema, items).valid).toBe(true);
  });
});

describe('a schema that cannot be used', () => {
  let deep: object = {};
  for (let level = 0; level < 200; level += 1) deep = { not: deep };

  it.each<[string, unknown, string]>([
    ['is nested too deeply', deep, 'nested deeper'],
    ['is too large', { enum: Array.from({ length: 6000 }, (_, index) => index) }, 'more than 5000 values'],
    ['has too many alternatives', { oneOf: Array.from({ length: 501 }, () => true) }, 'oneOf'],
    ['leads out of itself', { $ref: 'https://shop.example/other' }, "can't resolve"],
    ['is of another draft', { $schema: 'http://json-schema.org/draft-04/schema#' }, 'no schema'],
    ['has look-ahead', { pattern: '(?=a)' }, 'look-ahead'],
    ['is asynchronous', { $async: true }, '$async'],
    ['brings code along in its $id', { $id: '*/globalThis.broughtAlong=1;/*' }, '$id'],
    ['brings code along further inside', { properties: { a: { $id: 'x*/globalThis.broughtAlong=1;/*' } } }, '$id'],
  ])('%s: refused', (_, schema, message) => {
    expect(failureOf(schema, 1)).toMatchObject({ code: 'schema-invalid', message: expect.stringContaining(message) });
    expect(globalThis).not.toHaveProperty('broughtAlong');
  });
});

it('many schemas do not disturb each other', () => {
  for (let length = 0; length < 450; length += 1) {
    expect(validate({ type: 'string', maxLength: length }, 'x'.repeat(length)).valid).toBe(true);
    expect(validate({ type: 'string', maxLength: length }, 'x'.repeat(length + 1)).valid).toBe(false);
  }
});
