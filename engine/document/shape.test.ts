import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Place } from './place.ts';
import {
  anything,
  describe as describeRule,
  exactly,
  filledText,
  flag,
  listOf,
  mapOf,
  number,
  object,
  oneOf,
  orNull,
  type Rule,
  shape,
  text,
  whole,
} from './shape.ts';
import type { Fault } from './types.ts';

const faultsOf = (rule: Rule, value: unknown): string[] => {
  const faults: Fault[] = [];
  rule(value, Place.root('x', faults));
  return faults.map(({ pointer, message }) => `${pointer} ${message}`);
};
const pair = shape({ a: text, b: flag }, ['a']);

describe('rules', () => {
  const rules: [string, Rule][] = [
    ['anything', anything],
    ['text', text],
    ['filledText', filledText],
    ['flag', flag],
    ['object', object],
    ['whole', whole(-2, 5)],
    ['number', number(0, 1)],
    ['oneOf', oneOf(['a', 'b'])],
    ['orNull', orNull(whole(0))],
    ['listOf', listOf(orNull(text))],
    ['mapOf', mapOf(flag)],
    ['shape', pair],
    ['exactly', exactly({ a: anything, b: pair }, ['b'])],
    ['describe', describeRule(describeRule(pair, { title: 'Pair' }), { description: 'Two.' })],
  ];
  it.each(rules)('%s accepts exactly what its schema allows', (_, rule) => {
    const fits = new Ajv2020({ strict: true, strictTypes: false }).compile(rule.schema);
    const leaf = fc.oneof(
      fc.constantFrom(null, true, '', ' ', '\u00a0', 'a', 0, 1, -2, 5, 6, 0.5),
      fc.jsonValue({ maxDepth: 1 }),
    );
    const likely = fc.oneof(
      leaf,
      fc.array(leaf, { maxLength: 3 }),
      fc.record(
        { a: leaf, b: fc.oneof(leaf, fc.record({ a: leaf, b: leaf }, { requiredKeys: [] })) },
        { requiredKeys: [] },
      ),
      fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), leaf, { maxKeys: 3 }),
    );
    fc.assert(
      fc.property(likely, (value) => {
        expect(faultsOf(rule, value).length === 0).toBe(fits(value));
      }),
      { numRuns: 500 },
    );
  });

  it('name the place, what was found and what is allowed', () => {
    expect(faultsOf(mapOf(flag), { a: 1 })).toEqual(['/a "a" must be true or false, found 1.']);
    expect(faultsOf(number(0, 1), '0.5')).toEqual([' The document must be a number from 0 to 1, found "0.5".']);
    expect(faultsOf(orNull(flag), 'no')).toEqual([' The document must be true or false, found "no".']);
    expect(faultsOf(exactly({ a: flag, b: flag }, ['b']), {})).toEqual([
      ' The document must have the key "a", found nothing.',
    ]);
  });
});
