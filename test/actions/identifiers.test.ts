import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActionContext, ActionDefinition, Plain } from '../../actions/kit/index.ts';
import randomText from '../../actions/random/text.ts';
import weighted from '../../actions/random/weighted.ts';
import format from '../../actions/uuid/format.ts';
import { formats } from '../../actions/uuid/identifier.ts';
import md5 from '../../actions/uuid/md5.ts';
import parse from '../../actions/uuid/parse.ts';
import random from '../../actions/uuid/random.ts';
import sha1 from '../../actions/uuid/sha1.ts';
import standard from '../../actions/uuid/standard.ts';
import ulid from '../../actions/uuid/ulid.ts';
import v7 from '../../actions/uuid/v7.ts';
import validate from '../../actions/uuid/validate.ts';
import { runAction } from '../support/action-context.ts';

/** A world whose time and randomness are what a test wants. */
const worldOf = (now: number, bytes: (count: number) => Uint8Array = randomBytes, random = 0): ActionContext =>
  ({ host: { now: () => now, randomBytes: bytes, random: () => random } }) as unknown as ActionContext;

const noon = Date.UTC(2026, 10, 21, 12, 0, 0, 123);
const run = <T = unknown>(action: ActionDefinition, given: Plain = {}, world = worldOf(noon)): T =>
  runAction(action, given, world) as T;

const ones = (count: number): Uint8Array => new Uint8Array(count).fill(0xff);
const zeros = (count: number): Uint8Array => new Uint8Array(count);

describe('UUIDs', () => {
  it.each([
    ['random', random, 4],
    ['standard', standard, 1],
    ['v7', v7, 7],
  ] as const)('%s: version and variant are set, whatever the randomness', (_, action, version) => {
    for (const bytes of [ones, zeros]) {
      const uuid = run<string>(action, {}, worldOf(noon, bytes));
      expect(uuid).toMatch(
        new RegExp(`^[0-9a-f]{8}-[0-9a-f]{4}-${version}[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`),
      );
      expect(run(validate, { uuid, version })).toBe(true);
      expect(run(action, { info: true }, worldOf(noon, bytes))).toMatchObject({
        uuid,
        type: 'default',
        version,
        variant: 'rfc4122',
      });
    }
  });

  it('are the vectors of RFC 9562, at their time and with their randomness', () => {
    const time = Date.UTC(2022, 1, 22, 19, 22, 22);
    const rest = Buffer.from('000000000000000033c89f6bdeced846', 'hex');
    expect(
      run(
        standard,
        {},
        worldOf(time, () => Uint8Array.from(rest)),
      ),
    ).toBe('c232ab00-9414-11ec-b3c8-9f6bdeced846');
    const seven = Buffer.from('0000000000000cc318c4dc0c0c07398f', 'hex');
    expect(
      run(
        v7,
        {},
        worldOf(time, () => Uint8Array.from(seven)),
      ),
    ).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
    expect(run(md5, { namespace: 'dns', name: 'www.example.com' })).toBe('5df41881-3aed-3515-88a7-2f4a814cf09e');
    expect(run(sha1, { namespace: 'dns', name: 'www.example.com' })).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
    expect(run(parse, { uuid: '1EC9414C-232A-6B00-B3C8-9F6BDECED846' })).toMatchObject({
      version: 6,
      time: new Date(time).toISOString(),
    });
  });

  it.each([standard, v7])('%s tell their time, at both ends of it', (action) => {
    for (const time of [0, 1, noon, Date.UTC(5200, 0, 1), 2 ** 41]) {
      const uuid = run(action, {}, worldOf(time));
      expect(run(parse, { uuid })).toMatchObject({ time: new Date(time).toISOString() });
    }
  });

  it('read every format that they write', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.constantFrom(...formats), (drawn, via) => {
        const uuid = Uint8Array.from(drawn);
        const written = run(format, { uuid, format: via });
        expect(run(format, { uuid: written, format: 'raw' })).toEqual(uuid);
        expect(run(parse, { uuid: written })).toMatchObject({ type: via, binary: uuid });
        expect(run(validate, { uuid: written })).toBe(via === 'default');
      }),
    );
  });

  it('v7 sort by their time', () => {
    const times = [0, 1, 255, 256, 65_536, noon, noon + 1, 2 ** 47];
    const made = times.map((time) => run<string>(v7, {}, worldOf(time)));
    expect([...made].sort()).toEqual(made);
  });
});

describe('ULIDs', () => {
  it('are those of the specification', () => {
    const rest = Buffer.from('0000000000000000000000000000000', 'hex');
    expect(rest.length).toBe(15);
    const drawn = Buffer.from('000000000000d6764c61efb99302bd5b', 'hex');
    expect(
      run(
        ulid,
        {},
        worldOf(1_469_922_850_259, () => Uint8Array.from(drawn)),
      ),
    ).toBe('01ARZ3NDEKTSV4RRFFQ69G5FAV');
    expect(run(ulid, { time: 2 ** 48 - 1 }, worldOf(0, ones))).toBe('7ZZZZZZZZZZZZZZZZZZZZZZZZZ');
    expect(run(ulid, { time: 0 }, worldOf(noon, zeros))).toBe('00000000000000000000000000');
  });

  it('are read in either case, sort by time and tell it', () => {
    const times = [0, 1, noon, noon + 1, 2 ** 45];
    const made = times.map((time) => run<string>(ulid, { time }));
    expect([...made].sort()).toEqual(made);
    for (const [index, text] of made.entries()) {
      expect(run(parse, { uuid: text.toLowerCase() })).toMatchObject({
        type: 'ulid',
        time: new Date(times[index] as number).toISOString(),
      });
    }
  });

  it.each(['8ZZZZZZZZZZZZZZZZZZZZZZZZZ', '01ARZ3NDEKTSV4RRFFQ69G5FAI', '01ARZ3NDEKTSV4RRFFQ69G5FA', ''])(
    'refuse %j',
    (uuid) => {
      expect(() => run(parse, { uuid })).toThrow('`uuid` must be a UUID');
    },
  );
});

describe('randomness', () => {
  it('draws every character equally often, also from an alphabet that does not divide 2^32', () => {
    const drawn = run<string>(randomText, { length: 99_999, alphabet: 'abc' });
    for (const letter of 'abc') {
      // Five deviations: fails once in a million runs.
      expect(Math.abs(drawn.split(letter).length - 1 - 33_333)).toBeLessThan(5 * Math.sqrt(99_999 * (1 / 3) * (2 / 3)));
    }
  });

  it('leaves out what would favour the first characters, and ends with a source that gives nothing else', () => {
    let calls = 0;
    const source = (count: number): Uint8Array => {
      calls += 1;
      return calls === 1 ? ones(count) : zeros(count);
    };
    expect(run(randomText, { length: 4, alphabet: 'abc' }, worldOf(noon, source))).toBe('aaaa');
    expect(calls).toBe(2);
    expect(run(randomText, { length: 2, alphabet: 'abc' }, worldOf(noon, ones))).toHaveLength(2);
  });

  it.each([
    [0, 'a'],
    [0.2999, 'a'],
    [0.3, 'c'],
    [0.9999999999999999, 'c'],
  ])('draws by weight at %d', (at, expected) => {
    const choices = [
      { value: 'a', weight: 3 },
      { value: 'b', weight: 0 },
      { value: 'c', weight: 7 },
      { value: 'd', weight: 0 },
    ];
    expect(run(weighted, { choices }, worldOf(noon, zeros, at))).toBe(expected);
  });
});
