import { expect, it } from 'vitest';
import type { FieldSchema } from './field-schema.ts';
import { readNumber } from './read-number.ts';

const port: FieldSchema = { type: 'integer', minimum: 1, maximum: 65535 };
const cases: [string, FieldSchema, unknown][] = [
  ['12', port, { value: 12 }],
  [' 12 ', port, { value: 12 }],
  ['1.5', { type: 'number' }, { value: 1.5 }],
  ['1.', { type: 'number' }, { value: 1 }],
  ['-2e3', { type: 'number' }, { value: -2000 }],
  ['', port, { value: undefined }],
  ['-', port, { reason: 'Allowed is a whole number from 1 to 65,535, found "-".' }],
  ['1.5', port, { reason: 'Allowed is a whole number, found 1.5.' }],
  ['70000', port, { reason: 'Allowed is a whole number from 1 to 65,535, found 70000.' }],
  ['0x10', port, { reason: 'Allowed is a whole number from 1 to 65,535, found "0x10".' }],
  ['1e999', { type: 'number' }, { reason: 'Allowed is a number, found "1e999".' }],
];
it.each(cases)('%j', (text, schema, result) => expect(readNumber(text, schema, true)).toEqual(result));
it('says that an item needs a number', () =>
  expect(readNumber('', { type: 'number' }, false)).toEqual({ reason: 'Allowed is a number, found nothing.' }));
