import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, hashJson, operationVersion } from './hash.ts';
import type { Json, Operation } from './types.ts';

const reversed = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
};

describe('hashJson', () => {
  it('is 16 hex digits, the same in every version', () => {
    expect(hashJson(null)).toBe('bcdf4ce469fcb93a');
    expect(hashJson({ a: [1, 'ü', true], b: {} })).toBe('cc1d3be577e67f6d');
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(hashJson(reversed(value as Json))).toBe(hashJson(value as Json));
      }),
    );
  });

  it('tells different data apart', () => {
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const text = canonicalJson(value as Json);
        const hash = hashJson(value as Json);
        expect(seen.get(hash) ?? text).toBe(text);
        seen.set(hash, text);
      }),
      { numRuns: 2000 },
    );
    for (const [a, b] of [
      [[], {}],
      ['1', 1],
      [null, 'null'],
      [
        [1, 2],
        [2, 1],
      ],
      [{ a: 1 }, { b: 1 }],
    ] as [Json, Json][]) {
      expect(hashJson(a)).not.toBe(hashJson(b));
    }
  });
});

describe('operationVersion', () => {
  const operation: Operation = { id: 'a', topic: 't', workflow: { actions: [] }, simulations: [{ id: 's', input: 1 }] };

  it('changes with what runs, not with simulations', () => {
    expect(operationVersion({ ...operation, simulations: [] })).toBe(operationVersion(operation));
    expect(operationVersion({ ...operation, workflow: { actions: [], output: 1 } })).not.toBe(
      operationVersion(operation),
    );
  });
});
