import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActionFailure } from '../../actions/kit/define.ts';
import { createMemory } from './memory.ts';
import { bytesOf } from './value-bytes.ts';

const kilobyte = 1024;

const open = (maxBytes = 64 * kilobyte, maxShared = 3, maxMarks = 3) => {
  const clock = { now: 0 };
  return { clock, memory: createMemory({ maxBytes, maxShared, maxMarks, monotonic: () => clock.now }) };
};

const codeOf = (work: () => void): string => {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof ActionFailure) return thrown.code;
    throw thrown;
  }
  return 'none';
};

describe('values', () => {
  it('are kept by table and key, null too', () => {
    const { memory } = open();
    memory.set('a', 'k', 1);
    memory.set('b', 'k', null);
    expect([memory.get('a', 'k'), memory.get('b', 'k'), memory.get('c', 'k')]).toEqual([1, null, undefined]);
  });

  it('are never found under another table and key', () => {
    const name = fc.oneof(fc.string(), fc.constantFrom('', '1', '1 a', ' ', '# ', 'x'.repeat(300), '__proto__'));
    fc.assert(
      fc.property(name, name, name, name, (table, key, otherTable, otherKey) => {
        fc.pre(table !== otherTable || key !== otherKey);
        const { memory } = open();
        memory.set(table, key, 'mine');
        expect(memory.get(otherTable, otherKey)).toBeUndefined();
        expect(memory.get(table, key)).toBe('mine');
      }),
    );
  });

  it('go when they are deleted, which says whether they were there', () => {
    const { memory } = open();
    memory.set('t', 'k', 1);
    expect([memory.delete('t', 'k'), memory.delete('t', 'k'), memory.get('t', 'k')]).toEqual([true, false, undefined]);
  });

  it('are there until their time is over, and are gone from then on', () => {
    const { memory, clock } = open();
    memory.set('t', 'k', 1, 100);
    clock.now = 99;
    expect(memory.get('t', 'k')).toBe(1);
    clock.now = 100;
    expect([memory.delete('t', 'k'), memory.get('t', 'k')]).toEqual([false, undefined]);
    memory.set('t', 'k', 2);
    clock.now = 1e12;
    expect(memory.get('t', 'k')).toBe(2);
  });

  it('have the time of the last one that was put there', () => {
    const { memory, clock } = open();
    memory.set('t', 'k', 1, 100);
    memory.set('t', 'k', 2);
    clock.now = 200;
    expect(memory.get('t', 'k')).toBe(2);
    memory.set('t', 'k', 3, 0);
    expect(memory.get('t', 'k')).toBeUndefined();
  });

  it('leave in the order in which they were last used when there is no more room', () => {
    const { memory } = open(10 * kilobyte);
    for (const key of ['a', 'b', 'c']) memory.set('t', key, 'x'.repeat(kilobyte));
    memory.get('t', 'a');
    for (const key of ['d', 'e']) memory.set('t', key, 'x'.repeat(kilobyte));
    expect(['a', 'b', 'c', 'd', 'e'].filter((key) => memory.get('t', key) !== undefined)).toEqual(['a', 'd', 'e']);
  });

  it('that are larger than all the room are refused, and what was there before is gone', () => {
    const { memory } = open(10 * kilobyte);
    memory.set('t', 'k', 1);
    memory.set('t', 'other', 1);
    expect(codeOf(() => memory.set('t', 'k', 'x'.repeat(10 * kilobyte)))).toBe('memory-full');
    expect([memory.get('t', 'k'), memory.get('t', 'other')]).toEqual([undefined, 1]);
  });

  it('never take more than the room, whatever is in them', () => {
    const most = 100 * kilobyte;
    const { memory } = open(most);
    // A large part where a sample would not find it.
    const hidden = (index: number) => [...Array(40).fill(0), { deep: { deeper: ['x'.repeat(kilobyte) + index] } }];
    for (let index = 0; index < 1_000; index += 1) memory.set('t', String(index), hidden(index));
    const kept = Array.from({ length: 1_000 }, (_, index) => memory.get('t', String(index))).filter(Boolean);
    expect(kept.length).toBeGreaterThan(20);
    expect(kept.length * 2 * kilobyte).toBeLessThan(most);
  });
});

describe('states', () => {
  it('are made once by kind and key', () => {
    const { memory } = open();
    const first = memory.shared('breaker', 'a', () => ({ made: 1 }));
    expect(memory.shared('breaker', 'a', () => ({ made: 2 }))).toBe(first);
    expect(memory.shared('limiter', 'a', () => ({ made: 3 }))).toEqual({ made: 3 });
  });

  it('are bounded in number; the one that was not used for the longest time goes first', () => {
    const { memory } = open();
    for (const key of ['a', 'b', 'c']) memory.shared('kind', key, () => ({ first: true }));
    memory.shared('kind', 'a', () => ({ first: false }));
    memory.shared('kind', 'd', () => ({ first: true }));
    expect(memory.shared('kind', 'a', () => ({ first: false }))).toEqual({ first: true });
    expect(memory.shared('kind', 'b', () => ({ first: false }))).toEqual({ first: false });
  });
});

describe('marks', () => {
  it('are set once by kind and key, until their time is over', () => {
    const { memory, clock } = open();
    expect([memory.mark('a', 'k', 100), memory.mark('a', 'k', 100), memory.mark('b', 'k', 100)]).toEqual([
      true,
      false,
      true,
    ]);
    clock.now = 99;
    expect(memory.mark('a', 'k', 100)).toBe(false);
    clock.now = 100;
    expect([memory.mark('a', 'k', 100), memory.mark('a', 'k', 100)]).toEqual([true, false]);
  });

  it('stay when values and states of the same name are deleted, made or do not fit any more', () => {
    const { memory } = open(10 * kilobyte);
    memory.mark('kind', 'k', 1e9);
    expect([memory.get('kind', 'k'), memory.delete('kind', 'k')]).toEqual([undefined, false]);
    for (let index = 0; index < 1000; index += 1) {
      memory.set('kind', String(index), 'x'.repeat(kilobyte));
      memory.shared('kind', String(index), () => ({}));
    }
    expect(memory.mark('kind', 'k', 1e9)).toBe(false);
  });

  it('are bounded in number; the oldest goes first, however often it was asked for', () => {
    const { memory } = open();
    for (const key of ['a', 'b', 'c', 'a', 'd']) memory.mark('kind', key, 1000);
    expect(['d', 'c', 'b', 'a'].map((key) => memory.mark('kind', key, 1000))).toEqual([false, false, false, true]);
  });
});

describe('bytesOf', () => {
  it.each([
    ['a text by its characters', 'x'.repeat(1000), 2016],
    ['an array by its items too', [1, 2, 3], 56 + 24 + 48],
    ['an object by its keys too', { ab: 1 }, 56 + 20 + 16],
    ['a view by all of its buffer', new Uint8Array(new ArrayBuffer(1000), 0, 1), 1056],
  ])('weighs %s', (_, value, bytes) => expect(bytesOf(value, 1e9)).toBe(bytes));

  it('counts a part that comes again once, and is not caught in a cycle', () => {
    const part = { text: 'x'.repeat(1000) };
    const twice: unknown[] = [part, part];
    expect(bytesOf(twice, 1e9)).toBe(bytesOf([part], 1e9) + 8);
    twice.push(twice);
    expect(bytesOf(twice, 1e9)).toBeLessThan(3000);
  });

  it('takes values nested deeper than the stack', () => {
    let value: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) value = [value];
    expect(bytesOf(value, 1e9)).toBeGreaterThan(6_000_000);
  });

  it('stops when it is more than is asked for', () => {
    let asked = 0;
    const value = new Proxy([1], {
      get: (target, key) => {
        if (key === 'length') return 1e9;
        asked += 1;
        return Reflect.get(target, key);
      },
    });
    expect(bytesOf(value, 1000)).toBeGreaterThan(1000);
    expect(asked).toBeLessThan(10);
  });
});
