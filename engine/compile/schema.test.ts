import { beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../document/types.ts';
import { RunFailure } from '../run/failure.ts';
import { compileSchema, loadValidator } from './schema.ts';

beforeAll(loadValidator);

const refusal = (work: () => unknown): RunFailure => {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof RunFailure) return thrown;
    throw thrown;
  }
  throw new Error('Nothing was refused.');
};
const compile = (schema: Json, what: 'input' | 'output' = 'input') => compileSchema(schema, what, 'service/s/op');

describe('the schema of an operation', () => {
  const order = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'integer' }, lines: { type: 'array', items: { type: 'string', format: 'date' } } },
  };

  it('lets data pass that fits, missing data as null', () => {
    expect(compile(order)({ id: 1, lines: ['2026-11-21'], more: true })).toBeUndefined();
    expect(compile({ type: 'null' })(undefined)).toBeUndefined();
    expect(compile(true)('anything')).toBeUndefined();
  });

  it('names the places that do not fit', () => {
    const failure = refusal(() => compile(order)({ id: '1', lines: ['2026-11-21', 'tomorrow'] }));
    expect(failure).toMatchObject({ code: 'schema-mismatch', node: 'service/s/op', uncatchable: false });
    expect(failure.message).toContain('input/id must be integer');
    expect(failure.message).toContain('input/lines/1 must match format "date"');
  });

  it('has a code of its own for outputs', () => {
    expect(refusal(() => compile({ type: 'string' }, 'output')(1))).toMatchObject({
      code: 'output-invalid',
      message: expect.stringContaining('output must be string'),
    });
  });

  it('says a few faults, not all of many', () => {
    const { message } = refusal(() => compile({ items: { type: 'string' } })(new Array(1000).fill(1)));
    expect(message.length).toBeLessThan(500);
  });

  it('refuses what is no schema, and one that leads outside', () => {
    expect(refusal(() => compile({ type: 'text' }))).toMatchObject({ code: 'document-invalid', node: 'service/s/op' });
    expect(refusal(() => compile({ $ref: 'https://example.com/other' }))).toMatchObject({ code: 'document-invalid' });
  });

  it('takes decimals for multiples as they are written', () => {
    const price = compile({ multipleOf: 0.01 });
    for (const value of [19.99, 4.02, 0.07, 1234567.89]) expect(price(value)).toBeUndefined();
    expect(refusal(() => price(0.015)).message).toContain('multiple of 0.01');
    expect(refusal(() => compile({ multipleOf: 0.2 })(0.3)).code).toBe('schema-mismatch');
  });

  it('may refer to itself', () => {
    const tree = {
      type: 'object',
      required: ['id'],
      properties: { children: { type: 'array', items: { $ref: '#' } } },
    };
    expect(compile(tree)({ id: 1, children: [{ id: 2, children: [] }] })).toBeUndefined();
    expect(refusal(() => compile(tree)({ id: 1, children: [{}] })).message).toContain(
      "input/children/0 must have required property 'id'",
    );
  });

  it('does not take what every object inherits for a member', () =>
    expect(refusal(() => compile({ required: ['constructor'] })({})).message).toContain('constructor'));

  it('may have an $id, also after a change', () => {
    const id = 'https://example.com/order';
    compile({ $id: id, type: 'object' });
    expect(() => compile({ $id: id, type: 'string' })('text')).not.toThrow();
    expect(() => compile({ $id: id, type: 'string' }, 'output')('text')).not.toThrow();
  });

  it('may say that it is of 2020-12 or of draft 7', () => {
    expect(() =>
      compile({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' })({}),
    ).not.toThrow();
    expect(() => compile({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'object' })({})).not.toThrow();
  });

  it('checks at once, whatever it says of being asynchronous', () => {
    expect(refusal(() => compile({ $async: true, type: 'object' })(1)).code).toMatch(
      /schema-mismatch|document-invalid/,
    );
  });

  it('never takes long over a text', () => {
    const check = compile({ type: 'string', pattern: '^(a+)+$' });
    expect(refusal(() => check(`${'a'.repeat(28)}!`)).code).toBe('schema-mismatch');
  }, 2_000);
});
