import { describe, expect, it } from 'vitest';
import { Traffic } from './traffic.ts';

const minute = 60_000;

describe('Traffic', () => {
  let time = 1000 * minute;
  const traffic = new Traffic(() => time);
  const of = (...addresses: string[]) => {
    const figures = traffic.of(addresses);
    return figures && [figures.perMinute.slice(-3), figures.errors.slice(-3)];
  };

  it('counts by minute, the newest last, and adds up what is asked for together', () => {
    expect(of('a')).toBeUndefined();
    traffic.add([
      ['a', 3, 1],
      ['b', 2, 0],
    ]);
    traffic.add([['a', 1, 0]]);
    time += minute;
    traffic.add([['a', 5, 5]]);
    expect(of('a')).toEqual([
      [0, 4, 5],
      [0, 1, 5],
    ]);
    expect(of('a', 'b', 'c')).toEqual([
      [0, 6, 5],
      [0, 1, 5],
    ]);
    expect(traffic.of(['a'])?.perMinute).toHaveLength(15);
  });

  it('forgets what is older than 15 minutes, also of an operation that was quiet for long', () => {
    time += 13 * minute;
    expect(traffic.of(['a'])?.perMinute.slice(0, 2)).toEqual([4, 5]);
    time += minute;
    expect(traffic.of(['a'])?.perMinute.slice(0, 2)).toEqual([5, 0]);
    time += 500 * minute;
    expect(of('a', 'b')).toBeUndefined();
    traffic.add([['a', 1, 0]]);
    expect(traffic.of(['a'])?.perMinute).toEqual([...new Array(14).fill(0), 1]);
  });

  it('holds a bounded number of operations, and has room again when some were quiet for long', () => {
    traffic.add(Array.from({ length: 12_000 }, (_, i) => [`s/${i}`, 1, 0]));
    expect([of('s/0') !== undefined, of('s/11999')]).toEqual([true, undefined]);
    time += 20 * minute;
    traffic.add([['s/11999', 1, 0]]);
    expect(of('s/11999')).toEqual([
      [0, 0, 1],
      [0, 0, 0],
    ]);
  });
});
