import { describe, expect, it } from 'vitest';
import { bytesOf, sizeText } from './size-text.ts';

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 KB'],
    [1_406_599_987, '1.31 GB'],
    [5 * 1024 ** 5, '5120 TB'],
  ])('%d bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));

  it.each([
    [16_384, 16_384],
    ['512k', 524_288],
    ['2G', 2 * 1024 ** 3],
    ['100', 100],
    ['much', null],
    [null, null],
  ])('the setting %j is %d bytes', (value, bytes) => expect(bytesOf(value)).toBe(bytes));
});
