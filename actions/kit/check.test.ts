import { describe, expect, it } from 'vitest';
import {
  ActionFailure,
  any,
  array,
  checkInput,
  describeValue,
  integer,
  lazy,
  object,
  oneOf,
  optional,
  rows,
  string,
} from './index.ts';

const refusal = (fields: Parameters<typeof checkInput>[0]['fields'], input: Record<string, unknown>): string => {
  try {
    checkInput({ fields }, input);
  } catch (thrown) {
    if (thrown instanceof ActionFailure && thrown.code === 'input-invalid') return thrown.message;
    throw thrown;
  }
  return 'accepted';
};

describe('checkInput', () => {
  it('gives back the very input when nothing has to be filled in', () => {
    const fields = { a: string(), b: optional(integer(), 3), c: optional(array()), list: rows({ value: lazy() }) };
    const input = { a: 'x', b: 1, list: [{ value: () => 1 }], unknown: true };
    expect(checkInput({ fields }, input)).toBe(input);
  });

  it('fills fallbacks into a copy for what is left out or null', () => {
    const fields = { a: optional(integer(), 3), b: optional(string()) };
    const input = { b: null };
    const checked = checkInput({ fields }, input);
    expect(checked).toStrictEqual({ a: 3, b: undefined });
    expect(input).toStrictEqual({ b: null });
  });

  it('takes null where any value is allowed, and makes null of what could not be found', () => {
    expect(checkInput({ fields: { a: any() } }, { a: null })).toStrictEqual({ a: null });
    expect(checkInput({ fields: { a: any() } }, { a: undefined })).toStrictEqual({ a: null });
  });

  it('says what was found and what is allowed', () => {
    expect(refusal({ count: integer() }, { count: 'x' })).toBe('`count` must be a whole number, found "x" (text)');
    expect(refusal({ count: integer({ minimum: 0 }) }, { count: -1 })).toBe(
      '`count` must be a whole number of at least 0, found -1 (number)',
    );
    expect(refusal({ a: object() }, { a: [1] })).toBe('`a` must be an object, found an array of 1 item');
    expect(refusal({ a: oneOf(['x', 'y']) }, { a: null })).toBe('`a` must be one of x, y, found null');
    expect(refusal({ a: string() }, {})).toBe('`a` is missing; it must be a text');
    expect(refusal({ a: any() }, {})).toBe('`a` is missing; it must be a value');
    expect(refusal({ a: lazy() }, {})).toBe('`a` is missing; it must be steps or a value');
  });

  it('looks into rows and names the row', () => {
    const fields = { list: rows({ when: lazy(), give: lazy(), note: optional(string(), '') }) };
    const value = () => 1;
    expect(refusal({ list: fields.list }, { list: [{ when: value, give: value }, { when: value }] })).toBe(
      '`list[1].give` is missing; it must be steps or a value',
    );
    expect(refusal(fields, { list: [7] })).toBe(
      '`list[0]` must be an object with when and give and note, found 7 (number)',
    );
    expect(refusal(fields, { list: 'x' })).toBe('`list` must be an array of objects, found "x" (text)');
    const given = {
      list: [
        { when: value, give: value, note: 'n' },
        { when: value, give: value },
      ],
    };
    const checked = checkInput({ fields }, given) as typeof given;
    expect(checked.list[0]).toBe(given.list[0]);
    expect(checked.list[1]).toStrictEqual({ when: value, give: value, note: '' });
    expect(given.list[1]).toStrictEqual({ when: value, give: value });
  });
});

describe('describeValue', () => {
  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    ['a\nb', '"a\\nb" (text)'],
    ['s'.repeat(25), 'a text of 25 characters'],
    [Number.NaN, 'NaN (number)'],
    [true, 'true (boolean)'],
    [10n, '10 (bigint)'],
    [[1, 2], 'an array of 2 items'],
    [new Uint8Array(3), 'binary data of 3 bytes'],
    [new Date(0), 'a date'],
    [new Date(Number.NaN), 'an invalid date'],
    [{ a: 1 }, 'an object'],
    [Symbol('x'), 'a symbol'],
  ])('names %o', (value, name) => expect(describeValue(value)).toBe(name));

  it('does not read what an object holds', () => {
    const hostile = Object.defineProperty({}, 'a', {
      enumerable: true,
      get: () => {
        throw new Error('read');
      },
    });
    expect(describeValue(hostile)).toBe('an object');
  });
});
