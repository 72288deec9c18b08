import { describe, expect, it } from 'vitest';
import { ControlFault } from '../control.ts';
import { oneOf, readQuery, timeOf } from './query.ts';

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof ControlFault && thrown.status === 400) return thrown.message;
    throw thrown;
  }
  return 'accepted';
};

describe('readQuery', () => {
  it('reads declared parameters, decoded', () => {
    const query = readQuery('/x?node=server%2Fa&file=a+b', ['node', 'file']);
    expect([...query]).toEqual([
      ['node', 'server/a'],
      ['file', 'a b'],
    ]);
    expect(readQuery('/x', []).size).toBe(0);
  });

  it('refuses what is not declared, with what may be meant', () => {
    expect(refusal(() => readQuery('/x?fiel=user', ['file', 'from']))).toBe(
      'There is no query parameter "fiel". Did you mean "file"?',
    );
    expect(refusal(() => readQuery('/x?zzzzzz=1', ['file', 'from']))).toBe(
      'There is no query parameter "zzzzzz". Allowed are file or from.',
    );
    expect(refusal(() => readQuery('/x?a=1', []))).toBe('There is no query parameter "a". There are none here.');
    expect(refusal(() => readQuery('/x?__proto__=1', []))).toContain('"__proto__"');
  });

  it('refuses a parameter that is given twice', () => {
    expect(refusal(() => readQuery('/x?file=user&file=usage', ['file']))).toBe(
      'The query parameter "file" is given twice; give it once.',
    );
  });
});

describe('oneOf', () => {
  const query = new Map([['file', '../settings']]);
  it('takes a word of the list, or what stands for none', () => {
    expect(oneOf(new Map([['file', 'usage']]), 'file', ['user', 'usage'], 'user')).toBe('usage');
    expect(oneOf(new Map(), 'file', ['user', 'usage'], 'user')).toBe('user');
  });
  it('refuses anything else', () => {
    expect(refusal(() => oneOf(query, 'file', ['user', 'usage', 'all'], 'user'))).toBe(
      'The query parameter "file" must be user, usage or all, found "../settings".',
    );
  });
});

describe('timeOf', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  it.each([
    ['15m', '2026-11-21T11:45:00Z'],
    ['2h', '2026-11-21T10:00:00Z'],
    ['7d', '2026-11-14T12:00:00Z'],
    ['30s', '2026-11-21T11:59:30Z'],
    ['2026-11-20T00:00:00Z', '2026-11-20T00:00:00Z'],
    ['2026-11-20T01:00:00.5+01:00', '2026-11-20T00:00:00.500Z'],
    ['2026-11-20T01:00:00 01:00', '2026-11-20T00:00:00Z'],
  ])('reads %s', (text, time) => expect(timeOf(new Map([['from', text]]), 'from', now)).toBe(Date.parse(time)));

  it('gives undefined for what is not given', () => expect(timeOf(new Map(), 'from', now)).toBeUndefined());

  it.each(['', 'yesterday', '15', 'm', '-5m', '1.5h', '2026-11-20', '2026-13-40T00:00:00Z', '2026-11-20T00:00:00'])(
    'refuses %o',
    (text) => {
      expect(refusal(() => timeOf(new Map([['from', text]]), 'from', now))).toMatch(
        /^The query parameter "from" must be a time as in RFC 3339.* 15m, 2h or 7d, found /,
      );
    },
  );
});
