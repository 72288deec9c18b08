import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../engine/document/types.ts';
import {
  nameFault,
  propertiesOf,
  type SchemaType,
  schemaTypes,
  typeOf,
  withKeyword,
  withNewProperty,
  withProperties,
  withProperty,
  withType,
} from './schema-edit.ts';

describe('typeOf', () => {
  it.each<[Json | undefined, SchemaType]>([
    [undefined, 'any'],
    [true, 'any'],
    [{}, 'any'],
    [{ description: 'x' }, 'any'],
    [{ type: 'string' }, 'text'],
    [{ type: ['string', 'null'] }, 'text'],
    [{ type: ['string', 'integer'] }, 'other'],
    [{ type: 'integer' }, 'whole number'],
    [{ type: 'number' }, 'number'],
    [{ type: 'boolean' }, 'yes or no'],
    [{ type: 'object' }, 'object'],
    [{ properties: {} }, 'object'],
    [{ type: 'array', items: {} }, 'list'],
    [{ items: { type: 'string' } }, 'list'],
    [{ type: 'null' }, 'null'],
    [{ $ref: '#/components/schemas/Pet' }, 'other'],
    [{ type: 'object', allOf: [] }, 'other'],
    [false, 'other'],
    [{ type: 'mystery' }, 'other'],
  ])('of %j is %s', (schema, type) => expect(typeOf(schema)).toBe(type));
});

describe('a change of the type', () => {
  it('keeps what it does not know and drops what belongs to the type before', () => {
    const schema = { type: 'string', minLength: 2, description: 'Name', 'x-ours': [1], examples: ['a'] };
    expect(withType(schema, 'whole number')).toEqual({
      type: 'integer',
      description: 'Name',
      'x-ours': [1],
      examples: ['a'],
    });
    expect(withType({ type: ['string', 'null'] }, 'number')).toEqual({ type: ['number', 'null'] });
    expect(withType({ type: 'object', properties: {}, required: ['a'] }, 'any')).toEqual({});
    expect(withType({ $ref: '#/x', description: 'A pet' }, 'text')).toEqual({ type: 'string', description: 'A pet' });
  });

  it('is what typeOf reads back', () => {
    for (const type of schemaTypes) expect(typeOf(withType({ title: 'x' }, type))).toBe(type);
  });
});

describe('members', () => {
  const schema: Json = {
    type: 'object',
    'x-order': 1,
    properties: { id: { type: 'integer', minimum: 1 }, name: { type: 'string' } },
    required: ['id', 'elsewhere'],
    additionalProperties: false,
  };

  it('are read in their order', () => {
    expect(propertiesOf(schema).map(({ name, isRequired }) => [name, isRequired])).toEqual([
      ['id', true],
      ['name', false],
    ]);
  });

  it('are renamed in their place, with what is said of them', () => {
    const renamed = withProperty(schema, 0, (property) => ({ ...property, name: 'key' }));
    expect(JSON.stringify(renamed)).toBe(
      JSON.stringify({
        type: 'object',
        'x-order': 1,
        properties: { key: { type: 'integer', minimum: 1 }, name: { type: 'string' } },
        required: ['elsewhere', 'key'],
        additionalProperties: false,
      }),
    );
  });

  it('leave no empty keywords behind', () => {
    const only = withNewProperty({ type: 'object' });
    expect(only).toEqual({ type: 'object', properties: { name: { type: 'string' } }, required: ['name'] });
    expect(withProperty(only, 0, () => null)).toEqual({ type: 'object' });
    expect(withKeyword({ description: 'x' }, 'description', '')).toEqual({});
  });

  it('get a name of their own', () => {
    expect(propertiesOf(withNewProperty(withNewProperty(undefined))).map(({ name }) => name)).toEqual([
      'name',
      'name2',
    ]);
    expect(nameFault('', [])).toContain('at least one');
    expect(nameFault('id', ['id'])).toContain('already used');
    expect(nameFault('key', ['id'])).toBeNull();
  });

  it('are the same after being read and written, whatever else the schema says', () => {
    const names = fc.stringMatching(/^[a-z]{1,4}$/);
    const schemas = fc.record({
      type: fc.constant('object'),
      properties: fc.dictionary(names, fc.record({ type: fc.constantFrom('string', 'integer') }), { minKeys: 1 }),
      'x-kept': fc.jsonValue(),
      description: fc.string({ minLength: 1 }),
    });
    fc.assert(
      fc.property(schemas, (any) => {
        const schema = any as unknown as Json;
        expect(withProperties(schema, propertiesOf(schema))).toEqual(schema);
      }),
    );
  });
});
