import { describe, expect, it } from 'vitest';
import { covers, formatAddress, isId, parseAddress } from './address.ts';

describe('addresses', () => {
  it.each([
    'server/hello',
    'server/hello/get-hello',
    'server/hello/get-hello/greet',
    'service/tools/echo',
    'client/orders-db',
  ])('%s is the same taken apart and put together', (text) => {
    const address = parseAddress(text);
    expect(address && formatAddress(address)).toBe(text);
  });

  it('has named parts', () => {
    expect(parseAddress('server/a/b/c')).toEqual({ kind: 'server', resource: 'a', operation: 'b', action: 'c' });
    expect(parseAddress('client/a')).toEqual({ kind: 'client', resource: 'a' });
  });

  it.each([
    '',
    'server',
    'server/',
    'server//a',
    'api/a',
    'Server/a',
    'server/a/b/c/d',
    'server/../a',
    'server/a b',
    '/server/a',
  ])('%j is none', (text) => expect(parseAddress(text)).toBeUndefined());

  it('covers itself and what is below it', () => {
    expect(covers('server/a', 'server/a')).toBe(true);
    expect(covers('server/a', 'server/a/b')).toBe(true);
    expect(covers('server/a', 'server/ab')).toBe(false);
  });

  it.each<[unknown, boolean]>([
    ['a', true],
    ['A-1_2.3', true],
    ['a'.repeat(64), true],
    ['a'.repeat(65), false],
    ['.a', false],
    ['-a', false],
    ['', false],
    ['ä', false],
    ['a\n', false],
    ['__proto__', false],
    [1, false],
  ])('id %j: %s', (value, is) => expect(isId(value)).toBe(is));
});
