import { describe, expect, it } from 'vitest';
import { ControlFault } from '../control.ts';
import { readQuery, textParameter, timeParameter, wholeParameter, wordParameter } from './query.ts';

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof ControlFault && thrown.status === 400) return thrown.message;
    throw thrown;
  }
  return 'accepted';
};

const file = wordParameter('Which log.', ['user', 'usage', 'all'], 'user');
const node = textParameter('A node.');

describe('readQuery', () => {
  it('reads declared parameters, decoded', () => {
    expect(readQuery('/x?node=server%2Fa+b&file=usage', { node, file })).toEqual({ node: 'server/a b', file: 'usage' });
    expect(readQuery('/x', { node, file })).toEqual({ node: undefined, file: 'user' });
    expect(readQuery('/x', {})).toEqual({});
  });

  it('refuses what is not declared, with what may be meant', () => {
    expect(refusal(() => readQuery('/x?fiel=user', { file, node }))).toBe(
      'There is no query parameter "fiel". Did you mean "file"?',
    );
    expect(refusal(() => readQuery('/x?zzzzzz=1', { file, node }))).toBe(
      'There is no query parameter "zzzzzz". Allowed are file or node.',
    );
    expect(refusal(() => readQuery('/x?a=1', {}))).toBe('There is no query parameter "a". There are none here.');
    expect(refusal(() => readQuery('/x?__proto__=1', { file }))).toContain('"__proto__"');
  });

  it('refuses a parameter that is given twice', () => {
    expect(refusal(() => readQuery('/x?file=user&file=usage', { file }))).toBe(
      'The query parameter "file" is given twice; give it once.',
    );
  });
});

describe('wordParameter', () => {
  it('refuses any other word', () => {
    expect(refusal(() => readQuery('/x?file=../settings', { file }))).toBe(
      'The query parameter "file" must be user, usage or all, found "../settings".',
    );
  });
});

describe('wholeParameter', () => {
  const limit = wholeParameter('How many.', 1, 1000, 100);
  it('reads whole numbers within bounds', () => {
    expect([undefined, '1', '1000'].map((given) => limit.read(given, 'limit', 0))).toEqual([100, 1, 1000]);
  });
  it.each(['', '0', '1001', '-1', '1.5', '1e2', ' 1', '0x1', '9'.repeat(400), 'many'])('refuses %o', (given) => {
    expect(refusal(() => limit.read(given, 'limit', 0))).toMatch(
      /^The query parameter "limit" must be a whole number from 1 to 1000, found "/,
    );
  });
});

describe('timeParameter', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  const from = timeParameter('The earliest time.');
  it.each([
    ['15m', '2026-11-21T11:45:00Z'],
    ['2h', '2026-11-21T10:00:00Z'],
    ['7d', '2026-11-14T12:00:00Z'],
    ['30s', '2026-11-21T11:59:30Z'],
    ['2026-11-20T00:00:00Z', '2026-11-20T00:00:00Z'],
    ['2026-11-20T01:00:00.5+01:00', '2026-11-20T00:00:00.500Z'],
    ['2026-11-20T01:00:00 01:00', '2026-11-20T00:00:00Z'],
    ['2026-11-20', '2026-11-20T00:00:00Z'],
  ])('reads %s', (text, time) => expect(from.read(text, 'from', now)).toBe(Date.parse(time)));

  it('takes a date as "to" for all of its day', () => {
    expect(from.read('2026-11-20', 'to', now)).toBe(Date.parse('2026-11-20T23:59:59.999Z'));
    expect(from.read('2026-11-20T00:00:00Z', 'to', now)).toBe(Date.parse('2026-11-20T00:00:00Z'));
    expect(from.read('1d', 'to', now)).toBe(Date.parse('2026-11-20T12:00:00Z'));
  });

  it('gives undefined for what is not given', () => expect(from.read(undefined, 'from', now)).toBeUndefined());

  it.each([
    '',
    'yesterday',
    '15',
    'm',
    '-5m',
    '1.5h',
    '2026-02-30',
    '2026-02-30T00:00:00Z',
    '2026-11-2',
    '2026-13-40T00:00:00Z',
    '2026-11-20T00:00:00',
  ])('refuses %o', (text) => {
    expect(refusal(() => from.read(text, 'from', now))).toMatch(
      /^The query parameter "from" must be a time as in RFC 3339.* 15m, 2h or 7d, found /,
    );
  });
});
