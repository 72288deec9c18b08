import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SettingsFault } from './fault.ts';
import { loadSettings, type SettingsSources } from './load.ts';
import { settingsMarkdown } from './markdown.ts';
import { environmentName, settingKeys, settingsTable } from './table.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'sluice-settings-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const load = (sources: Partial<SettingsSources> = {}) => loadSettings({ cwd, ...sources });
const put = (content: unknown, file = 'settings.json') =>
  writeFileSync(
    join(cwd, file),
    typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
  );
const refusal = (sources: Partial<SettingsSources> = {}): string => {
  try {
    load(sources);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(SettingsFault);
    return (thrown as Error).message;
  }
  return 'accepted';
};

describe('loadSettings', () => {
  it('gives the defaults, parsed', () => {
    expect(load()).toEqual({
      file: undefined,
      warnings: [],
      settings: {
        name: 'Sluice',
        host: '127.0.0.1',
        port: 4000,
        portOffset: 0,
        dataDir: join(cwd, 'data'),
        workers: 1,
        bootFile: undefined,
        logs: {
          level: 'info',
          format: 'plain',
          stdout: true,
          usage: true,
          rotation: { maxSize: 104_857_600, maxFiles: 14, maxTotal: 1_073_741_824, minFree: 104_857_600 },
          maxValueBytes: 16_384,
          maxDepth: 32,
          maxKeys: 1000,
          redact: { names: [], patterns: [] },
          captureAll: false,
          captureErrors: true,
          captureSlowMs: undefined,
          captureMemory: 67_108_864,
        },
        store: { maxBytes: 2_147_483_648, maxDays: 14, maxCaptureBytes: 1_048_576 },
        limits: { runMs: 60_000, requestBytes: 1_048_576, steps: 1_000_000, callDepth: 32, memoryBytes: 67_108_864 },
        outgoing: { private: true, allow: [], deny: [] },
        restricted: { commands: false },
        env: { expose: ['APP_*'] },
        metrics: { public: false },
        webhooks: [],
        otel: undefined,
      },
    });
  });

  it('takes flag before variable before file before default', () => {
    put({ port: 1, host: '::1', name: 'file' });
    const env = { SLUICE_PORT: '2', SLUICE_HOST: '0.0.0.0', SLUICE_LOGS_LEVEL: 'debug' };
    expect(load({ flags: { port: '3' }, env }).settings).toMatchObject({
      port: 3,
      host: '0.0.0.0',
      name: 'file',
      logs: { level: 'debug' },
    });
    expect(load({ env }).settings.port).toBe(2);
    expect(load().settings.port).toBe(1);
    expect(load().file).toBe(join(cwd, 'settings.json'));
  });

  it('reads sizes, ages, lists and the number of processes from file and variables alike', () => {
    const written = {
      logs: { rotation: { maxSize: '10m', maxFiles: '3d' }, maxValueBytes: 1000 },
      workers: 'auto',
      outgoing: { deny: ['a', 'b'] },
    };
    put(written);
    const fromFile = load().settings;
    expect(fromFile.logs.rotation).toEqual({
      maxSize: 10_485_760,
      maxFiles: 3,
      maxTotal: 1_073_741_824,
      minFree: 104_857_600,
    });
    expect(fromFile.workers).toBe(availableParallelism());
    rmSync(join(cwd, 'settings.json'));
    const env = {
      SLUICE_LOGS_ROTATION_MAX_SIZE: '10m',
      SLUICE_LOGS_ROTATION_MAX_FILES: '3d',
      SLUICE_LOGS_MAX_VALUE_BYTES: '1000',
      SLUICE_WORKERS: 'auto',
      SLUICE_OUTGOING_DENY: 'a, b,',
      SLUICE_LOGS_STDOUT: '0',
      SLUICE_METRICS_PUBLIC: 'TRUE',
      SLUICE_ENV_EXPOSE: '["X,Y"]',
    };
    const expected = structuredClone(fromFile);
    expected.logs.stdout = false;
    expected.metrics.public = true;
    expected.env.expose = ['X,Y'];
    expect(load({ env }).settings).toEqual(expected);
  });

  it('takes paths relative to where they are written', () => {
    mkdirSync(join(cwd, 'conf'));
    put({ dataDir: '../data', bootFile: 'boot.json' }, 'conf/s.json');
    expect(load({ file: 'conf/s.json' }).settings).toMatchObject({
      dataDir: join(cwd, 'data'),
      bootFile: join(cwd, 'conf/boot.json'),
    });
    expect(load({ file: 'conf/s.json', env: { SLUICE_DATA_DIR: 'env' } }).settings.dataDir).toBe(join(cwd, 'env'));
    expect(load({ file: 'conf/s.json', flags: { data: '/flag' } }).settings.dataDir).toBe('/flag');
    expect(load().settings.dataDir).toBe(join(cwd, 'data'));
  });

  it('counts an empty variable as absent', () => {
    expect(load({ env: { SLUICE_PORT: '', SLUICE_DATA_DIR: '' } }).settings.port).toBe(4000);
  });

  it('warns of variables that look like settings, and knows those that are none', () => {
    const env = {
      SLUICE_PROT: '1',
      SLUICE_NEWS: '1',
      SLUICE_API_TOKEN: 't',
      SLUICE_SECRET_KEY: 'k',
      SLUICE_ADMIN_USERNAME: 'u',
      SLUICE_ADMIN_PASSWORD: 'p',
      PORT: '1',
    };
    expect(load({ env }).warnings).toEqual([
      'SLUICE_NEWS is no setting and is not looked at. Did you mean SLUICE_NAME?',
      'SLUICE_PROT is no setting and is not looked at. Did you mean SLUICE_PORT?',
    ]);
  });

  it('writes the public address as browsers do', () => {
    put({ publicUrl: 'HTTPS://Sluice.Example.com:443/' });
    expect(load().settings.publicUrl).toBe('https://sluice.example.com');
  });

  it('reads webhooks and otel, and keeps references to secrets', () => {
    const webhook = { id: 'ops', url: 'https://ops.example.com', events: ['run.failed'], secret: { $secret: 'ops' } };
    put({
      webhooks: [webhook],
      otel: { endpoint: 'http://127.0.0.1:4318', headers: { 'x-key': { $secret: 'otel' } }, sample: 0.5 },
    });
    const { settings } = load();
    expect(settings.webhooks).toEqual([{ ...webhook, active: true }]);
    expect(settings.otel).toEqual({
      endpoint: 'http://127.0.0.1:4318',
      protocol: 'http/json',
      headers: { 'x-key': { $secret: 'otel' } },
      traces: true,
      logs: true,
      metrics: true,
      types: ['http', 'service', 'schedule', 'client'],
      sample: 0.5,
    });
    expect(load({ env: { SLUICE_WEBHOOKS: '[]' } }).settings.webhooks).toEqual([]);
  });
});

describe('loadSettings refuses', () => {
  it.each<[unknown, string]>([
    ['[]', 'settings.json: the settings must be an object, found an empty array.'],
    ['', 'settings.json:1:1: found the end of the file; allowed is a value. The file may have been cut short.'],
    ['{\n  "port": 1,\n}', 'settings.json:3:1: found "}"; allowed is a key in double quotes.'],
    ['\ufeff{}', 'settings.json:1:1: found a byte order mark; save the file as UTF-8 without one.'],
    ['{"port": 1, "port": 2}', 'settings.json:1:13: found the key "port" twice in one object; remove one.'],
    [
      new Uint8Array([0x7b, 0xff]),
      'settings.json:1:2: found the byte 0xff, which is not UTF-8; save the file as UTF-8.',
    ],
    [{ prot: 1 }, 'settings.json: prot is unknown. Did you mean port?'],
    [{ logs: { levl: 1 } }, 'settings.json: logs.levl is unknown. Did you mean logs.level?'],
    [{ maxDays: 1 }, 'settings.json: maxDays is unknown. Did you mean store.maxDays?'],
    [{ metrics: { everything: 1 } }, 'settings.json: metrics.everything is unknown. Allowed are public.'],
    [
      { 'logs.level': 'info' },
      'settings.json: "logs.level" is one key. Keys are nested: write {"logs": {"level": …}}.',
    ],
    [JSON.parse('{"__proto__": {"port": 1}}'), 'settings.json: __proto__ is unknown. Allowed are name, host, port,'],
    [{ logs: 'info' }, 'settings.json: logs must be an object, found "info".'],
    [
      { publicUrl: 'https://sluice.example.com/editor' },
      'settings.json: publicUrl must be an address such as https://sluice.example.com, without a path, found "https://sluice.example.com/editor".',
    ],
    [{ publicUrl: 'sluice.example.com' }, 'settings.json: publicUrl must be an address'],
    [{ publicUrl: 'https://user@sluice.example.com' }, 'settings.json: publicUrl must be an address'],
    [{ port: '4000' }, 'settings.json: port must be a whole number from 0 to 65535, found "4000".'],
    [{ port: 65_536 }, 'settings.json: port must be a whole number from 0 to 65535, found 65536.'],
    [{ port: null }, 'settings.json: port must be a whole number from 0 to 65535, found null.'],
    [{ name: '' }, 'settings.json: name must be a text that is not empty, found "".'],
    [{ dataDir: 1 }, 'settings.json: dataDir must be a path, found 1.'],
    [{ workers: 'many' }, 'settings.json: workers must be a whole number from 1 to 256, or auto, found "many".'],
    [{ workers: 0 }, 'settings.json: workers must be a whole number from 1 to 256, or auto, found 0.'],
    [
      { logs: { level: 'warn' } },
      'settings.json: logs.level must be one of debug, info, warning, error, found "warn".',
    ],
    [{ logs: { stdout: 'yes' } }, 'settings.json: logs.stdout must be true or false, found "yes".'],
    [
      { logs: { rotation: { maxSize: '100 MB' } } },
      'settings.json: logs.rotation.maxSize must be a size from 10240 bytes to 100g, such as 16384, 512k, 100m or 2g, found "100 MB".',
    ],
    [{ logs: { rotation: { maxSize: '1k' } } }, 'settings.json: logs.rotation.maxSize must be a size'],
    [
      { logs: { rotation: { maxFiles: 14 } } },
      'settings.json: logs.rotation.maxFiles must be an age from 1d to 3650d, in days, such as 14d, found 14.',
    ],
    [{ outgoing: { allow: 'a' } }, 'settings.json: outgoing.allow must be an array of texts, found "a".'],
    [{ outgoing: { allow: ['a', 5] } }, 'settings.json: outgoing.allow[1] must be a text that is not empty, found 5.'],
    [{ webhooks: {} }, 'settings.json: webhooks must be an array of webhooks, found an empty object.'],
    [{ webhooks: [{ id: 'a' }] }, 'settings.json: webhooks[0].url must be there, found nothing.'],
    [
      { webhooks: [{ id: 'a', url: 'ftp://x', events: [], secret: 's' }] },
      'settings.json: webhooks[0].url must be a URL that begins with http:// or https://, or {"$secret": name}, found "ftp://x".',
    ],
    [
      { otel: { endpoint: 'ftp://me:hunter2@x' } },
      'settings.json: otel.endpoint must be a URL that begins with http:// or https://, or {"$secret": name}, found "ftp://•••@x".',
    ],
    [
      { otel: { endpoint: 'https://x', headers: { key: 7 } } },
      'settings.json: otel.headers.key must be a text that is not empty, or {"$secret": name}, found another type (number).',
    ],
    [
      {
        webhooks: [
          { id: 'a', url: 'https://x', events: [], secret: 's' },
          { id: 'a', url: 'https://y', events: [], secret: 's' },
        ],
      },
      'settings.json: webhooks[1].id must be its own, found "a" at [0] too.',
    ],
    [
      { webhooks: [{ id: 'a', url: 'https://x', event: [], secret: 's' }] },
      'settings.json: webhooks[0].event is unknown. Did you mean events?',
    ],
    [
      { otel: { endpoint: 'https://x', sample: 2 } },
      'settings.json: otel.sample must be a number from 0 to 1, found 2.',
    ],
    [
      { otel: { endpoint: 'https://x', protocol: 'grpcs' } },
      'settings.json: otel.protocol must be one of http/json, http/protobuf, grpc, found "grpcs".',
    ],
    [{ otel: {} }, 'settings.json: otel.endpoint must be there, found nothing.'],
  ])('%j in the file', (content, message) => {
    put(content);
    expect(refusal()).toContain(message);
    expect(refusal()).not.toContain('\n');
  });

  it.each<[Record<string, string>, string]>([
    [{ SLUICE_PORT: 'abc' }, 'SLUICE_PORT: port must be a whole number from 0 to 65535, found "abc".'],
    [{ SLUICE_PORT: '1.5' }, 'SLUICE_PORT: port must be a whole number from 0 to 65535, found "1.5".'],
    [{ SLUICE_LOGS_STDOUT: 'maybe' }, 'SLUICE_LOGS_STDOUT: logs.stdout must be true or false, found "maybe".'],
    [
      { SLUICE_WEBHOOKS: '{' },
      'SLUICE_WEBHOOKS: webhooks must be an array of webhooks, found a text that is no such JSON.',
    ],
    [
      { SLUICE_OTEL: '{"headers": {"x-key": "hunter2"}' },
      'SLUICE_OTEL: otel must be an object, found a text that is no such JSON.',
    ],
  ])('%j in the environment', (env, message) => expect(refusal({ env })).toBe(message));

  it('a flag', () => {
    expect(refusal({ flags: { port: '-1' } })).toBe('--port: port must be a whole number from 0 to 65535, found -1.');
    expect(refusal({ flags: { data: '' } })).toBe('--data: dataDir must be a path, found "".');
  });

  it('a file that cannot be read', () => {
    expect(refusal({ file: 'gone.json' })).toBe(
      'gone.json: there is no such file. Name one that exists, or leave out --settings.',
    );
    mkdirSync(join(cwd, 'folder'));
    expect(refusal({ file: 'folder' })).toBe('folder: found a folder or device; the settings must be a JSON file.');
    symlinkSync('loop', join(cwd, 'loop'));
    expect(refusal({ file: 'loop' })).toMatch(/^loop: cannot be read: ELOOP/);
    mkdirSync(join(cwd, 'settings.json'));
    expect(refusal()).toBe('settings.json: found a folder or device; the settings must be a JSON file.');
  });
});

describe('the table of settings', () => {
  it('accepts its own defaults as settings.json would hold them', () => {
    const document: { [key: string]: unknown } = {};
    for (const key of settingKeys) {
      const names = key.split('.');
      let group = document;
      for (const name of names.slice(0, -1)) {
        group[name] ??= {};
        group = group[name] as { [key: string]: unknown };
      }
      group[names.at(-1) as string] = settingsTable[key].default;
    }
    put(JSON.parse(JSON.stringify(document)));
    const { dataDir, ...settings } = load().settings;
    rmSync(join(cwd, 'settings.json'));
    expect(load().settings).toEqual({ dataDir, ...settings });
  });

  it('gives every key a variable of its own', () => {
    expect(environmentName('logs.maxValueBytes')).toBe('SLUICE_LOGS_MAX_VALUE_BYTES');
    expect(environmentName('dataDir')).toBe('SLUICE_DATA_DIR');
    expect(new Set(settingKeys.map(environmentName)).size).toBe(settingKeys.length);
  });

  it('has a sentence for every key', () => {
    for (const key of settingKeys) expect(settingsTable[key].meaning, key).toMatch(/^[A-Z][^|]*\.$/);
  });

  it('ships a settings.json that changes nothing', () => {
    const top = join(import.meta.dirname, '../..');
    const { settings, file } = loadSettings({ cwd: top });
    expect(file).toBe(join(top, 'settings.json'));
    expect({ ...settings, dataDir: '' }).toEqual({ ...load().settings, dataDir: '' });
  });

  it('is what docs/settings.md says', async () => {
    await expect(settingsMarkdown()).toMatchFileSnapshot(join(import.meta.dirname, '../../docs/settings.md'));
  });
});
