import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadSettings, type SettingsSources } from '../settings/load.ts';
import { resolveReferences } from '../settings/secret-texts.ts';
import { type SettingKey, settingKeys } from '../settings/table.ts';
import { ControlFault } from './control.ts';
import { SettingsStore } from './settings-store.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'sluice-settings-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const open = (sources: Partial<SettingsSources> = {}): Promise<SettingsStore> =>
  SettingsStore.open({ cwd, ...sources });
const path = () => join(cwd, 'settings.json');
const put = (content: unknown) =>
  writeFileSync(path(), typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
const file = () => readFileSync(path(), 'utf8');
const refusal = async (attempt: Promise<unknown>): Promise<ControlFault> => {
  const outcome = await attempt.catch((thrown: unknown) => thrown);
  expect(outcome).toBeInstanceOf(ControlFault);
  return outcome as ControlFault;
};
const keyOf = (store: SettingsStore, key: SettingKey) => store.keys().find((each) => each.key === key);
const secrets = (values: { [name: string]: string }) => ({
  values: () => values,
  missing: (names: Iterable<string>) => [...names].filter((name) => !Object.hasOwn(values, name)),
});

const webhook = { id: 'ops', url: 'https://ops.example/hook', events: ['run.failed'], secret: 'whsec_first' };
const otel = { endpoint: 'https://me:pw@otel.example', headers: { 'x-key': 'k3y', 'x-ref': { $secret: 'o' } } };

describe('what is told', () => {
  test('every key, as the file would hold it', async () => {
    put({ logs: { rotation: { maxSize: '10m' }, redact: { names: ['customer'] } }, workers: 'auto' });
    const store = await open();
    const document = store.document();
    expect(document).toMatchObject({
      name: 'Sluice',
      port: 4000,
      dataDir: 'data',
      workers: 'auto',
      bootFile: null,
      logs: {
        level: 'info',
        rotation: { maxSize: '10m', maxFiles: '14d', maxTotal: '1g' },
        redact: { names: ['customer'] },
      },
      store: { maxBytes: '2g' },
      webhooks: [],
      otel: null,
    });
    expect(store.keys().map(({ key }) => key)).toEqual(settingKeys);
    expect(store.current.logs.rotation.maxSize).toBe(10_485_760);
  });

  test('secrets as a mask, references as they are', async () => {
    put({ webhooks: [webhook, { ...webhook, id: 'b', secret: { $secret: 'w' } }], otel });
    const document = (await open()).document();
    expect(document).toMatchObject({
      webhooks: [{ secret: '•••', url: 'https://ops.example/hook', active: true }, { secret: { $secret: 'w' } }],
      otel: { endpoint: 'https://•••@otel.example', headers: { 'x-key': '•••', 'x-ref': { $secret: 'o' } }, sample: 1 },
    });
    expect(JSON.stringify((await open()).keys())).not.toMatch(/whsec|k3y|pw@/);
  });

  test('where each value comes from, and what the file holds besides', async () => {
    put({ logs: { level: 'debug' }, port: 5000 });
    const store = await open({
      env: { SLUICE_LOGS_LEVEL: 'error', SLUICE_LOGS_MAX_VALUE_BYTES: '10k' },
      flags: { port: '0' },
    });
    expect(keyOf(store, 'logs.level')).toMatchObject({
      value: 'error',
      source: 'environment',
      stored: 'debug',
      environment: 'SLUICE_LOGS_LEVEL',
      default: 'info',
      restart: false,
    });
    expect(keyOf(store, 'port')).toMatchObject({ value: 0, source: 'flag', stored: 5000, restart: true });
    expect(keyOf(store, 'logs.maxValueBytes')).toMatchObject({ value: '10k', source: 'environment' });
    expect(keyOf(store, 'name')).toMatchObject({ value: 'Sluice', source: 'default' });
    expect(keyOf(store, 'name')).not.toHaveProperty('stored');
  });
});

describe('a change', () => {
  test('of a part changes that part, in the file and in force, and says so before it is answered', async () => {
    put({ name: 'Mine', logs: { level: 'info', maxDepth: 5 }, port: 4000 });
    const store = await open();
    const told: unknown[] = [];
    store.onChange(async (settings, changed) => {
      await Promise.resolve();
      told.push([settings.logs.level, settings.outgoing.deny, changed]);
    });
    const outcome = await store.change({ logs: { level: 'debug' }, outgoing: { deny: ['10.0.0.0/8'] } });
    expect(told).toEqual([['debug', ['10.0.0.0/8'], ['logs.level', 'outgoing.deny']]]);
    expect(outcome).toMatchObject({ changed: ['logs.level', 'outgoing.deny'], pending: [] });
    expect(file()).toBe(
      `${JSON.stringify({ name: 'Mine', logs: { level: 'debug', maxDepth: 5 }, port: 4000, outgoing: { deny: ['10.0.0.0/8'] } }, null, 2)}\n`,
    );
    expect(store.current).toEqual(loadSettings({ cwd }).settings);
  });

  test('makes the file, for its owner only; one that changes nothing does not', async () => {
    const store = await open();
    await store.change({});
    await store.change(store.document());
    expect(existsSync(path())).toBe(false);
    await store.change({ name: 'New' });
    expect(file()).toBe('{\n  "name": "New"\n}\n');
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  test('with all that was told leaves the file as it is, to the byte', async () => {
    for (const text of [
      '{"port":4000,"webhooks":[{"events":[],"id":"a","url":"https://u:p@x.example/","secret":"s"}]}',
      `{\n\t"otel": ${JSON.stringify(otel)},\n\n\t"logs": {"rotation": {"maxSize": 20000}}}`,
      '{\r\n    "bootFile": null,\r\n    "limits": {}\r\n}',
    ]) {
      put(text);
      const store = await open({ env: { SLUICE_LOGS_LEVEL: 'error', SLUICE_WEBHOOKS: JSON.stringify([webhook]) } });
      const before = store.revision;
      expect(await store.change(store.document())).toMatchObject({ changed: [] });
      expect(file()).toBe(text);
      expect(store.revision).toBe(before);
    }
  });

  test('keeps indentation, line ends and the order of keys', async () => {
    put('{\r\n\t"port": 4000,\r\n\t"name": "A"\r\n}');
    await (await open()).change({ name: 'B', host: '::1' });
    expect(file()).toBe('{\r\n\t"port": 4000,\r\n\t"name": "B",\r\n\t"host": "::1"\r\n}');
  });

  test('to null goes back to the default, of a key or a whole group', async () => {
    put({ name: 'A', logs: { level: 'debug', rotation: { maxSize: '1m' } }, limits: { steps: 5 } });
    const store = await open();
    await store.change({ name: null, logs: { level: null }, limits: null });
    expect(JSON.parse(file())).toEqual({ logs: { rotation: { maxSize: '1m' } } });
    expect(store.current).toMatchObject({ name: 'Sluice', logs: { level: 'info' }, limits: { steps: 1_000_000 } });
    await store.change({ logs: null });
    expect(JSON.parse(file())).toEqual({});
  });

  test('does not lose what was changed by hand meanwhile', async () => {
    put({ name: 'A', logs: { level: 'info' } });
    const store = await open();
    const seen = store.document();
    put({ name: 'By hand', logs: { level: 'info', maxDepth: 9 } });
    await store.change({ ...seen, limits: { ...(seen.limits as object), steps: 7 } });
    expect(JSON.parse(file())).toEqual({ name: 'By hand', logs: { level: 'info', maxDepth: 9 }, limits: { steps: 7 } });
    expect(store.current).toMatchObject({ name: 'By hand', logs: { maxDepth: 9 } });
  });

  test('of a key that needs a restart waits for it, and can be taken back', async () => {
    put({ port: 5000 });
    const store = await open();
    const told: SettingKey[][] = [];
    store.onChange((_, changed) => void told.push(changed));
    const outcome = await store.change({ port: 6000, dataDir: 'elsewhere', name: 'A' });
    expect(outcome).toMatchObject({ changed: ['name', 'port', 'dataDir'], pending: ['port', 'dataDir'] });
    expect(told).toEqual([['name']]);
    expect(store.current).toMatchObject({ port: 5000, dataDir: join(cwd, 'data') });
    expect(store.document()).toMatchObject({ port: 6000 });
    expect(keyOf(store, 'port')).toMatchObject({ value: 5000, pending: 6000 });
    expect((await store.change({ port: 5000 })).pending).toEqual(['dataDir']);
    expect(keyOf(store, 'port')).not.toHaveProperty('pending');
  });

  test('of a key that a variable overrides is stored and not in force', async () => {
    const store = await open({ env: { SLUICE_NAME: 'From outside' } });
    expect(await store.change({ name: 'Stored' })).toMatchObject({ changed: [], pending: [] });
    expect(keyOf(store, 'name')).toMatchObject({ value: 'From outside', source: 'environment', stored: 'Stored' });
    expect(JSON.parse(file())).toEqual({ name: 'Stored' });
  });

  test('is made once per revision: the second of two is refused', async () => {
    const store = await open();
    const match = [store.revision];
    const outcomes = await Promise.allSettled([
      store.change({ name: 'A' }, { match }),
      store.change({ name: 'B' }, { match }),
    ]);
    expect(outcomes).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { status: 412 } }]);
    expect(store.current.name).toBe('A');
    await store.change({ name: 'C' }, { match: [store.revision] });
  });

  test('goes to the file that --settings names, through a link', async () => {
    mkdirSync(join(cwd, 'conf'));
    writeFileSync(join(cwd, 'conf/real.json'), '{}');
    symlinkSync('real.json', join(cwd, 'conf/link.json'));
    const store = await open({ file: 'conf/link.json' });
    await store.change({ name: 'A' });
    expect(readFileSync(join(cwd, 'conf/real.json'), 'utf8')).toContain('"A"');
    expect(existsSync(path())).toBe(false);
  });
});

describe('a mask that comes back', () => {
  test('keeps the secret of the webhook with the same id, and of the header with the same name', async () => {
    put({ webhooks: [webhook, { ...webhook, id: 'two', secret: 'whsec_second' }], otel });
    const store = await open();
    const { webhooks } = store.document() as { webhooks: (typeof webhook)[] };
    await store.change({
      webhooks: [
        { ...webhooks[1], filter: 'server:x' },
        webhooks[0],
        { ...webhook, id: 'three', secret: 'whsec_third' },
      ],
    });
    await store.change({ otel: { sample: 0.5, headers: { 'x-key': '•••', 'x-new': 'new', 'x-ref': null } } });
    expect(JSON.parse(file())).toEqual({
      webhooks: [
        { ...webhook, id: 'two', secret: 'whsec_second', filter: 'server:x', active: true },
        { ...webhook, active: true },
        { ...webhook, id: 'three', secret: 'whsec_third' },
      ],
      otel: { endpoint: otel.endpoint, headers: { 'x-key': 'k3y', 'x-new': 'new' }, sample: 0.5 },
    });
  });

  test.each<[unknown, string, string]>([
    [{ webhooks: [{ ...webhook, id: 'renamed', secret: '•••' }] }, 'webhooks', 'webhooks[0].secret is "•••"'],
    [
      { webhooks: [{ ...webhook, url: 'https://•••@elsewhere.example', secret: 'x' }] },
      'webhooks',
      'webhooks[0].url is "•••"',
    ],
    [{ otel: { headers: { other: '•••' } } }, 'otel', 'otel.headers.other is "•••"'],
    [{ otel: { endpoint: 'https://•••@elsewhere.example' } }, 'otel', 'otel.endpoint is "•••"'],
  ])('is refused where nothing is stored: %.60j', async (part, key, message) => {
    put({ webhooks: [webhook], otel });
    const before = file();
    const fault = await refusal((await open()).change(part));
    expect([fault.status, fault.field, fault.message]).toEqual([422, key, expect.stringContaining(message)]);
    expect(file()).toBe(before);
  });

  test('of a variable is not written to the file', async () => {
    const store = await open({ env: { SLUICE_WEBHOOKS: JSON.stringify([webhook]) } });
    await store.change({ ...store.document(), name: 'A' });
    expect(JSON.parse(file())).toEqual({ name: 'A' });
    const { webhooks } = store.document() as { webhooks: object[] };
    expect((await refusal(store.change({ webhooks: [{ ...webhooks[0], active: false }] }))).status).toBe(422);
    expect(file()).not.toContain('whsec');
  });
});

describe('refuses, and changes nothing:', () => {
  test.each<[unknown, string | undefined, string]>([
    [{ prot: 1 }, 'prot', 'prot is unknown. Did you mean port?'],
    [{ logs: { levl: 'x' } }, 'logs.levl', 'logs.levl is unknown. Did you mean logs.level?'],
    [{ 'logs.level': 'debug' }, 'logs.level', '"logs.level" is one key. Keys are nested'],
    [JSON.parse('{"__proto__": {"name": "x"}}'), '__proto__', '__proto__ is unknown.'],
    [JSON.parse('{"otel": {"endpoint": "https://a", "__proto__": {"x": 1}}}'), 'otel', 'otel.__proto__ is unknown.'],
    [{ logs: 'debug' }, 'logs', 'logs must be an object, found "debug".'],
    [{ name: 'B', port: '1' }, 'port', 'port must be a whole number from 0 to 65535, found "1".'],
    [{ name: 'B', logs: { rotation: { maxFiles: 3 } } }, 'logs.rotation.maxFiles', 'must be an age'],
    [{ logs: { redact: { patterns: ['('] } } }, 'logs.redact.patterns', '"(" cannot be used'],
    [{ outgoing: { allow: ['x:99999'] } }, 'outgoing.allow', '"x:99999" cannot be used'],
    [{ webhooks: [webhook, webhook] }, 'webhooks', 'webhooks[1].id must be its own, found "ops" at [0] too.'],
    [{ webhooks: [{ ...webhook, secret: 31337 }] }, 'webhooks', 'webhooks[0].secret must be a text'],
    [
      { webhooks: [{ ...webhook, secret: { $secret: 'gone' } }] },
      'webhooks',
      'webhooks[0].secret names the secret "gone", which is not stored.',
    ],
    [{ name: { $secret: 'gone' } }, 'name', 'name names the secret "gone"'],
    [{ port: { $secret: 'known' } }, 'port', 'port must be a whole number'],
    [{ otel: { sample: 1 } }, 'otel', 'otel.endpoint must be there'],
    [7, undefined, 'The settings must be an object, found 7.'],
  ])('%.70j', async (part, key, message) => {
    put({ name: 'A' });
    const store = await open();
    store.useSecrets(secrets({ known: 'value' }));
    const [before, revision] = [file(), store.revision];
    const fault = await refusal(store.change(part));
    expect([fault.status, fault.field]).toEqual([422, key]);
    expect(fault.message).toContain(message);
    expect(fault.message).not.toMatch(/31337|^settings: /);
    expect([file(), store.revision, store.current.name]).toEqual([before, revision, 'A']);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  test('a file that is damaged meanwhile', async () => {
    put({ name: 'A' });
    const store = await open();
    for (const text of ['{"name": ', '{"nmae": "B"}']) {
      put(text);
      const fault = await refusal(store.change({ name: 'C' }));
      expect([fault.status, fault.message]).toEqual([409, expect.stringContaining('Repair settings.json first')]);
      expect(file()).toBe(text);
    }
    expect(store.current.name).toBe('A');
  });

  test('a file that cannot be written', async () => {
    mkdirSync(join(cwd, 'conf'));
    writeFileSync(join(cwd, 'conf/s.json'), '{}');
    const store = await open({ file: 'conf/s.json' });
    rmSync(join(cwd, 'conf'), { recursive: true });
    const fault = await refusal(store.change({ name: 'B' }));
    expect([fault.status, fault.message]).toEqual([500, expect.stringContaining('s.json could not be saved')]);
    expect(store.current.name).toBe('Sluice');
  });
});

describe('references to secrets', () => {
  test('stand for a whole text, follow the secret, and leave the default while it cannot be read', async () => {
    put({ name: { $secret: 'title' }, webhooks: [{ ...webhook, secret: { $secret: 'w' } }] });
    const store = await open();
    expect(store.current.name).toBe('Sluice');
    const values: { [name: string]: string } = { title: 'Very secret', w: 'whsec' };
    store.useSecrets(secrets(values));
    expect(store.current.name).toBe('Very secret');
    expect(store.document()).toMatchObject({ name: { $secret: 'title' } });
    expect(JSON.stringify(store.keys())).not.toContain('Very secret');
    const told: unknown[] = [];
    store.onChange((settings, changed) => void told.push([settings.name, changed]));
    values.title = 'Another';
    await store.secretsChanged();
    values.w = 'other';
    await store.secretsChanged();
    expect(told).toEqual([['Another', ['name']]]);
    expect(resolveReferences(store.current.webhooks, values)).toMatchObject([{ secret: 'other' }]);
    expect(store.current.webhooks).toMatchObject([{ secret: { $secret: 'w' } }]);
  });

  test('to what is not stored stop the start with one line that names key and secret', async () => {
    put({ webhooks: [{ ...webhook, secret: { $secret: 'w' } }] });
    const store = await open();
    expect(() => store.useSecrets(secrets({}))).toThrow(
      'settings.json: webhooks[0].secret names the secret "w", which is not stored. Store it with "sluice secrets set w", or give the setting another value.',
    );
    // The key is not there, so nobody can tell.
    expect(() => store.useSecrets({ values: () => ({}), missing: () => [] })).not.toThrow();
  });
});
