import { describe, expect, it } from 'vitest';
import { rateText, shareText, summaryOf, timeFor } from './traffic-text.ts';

const figures = (perMinute: number[], errors: number[] = []) => ({
  perMinute: [...new Array(15 - perMinute.length).fill(0), ...perMinute],
  errors: [...new Array(15 - errors.length).fill(0), ...errors],
});

describe('summaryOf', () => {
  it.each([
    [undefined, { runs: 0, errors: 0, perMinute: 0, errorShare: null }],
    [figures([]), { runs: 0, errors: 0, perMinute: 0, errorShare: null }],
    // Only the minute under way.
    [figures([8], [2]), { runs: 8, errors: 2, perMinute: 8, errorShare: 0.25 }],
    // Since the first minute in which anything ran; the one under way does not count for the rate.
    [figures([10, 0, 20, 3]), { runs: 33, errors: 0, perMinute: 10, errorShare: 0 }],
  ])('%#', (traffic, summary) => expect(summaryOf(traffic)).toEqual(summary));
});

it('writes rates and shares', () => {
  expect([1284.4, 13, 0.24, 9.96, 0].map(rateText)).toEqual(['1,284', '13', '0.2', '10', '0']);
  expect([0.01574, 0, null].map(shareText)).toEqual(['1.57 %', '0.00 %', '–']);
});

it.each([
  [100, 300, 'about 20 s'],
  [100, 60_000, 'under a second'],
  [100, 10, 'about 10 min'],
  [100, 0.5, 'about 3 h'],
  [100, 0.01, 'about 7 d'],
  [100, 0, undefined],
])('%d runs at %d a minute take %s', (runs, rate, text) => expect(timeFor(runs, rate)).toBe(text));
