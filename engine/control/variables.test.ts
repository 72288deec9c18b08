import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fault, Json } from '../document/types.ts';
import { ControlFault } from './control.ts';
import { Variables, variableVersion } from './variables.ts';

let dataDir: string;
let faults: Fault[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sluice-variables-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const open = (): Variables => {
  faults = [];
  return Variables.open({ dataDir, report: (fault) => faults.push(fault) });
};
const file = () => join(dataDir, 'variables.json');
const write = (content: unknown) =>
  writeFileSync(file(), typeof content === 'string' ? content : JSON.stringify(content));
const stored = () => JSON.parse(readFileSync(file(), 'utf8'));
const by = { by: 'ada' };
const refusal = async (attempt: Promise<unknown>): Promise<ControlFault> => {
  const outcome = await attempt.catch((thrown: unknown) => thrown);
  expect(outcome).toBeInstanceOf(ControlFault);
  return outcome as ControlFault;
};

describe('variables', () => {
  test.each<[string, Json]>([
    ['number', 0.1],
    ['null-is-a-value', null],
    ['text', 'ä\n\u0000'],
    ['list', [1, [2, { a: null }]]],
    ['constructor', { __proto__: null, constructor: 1 }],
    ['n'.repeat(128), true],
    ['...', ''],
    ['schema', 2],
  ])('%.20s is kept', async (name, value) => {
    const variables = open();
    expect(variables.get(name)).toBeUndefined();
    expect(await variables.set(name, value, by)).toBe('created');
    expect(await variables.set(name, value, by)).toBe('changed');
    expect(open().get(name)).toEqual(value);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    await variables.remove(name, by);
    expect(open().all()).toEqual({});
  });

  test.each(['', '.', '..', '__proto__', 'a b', 'a/b', 'ä', 'n'.repeat(129)])('%.20j is no name', async (name) => {
    const variables = open();
    const fault = await refusal(variables.set(name, 1, by));
    expect([fault.status, fault.field]).toEqual([400, 'name']);
    expect((await refusal(variables.replace({ good: 1, [name]: 2 }, by))).status).toBe(400);
    expect(existsSync(file())).toBe(false);
    expect(({} as { [key: string]: unknown }).polluted).toBeUndefined();
  });

  test('that are not there are 404 with the nearest name', async () => {
    const variables = open();
    await variables.set('greeting', 'Hello', by);
    const fault = await refusal(variables.remove('greting', by));
    expect([fault.status, fault.message]).toEqual([404, expect.stringContaining('Did you mean "greeting"?')]);
  });

  test('changed by two at once: each expects what it has read', async () => {
    const variables = open();
    await variables.set('n', 1, by);
    const match = [variableVersion(1)];
    const outcomes = await Promise.allSettled([
      variables.set('n', 2, { ...by, when: { match } }),
      variables.set('n', 3, { ...by, when: { match } }),
      variables.remove('n', { ...by, when: { match } }),
      variables.set('n', 4, { ...by, when: { absent: true } }),
      variables.set('new', 1, { ...by, when: { match: 'any' } }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', ...Array(4).fill('rejected')]);
    for (const outcome of outcomes.slice(1))
      expect((outcome as PromiseRejectedResult).reason).toMatchObject({ status: 412 });
    expect(stored()).toEqual({ n: 2 });
  });

  test('set many at once are all there', async () => {
    const variables = open();
    await Promise.all(Array.from({ length: 30 }, (_, i) => variables.set(`v${i}`, i, by)));
    expect(open().all()).toEqual(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`v${i}`, i])));
  });

  test('are told before a change is answered, and go through whoever keeps the history', async () => {
    const variables = open();
    const told: Json[] = [];
    variables.onChange(async () => {
      await Promise.resolve();
      told.push({ ...variables.all() });
    });
    await variables.set('a', 1, by);
    expect(told).toEqual([{ a: 1 }]);
    const committed: unknown[] = [];
    variables.employ(async (next, author) => {
      const after = next();
      committed.push([after, author]);
      write(after);
      variables.adopt(after);
    });
    await variables.set('b', 2, by);
    await variables.remove('a', by);
    expect(committed).toEqual([
      [{ a: 1, b: 2 }, 'ada'],
      [{ b: 2 }, 'ada'],
    ]);
    expect(variables.all()).toEqual({ b: 2 });
    expect(told).toHaveLength(1);
  });
});

describe('the file', () => {
  test('edited by hand is taken when it is read again, and not lost to a change before that', async () => {
    write({ a: 1 });
    const variables = open();
    let told = 0;
    variables.onChange(() => {
      told++;
    });
    write({ a: 2, b: 3 });
    await variables.set('c', 4, by);
    expect(stored()).toEqual({ a: 2, b: 3, c: 4 });
    expect(await variables.reload()).toBe(false);
    write({ a: 5 });
    expect([await variables.reload(), variables.all(), told]).toEqual([true, { a: 5 }, 2]);
    rmSync(file());
    expect([await variables.reload(), variables.all(), told]).toEqual([true, {}, 3]);
  });

  test('that is damaged keeps the last good values in force, and is kept aside when one changes', async () => {
    write({ a: 1 });
    const variables = open();
    expect(faults).toEqual([]);
    write('{"a": 2,');
    expect(await variables.reload()).toBe(false);
    expect([variables.all(), faults.length, variables.faults.length]).toEqual([{ a: 1 }, 1, 1]);
    await variables.reload();
    expect(faults).toHaveLength(1);
    await variables.set('b', 2, by);
    expect(stored()).toEqual({ a: 1, b: 2 });
    expect(variables.faults).toEqual([]);
    const [aside] = readdirSync(join(dataDir, '.set-aside'));
    expect(readFileSync(join(dataDir, '.set-aside', aside as string), 'utf8')).toBe('{"a": 2,');
  });

  test('with a name that cannot be is served without it', () => {
    write('{"good": 1, "not good": 2, "__proto__": {"polluted": true}}');
    const variables = open();
    expect(Object.entries(variables.all())).toEqual([['good', 1]]);
    expect(faults.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('that cannot be written leaves everything as it was', async () => {
    const variables = open();
    await variables.set('a', 1, by);
    rmSync(file());
    mkdirSync(file());
    writeFileSync(join(file(), 'in the way'), '');
    expect((await refusal(variables.set('a', 2, by))).status).toBe(500);
    expect(variables.get('a')).toBe(1);
  });
});
