import { describe, expect, it } from 'vitest';
import type { Json } from '../../engine/document/types.ts';
import { inputsOf, wantsOperation, withArguments } from './call-arguments.ts';

const call = {
  properties: {
    to: { type: 'string', 'x-refers': 'service', description: 'Its address: service/<id>/<operation>.' },
    input: { type: 'object', title: 'Input' },
  },
  required: ['to'],
};
const quote: Json = {
  type: 'object',
  properties: {
    sku: { type: 'string', format: 'email', description: 'What is sold.' },
    count: { type: ['integer', 'null'], minimum: 1 },
    line: { $ref: '#/$defs/line' },
    size: { enum: [1, 2] },
  },
  required: ['sku'],
  additionalProperties: false,
  $defs: { line: { type: 'object', properties: { next: { $ref: '#/$defs/line' } } } },
};
const schemaOf = (address: string): Json | undefined => (address === 'service/pricing/quote' ? quote : undefined);
const input = (to: Json) => withArguments(call, { to }, schemaOf);

describe('the arguments of a call', () => {
  it('are those that the operation declares', () => {
    const { properties, required } = input('service/pricing/quote');
    expect(required).toEqual(['to', 'input']);
    expect(properties.input).toMatchObject({
      type: 'object',
      title: 'Input',
      required: ['sku'],
      additionalProperties: false,
      properties: {
        sku: { type: 'string', description: 'What is sold.' },
        count: { anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }] },
        line: { type: 'object' },
        size: {},
      },
    });
    expect(JSON.stringify(properties.input)).not.toContain('email');
  });

  it.each<[string, Json]>([
    ['there is no such operation', 'service/pricing/none'],
    ['a run decides which one it is', { $ref: ['input', 'to'] }],
  ])('are not known where %s', (_, to) => expect(input(to)).toBe(call));

  it('are not those of another kind of address', () => {
    const other = { ...call, properties: { ...call.properties, to: { 'x-refers': 'api' } } };
    expect(withArguments(other, { to: 'service/pricing/quote' }, schemaOf)).toBe(other);
  });

  it('knows a service as a whole by the help', () => {
    expect(wantsOperation(call.properties.to)).toBe(true);
    expect(wantsOperation({ 'x-refers': 'service', description: 'Its address: service/<id>.' })).toBe(false);
  });
});

it('keeps the map of inputs as long as no input is another', () => {
  const service = { id: 'pricing', operations: [{ id: 'quote', input: quote }, { id: 'none' }] };
  const before = inputsOf([service]);
  expect([...before.keys()]).toEqual(['service/pricing/quote']);
  expect(inputsOf([structuredClone({ ...service, operations: [] }), service], before)).toBe(before);
  expect(inputsOf([structuredClone(service)], before)).not.toBe(before);
});
