import { spawn } from 'node:child_process';
import {
  chmodSync,
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
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bundleProgram } from '../../../test/support/bundle-program.ts';
import type { Fault } from '../../document/types.ts';
import { SettingsFault } from '../../settings/fault.ts';
import { ControlFault } from '../control.ts';
import { longestSecret } from './secret-rules.ts';
import { Secrets } from './secrets.ts';

let root: string;
let dataDir: string;
let faults: Fault[];
const hex = '0123456789abcdef'.repeat(4);
const passphrase = 'correct horse battery staple';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sluice-secrets-'));
  dataDir = join(root, 'data');
  mkdirSync(dataDir);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const open = (key?: string): Promise<Secrets> => {
  faults = [];
  return Secrets.open({ dataDir, env: { SLUICE_SECRET_KEY: key }, report: (fault) => faults.push(fault) });
};
const file = () => join(dataDir, 'secrets.json');
const stored = () => JSON.parse(readFileSync(file(), 'utf8'));
const store = (change: (document: ReturnType<typeof stored>) => void) => {
  const document = stored();
  change(document);
  writeFileSync(file(), JSON.stringify(document));
};
const refusal = async (attempt: Promise<unknown>): Promise<ControlFault> => {
  const outcome = await attempt.catch((thrown: unknown) => thrown);
  expect(outcome).toBeInstanceOf(ControlFault);
  return outcome as ControlFault;
};
/** A process to be killed: stores one number after the other, and says which ones are stored. */
const setUntilKilled = `
import { Secrets } from '${join(import.meta.dirname, 'secrets.ts')}';
const [, , dataDir, key] = process.argv;
const secrets = await Secrets.open({ dataDir, env: { SLUICE_SECRET_KEY: key } });
for (let i = Number(secrets.values().counter ?? 0) + 1; ; i++) {
  await secrets.set('counter', String(i));
  console.log(i);
}
`;
/** Every byte below a folder. */
const bytesBelow = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

describe('values', () => {
  test.each([
    ['a', 'x'],
    ['many-lines', '-----BEGIN KEY-----\r\nabc\n\n-----END KEY-----\n'],
    ['odd', '\u0000\u202e"\\{{x}} ✓ 𝒳 \ufeff'],
    ['longest', 'é'.repeat(longestSecret / 2)],
    ['constructor', 'an ordinary name'],
  ])('%s comes back as it was, after a restart too', async (name, value) => {
    const secrets = await open();
    expect(await secrets.set(name, value)).toBe('created');
    expect(secrets.values()).toEqual({ [name]: value });
    expect((await open()).values()).toEqual({ [name]: value });
    expect(faults).toEqual([]);
  });

  test('stand nowhere in plain, nor does the key', async () => {
    const secrets = await open(passphrase);
    await secrets.set('one', 'a value to look for');
    await secrets.set('one', 'another value to look for');
    await secrets.remove('one');
    await secrets.set('two', 'a third value to look for');
    const all = bytesBelow(root);
    for (const form of ['utf8', 'base64', 'hex'] as const)
      for (const text of ['value to look for', passphrase])
        expect(all).not.toContain(Buffer.from(text).toString(form).replace(/=+$/, ''));
  });

  test('are encrypted with an IV of their own, each time', async () => {
    const secrets = await open(hex);
    const seen = new Set<string>();
    for (let i = 0; i < 20; i++) {
      await secrets.set('same', 'same value');
      seen.add(stored().secrets.same.iv).add(stored().secrets.same.data);
    }
    expect(seen.size).toBe(40);
    expect(Buffer.from(stored().secrets.same.iv, 'base64')).toHaveLength(12);
    expect(Buffer.from(stored().secrets.same.tag, 'base64')).toHaveLength(16);
  });

  test.each<[string, unknown, string]>([
    ['', 'x', '"name" must be letters'],
    ['__proto__', 'x', '"name" must be letters'],
    ['a/b', 'x', '"name" must be letters'],
    ['n'.repeat(65), 'x', '"name" must be letters'],
    ['ok', '', 'found an empty text'],
    ['ok', null, 'found null'],
    ['ok', 314159, 'found another type (number)'],
    ['ok', ['hunter2'], 'found another type (object)'],
    ['ok', `hunter2${'x'.repeat(longestSecret)}`, `found ${longestSecret + 7} bytes`],
    ['ok', 'hunter2\ud800', 'found half a character'],
  ])('%.20s with %.20s is refused without showing it', async (name, value, message) => {
    const secrets = await open();
    const fault = await refusal(secrets.set(name, value));
    expect([fault.status, fault.message]).toEqual([400, expect.stringContaining(message)]);
    expect(fault.message).not.toMatch(/hunter2|314159/);
    expect(existsSync(file())).toBe(false);
  });

  test('are listed by name, and never with them', async () => {
    const secrets = await open();
    await secrets.set('b', 'long enough');
    await secrets.set('a', 'abc');
    expect(secrets.list()).toEqual([
      { name: 'a', changed: expect.stringMatching(/^\d{4}-.*Z$/), readable: true, redacted: false },
      { name: 'b', changed: expect.stringMatching(/^\d{4}-.*Z$/), readable: true, redacted: true },
    ]);
    expect(secrets.get('toString')).toBeUndefined();
  });
});

describe('changes', () => {
  test('are told before they are answered', async () => {
    const secrets = await open();
    const told: string[][] = [];
    secrets.onChange(async () => {
      await Promise.resolve();
      told.push(Object.keys(secrets.values()));
    });
    await secrets.set('a', 'x');
    expect(told).toEqual([['a']]);
    expect(await secrets.set('a', 'y')).toBe('changed');
    expect(await secrets.remove('a')).toBe(true);
    expect(await secrets.remove('a')).toBe(false);
    expect(told).toEqual([['a'], ['a'], []]);
  });

  test('leave former values to be taken out of logs until the next start', async () => {
    const secrets = await open();
    await secrets.set('a', 'first value');
    await secrets.set('a', 'second value');
    await secrets.set('b', 'abc');
    await secrets.remove('a');
    await secrets.remove('b');
    expect(secrets.formerValues()).toEqual(['first value', 'second value']);
    expect((await open()).formerValues()).toEqual([]);
  });

  test('at once are all kept', async () => {
    const secrets = await open();
    await Promise.all(Array.from({ length: 40 }, (_, i) => secrets.set(`s${i % 20}`, `value ${i}`)));
    const after = (await open()).values();
    expect(after).toEqual(secrets.values());
    expect(Object.entries(after).sort()).toEqual(
      Array.from({ length: 20 }, (_, i) => [`s${i}`, `value ${i + 20}`]).sort(),
    );
  });

  test('that cannot be written leave everything as it was', async () => {
    const secrets = await open(hex);
    await secrets.set('a', 'x');
    const before = readFileSync(file());
    rmSync(file());
    mkdirSync(file());
    writeFileSync(join(file(), 'in the way'), '');
    const fault = await refusal(secrets.set('b', 'a value to look for'));
    expect(fault.message).not.toContain('a value to look for');
    expect(secrets.values()).toEqual({ a: 'x' });
    rmSync(file(), { recursive: true });
    writeFileSync(file(), before);
    await secrets.set('b', 'y');
    expect((await open(hex)).values()).toEqual({ a: 'x', b: 'y' });
  });

  test('killed half-way leave the old file or the new one', async () => {
    const program = await bundleProgram(setUntilKilled, root);
    for (let round = 0; round < 8; round++) {
      const child = spawn(process.execPath, [program, dataDir, hex], { stdio: ['ignore', 'pipe', 'inherit'] });
      let last = 0;
      await new Promise<void>((resolve) => {
        child.stdout.on('data', (chunk: Buffer) => {
          last = Number(chunk.toString().trim().split('\n').at(-1));
          if (last >= 7 * (round + 1)) child.kill('SIGKILL');
        });
        child.on('close', () => resolve());
      });
      const secrets = await open(hex);
      expect(secrets.problem).toBeNull();
      expect(faults).toEqual([]);
      expect(Number(secrets.values().counter)).toBeGreaterThanOrEqual(last);
    }
  });
});

describe('the key', () => {
  test('is made when the first secret is stored, outside the data folder, for its owner only', async () => {
    const secrets = await open();
    expect(existsSync(`${dataDir}.key`)).toBe(false);
    await secrets.set('a', 'x');
    expect(readFileSync(`${dataDir}.key`, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect(statSync(`${dataDir}.key`).mode & 0o777).toBe(0o600);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(stored().key).toEqual({ kind: 'file', check: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const key = readFileSync(`${dataDir}.key`, 'utf8');
    await secrets.set('b', 'y');
    expect(readFileSync(`${dataDir}.key`, 'utf8')).toBe(key);
  });

  test('that others may read is warned of', async () => {
    await (await open()).set('a', 'x');
    chmodSync(`${dataDir}.key`, 0o640);
    const secrets = await open();
    expect(secrets.values()).toEqual({ a: 'x' });
    expect(faults).toMatchObject([{ severity: 'warning', message: expect.stringContaining('mode 0640') }]);
  });

  test('whose file cannot be made is asked for by name', async () => {
    mkdirSync(`${dataDir}.key`);
    const fault = await refusal((await open()).set('a', 'x'));
    expect(fault.status).toBe(409);
    rmSync(`${dataDir}.key`, { recursive: true });
    expect(existsSync(file())).toBe(false);
  });

  test.each([
    ['64 hex digits', hex, hex.toUpperCase()],
    ['base64', Buffer.from(hex, 'hex').toString('base64'), `${Buffer.from(hex, 'hex').toString('base64url')} `],
    ['a passphrase', passphrase, ` ${passphrase}\n`],
  ])('may be %s', async (_, key, same) => {
    await (await open(key)).set('a', 'x');
    expect(existsSync(`${dataDir}.key`)).toBe(false);
    expect(stored().key.kind).toBe('environment');
    expect((await open(same)).values()).toEqual({ a: 'x' });
  });

  test('of hex and of base64 is the same key; a passphrase has a salt of its own', async () => {
    await (await open(hex)).set('a', 'x');
    expect((await open(Buffer.from(hex, 'hex').toString('base64'))).values()).toEqual({ a: 'x' });
    rmSync(file());
    const checks = new Set<string>();
    for (let i = 0; i < 2; i++) {
      await (await open(passphrase)).set('a', 'x');
      expect(stored().key.salt).toMatch(/^[0-9a-f]{32}$/);
      checks.add(stored().key.check);
      rmSync(file());
    }
    expect(checks.size).toBe(2);
  });

  test('that is too short is refused in one line that does not show it', async () => {
    const thrown = await open('hunter2hunter2').catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(SettingsFault);
    expect((thrown as Error).message).toMatch(/^SLUICE_SECRET_KEY must be .* at least 20 characters, found 14 [^\n]*$/);
    expect((thrown as Error).message).not.toContain('hunter2');
  });

  test.each<[string, string | undefined, string | undefined, RegExp]>([
    [
      'another one in the environment',
      passphrase,
      'another horse battery staple',
      /another key than the one in SLUICE/,
    ],
    ['none in the environment', passphrase, undefined, /SLUICE_SECRET_KEY, which is not set/],
    ['no key file', undefined, undefined, /key file .*data\.key is missing/],
    ['no key file but one in the environment', undefined, hex, /key file .*data\.key is missing/],
  ])('%s: names are known, nothing is read or written over', async (_, first, second, message) => {
    await (await open(first)).set('a', 'a value');
    rmSync(`${dataDir}.key`, { force: true });
    const before = readFileSync(file());
    const secrets = await open(second);
    expect(secrets.problem).toMatch(message);
    expect(faults).toMatchObject([
      { file: 'secrets.json', severity: 'error', message: expect.stringMatching(message) },
    ]);
    expect(secrets.values()).toEqual({});
    expect(secrets.list()).toMatchObject([{ name: 'a', readable: false }]);
    expect(secrets.missing(['a', 'b'])).toEqual(['b']);
    for (const attempt of [secrets.set('a', 'y'), secrets.set('b', 'y'), secrets.remove('a')]) {
      const fault = await refusal(attempt);
      expect([fault.status, fault.message]).toEqual([409, expect.stringMatching(message)]);
    }
    expect(readFileSync(file())).toEqual(before);
    expect(existsSync(`${dataDir}.key`)).toBe(false);
  });

  test('moves from the file to the environment when a secret is stored', async () => {
    const first = await open();
    await first.set('a', 'x');
    await first.set('b', 'y');
    const changed = stored().secrets.b.changed;
    const secrets = await open(passphrase);
    expect(secrets.values()).toEqual({ a: 'x', b: 'y' });
    expect(faults).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('still encrypted with the key file') },
    ]);
    await secrets.set('a', 'z');
    expect(stored().key.kind).toBe('environment');
    rmSync(`${dataDir}.key`);
    const after = await open(passphrase);
    expect(after.values()).toEqual({ a: 'z', b: 'y' });
    expect(after.get('b')?.changed).toBe(changed);
    expect(faults).toEqual([]);
  });

  test('file that holds no key is not written over', async () => {
    await (await open()).set('a', 'x');
    writeFileSync(`${dataDir}.key`, 'not a key');
    const secrets = await open();
    expect(secrets.problem).toContain('holds no key');
    expect((await refusal(secrets.set('b', 'y'))).status).toBe(409);
    expect(readFileSync(`${dataDir}.key`, 'utf8')).toBe('not a key');
  });
});

describe('a damaged file', () => {
  test('of which entries were swapped does not give one for the other', async () => {
    const secrets = await open(hex);
    await secrets.set('a', 'of a');
    await secrets.set('b', 'of b');
    store((document) => {
      [document.secrets.a, document.secrets.b] = [document.secrets.b, document.secrets.a];
    });
    const after = await open(hex);
    expect(after.values()).toEqual({});
    expect(faults.map(({ message }) => message)).toEqual([
      expect.stringContaining('"a" is damaged'),
      expect.stringContaining('"b" is damaged'),
    ]);
    expect(after.problem).toBeNull();
  });

  test.each<[string, (entry: { [key: string]: string }) => unknown]>([
    [
      'a flipped bit',
      (entry) => ({
        ...entry,
        data: `A${entry.data?.slice(1)}` === entry.data ? `B${entry.data.slice(1)}` : `A${entry.data?.slice(1)}`,
      }),
    ],
    [
      'a short tag',
      (entry) => ({
        ...entry,
        tag: Buffer.from(entry.tag ?? '', 'base64')
          .subarray(0, 4)
          .toString('base64'),
      }),
    ],
    ['no tag', ({ tag: _, ...entry }) => entry],
    ['an empty IV', (entry) => ({ ...entry, iv: '' })],
    ['a number', () => 7],
    ['null', () => null],
  ])('with %s in an entry: the others are read, it can be stored again, and stays until then', async (_, damage) => {
    const secrets = await open(hex);
    await secrets.set('good', 'value');
    await secrets.set('bad', 'value');
    store((document) => {
      document.secrets.bad = damage(document.secrets.bad);
    });
    const damaged = stored().secrets.bad;
    const after = await open(hex);
    expect(after.values()).toEqual({ good: 'value' });
    expect(after.get('bad')).toMatchObject({ readable: false });
    await after.set('good', 'new value');
    expect(stored().secrets.bad).toEqual(damaged);
    expect(after.faults).toHaveLength(1);
    await after.set('bad', 'again');
    expect(after.faults).toEqual([]);
    expect((await open(hex)).values()).toEqual({ good: 'new value', bad: 'again' });
  });

  test.each([
    ['is empty', ''],
    ['is cut', '{"schema": 1, "key": {"ki'],
    ['has a byte order mark', '\ufeff{}'],
    ['is a list', '[]'],
    ['must not have the key', '{"schema": 1, "secrets": {}}'],
    ['has no secrets', `{"schema": 1, "key": {"kind": "environment", "check": "00"}}`],
  ])('that %s is reported and kept, and the last good one served', async (_, text) => {
    await (await open(hex)).set('a', 'x');
    writeFileSync(file(), text);
    const secrets = await open(hex);
    expect(faults).toMatchObject([
      { severity: 'error', message: expect.stringContaining('The last good version is in force') },
    ]);
    expect(secrets.values()).toEqual({ a: 'x' });
    expect(readFileSync(file(), 'utf8')).toBe(text);
    await secrets.set('b', 'y');
    expect(secrets.faults).toEqual([]);
    expect((await open(hex)).values()).toEqual({ a: 'x', b: 'y' });
    expect(faults).toEqual([]);
    const [aside] = readdirSync(join(dataDir, '.set-aside'));
    expect(readFileSync(join(dataDir, '.set-aside', aside as string), 'utf8')).toBe(text);
  });

  test('without a last good one is kept too, and what it held is not taken for gone', async () => {
    writeFileSync(file(), '{');
    const secrets = await open(hex);
    expect(secrets.missing(['a'])).toEqual([]);
    await secrets.set('b', 'y');
    expect(readdirSync(join(dataDir, '.set-aside'))).toHaveLength(1);
    expect((await open(hex)).missing(['a'])).toEqual(['a']);
  });

  test('of a newer version is not written', async () => {
    await (await open(hex)).set('a', 'x');
    store((document) => {
      document.schema = 2;
    });
    const before = readFileSync(file());
    const secrets = await open(hex);
    expect(secrets.problem).toContain('schema 2');
    expect((await refusal(secrets.set('b', 'y'))).status).toBe(409);
    expect(readFileSync(file())).toEqual(before);
  });
});
