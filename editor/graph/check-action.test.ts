import { describe, expect, it } from 'vitest';
import type { Json } from '../../engine/document/types.ts';
import { checkAction } from './check-action.ts';

const definition = {
  input: {
    type: 'object' as const,
    properties: {
      count: { type: 'integer', minimum: 1, maximum: 9 },
      text: { type: 'string' },
      any: {},
      mode: { type: 'string', enum: ['on', 'off'] },
      either: { anyOf: [{ type: 'string' }, { type: 'array' }] },
      rows: {
        type: 'array',
        items: { type: 'object', properties: { condition: { format: 'steps' } }, required: ['condition'] },
      },
      to: { type: 'string', format: 'address' },
    },
    required: ['count', 'any', 'to'],
  },
};
const good = { count: 2, any: 1, to: 'service/a/b' };
const check = (input: { [field: string]: Json }) => checkAction({ id: 'a', action: 'x/y', input }, definition);

describe('checkAction', () => {
  const cases: [string, { [field: string]: Json }, string[]][] = [
    ['nothing filled in', {}, ['count is empty.', 'any is empty.', 'to is empty.']],
    ['all is well', good, []],
    ['null where null is a value', { ...good, any: null }, []],
    ['null where it is none', { ...good, count: null }, ['count is empty.']],
    ['an empty address', { ...good, to: '' }, ['to is empty.']],
    ['another type', { ...good, count: 'two' }, ['count is a whole number from 1 to 9; found "two".']],
    ['out of range', { ...good, count: 10 }, ['count is a whole number from 1 to 9; found 10.']],
    ['another word', { ...good, mode: 'up' }, ['mode is one of on, off; found "up".']],
    ['neither of two', { ...good, either: 1 }, ['either is a text or a list; found 1.']],
    ['one of two', { ...good, either: [] }, []],
    ['an expression', { ...good, count: { $ref: ['variables', 'n'] } }, []],
    ['a literal that is marked', { ...good, text: { $literal: 1 } }, ['text is a text; found 1.']],
    ['a row without its part', { ...good, rows: [{ condition: true }, {}] }, ['rows[1].condition is empty.']],
    ['a row that an expression gives', { ...good, rows: [{ $jsonata: 'x' }] }, []],
  ];
  it.each(cases)('%s', (_, input, faults) => expect(check(input)).toEqual(faults));

  it('says that there is no such action', () => {
    expect(checkAction({ id: 'a', action: 'x/z' }, undefined)).toEqual(['There is no action x/z.']);
  });

  it('knows what a called operation needs', () => {
    const call = {
      input: {
        type: 'object' as const,
        properties: { to: { type: 'string', 'x-refers': 'service' }, input: { type: 'object' } },
        required: ['to'],
      },
    };
    const schemaOf = (): Json => ({
      properties: { sku: { type: 'string' }, n: { type: 'integer' } },
      required: ['sku'],
    });
    const faults = (input: { [field: string]: Json }) =>
      checkAction({ id: 'a', action: 'x/y', input: { to: 'service/a/b', ...input } }, call, schemaOf);
    expect(faults({})).toEqual(['input.sku is empty.']);
    expect(faults({ to: 'service/a', input: { sku: '' } })).toEqual([
      'to is service/<id>/<operation>; found "service/a".',
    ]);
    expect(faults({ input: { sku: { $ref: ['input'] }, n: 'two' } })).toEqual([
      'input.n is a whole number; found "two".',
    ]);
    expect(faults({ input: { $ref: ['input'] } })).toEqual([]);
  });
});
