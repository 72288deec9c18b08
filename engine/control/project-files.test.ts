import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault, Service } from '../document/types.ts';
import { replaceFiles } from './project/replace-files.ts';
import {
  isEmptyProject,
  loadProject,
  readSwitches,
  readVariables,
  saveDocument,
  saveSwitches,
} from './project-files.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'sluice-project-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const service = (id: string, title = id): Service => ({ schema: 1, id, title, operations: [] });
const put = (file: string, content: string | Uint8Array) => {
  mkdirSync(join(data, file, '..'), { recursive: true });
  writeFileSync(join(data, file), content);
};
const read = (file: string) => readFileSync(join(data, file), 'utf8');
const pretty = (document: object) => `${JSON.stringify(document, null, 2)}\n`;
const load = () => loadProject(data, {});
const lines = (faults: Fault[]) =>
  faults.map(({ severity, file, pointer, message }) => `${severity} ${file}:${pointer} ${message}`);
const restored =
  'warning services/b.json: The last good version is in force until the file is repaired; the file is left as it is.';

describe('loadProject', () => {
  it('reads the documents of all four folders', () => {
    put('apis/pets.json', JSON.stringify({ id: 'pets', openapi: { openapi: '3.1.0' } }));
    put('servers/hello.json', JSON.stringify({ id: 'hello', type: 'http', operations: [] }));
    put('services/tools.json', pretty(service('tools')));
    put('clients/db.json', JSON.stringify({ id: 'db', type: 'postgres' }));
    const { project, faults } = load();
    expect(faults).toEqual([]);
    expect([
      ...project.apis.keys(),
      ...project.servers.keys(),
      ...project.services.keys(),
      ...project.clients.keys(),
    ]).toEqual(['pets', 'hello', 'tools', 'db']);
  });

  it('finds nothing in a folder without documents', () => {
    put('servers/.hidden.json', '{');
    put('servers/README.md', 'not a document');
    expect(load()).toMatchObject({ faults: [], restored: [] });
    expect(isEmptyProject(data)).toBe(true);
  });

  const damages: [name: string, content: string | Uint8Array, fault: string][] = [
    [
      'empty',
      '',
      'error services/b.json: Line 1, column 1: found the end of the file; allowed is a value. The file may have been cut short.',
    ],
    [
      'half',
      pretty(service('b')).slice(0, 30),
      'error services/b.json: Line 4, column 1: found the end of the file; allowed is',
    ],
    [
      'bad JSON',
      '{\n  "id": "b",\n}',
      'error services/b.json: Line 3, column 1: found "}"; allowed is a key in double quotes.',
    ],
    [
      'bad UTF-8',
      Buffer.from('{"id": "b\xff"}', 'latin1'),
      'error services/b.json: Line 1, column 10: found the byte 0xff, which is not UTF-8',
    ],
    [
      'a byte order mark',
      `\ufeff${pretty(service('b'))}`,
      'error services/b.json: Line 1, column 1: found a byte order mark',
    ],
    [
      'a key twice',
      '{"id": "b", "operations": [], "id": "c"}',
      'error services/b.json: Line 1, column 31: found the key "id" twice in one object',
    ],
    ['zeros', new Uint8Array(100), 'error services/b.json: Line 1, column 1: found "\\u0000"; allowed is a value.'],
    [
      'another form',
      '{"id": "b"}',
      'error services/b.json: The document must have the key "operations", found nothing.',
    ],
    [
      'another id',
      pretty(service('a')),
      'error services/b.json:/id "id" must be the name of the file, "b", found "a". Change one of the two.',
    ],
    [
      'a newer schema',
      pretty({ ...service('b'), schema: 2 }),
      'error services/b.json:/schema The document has schema 2, this version knows up to 1.',
    ],
    [
      'a merge conflict',
      '<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n',
      'error services/b.json: Line 1, column 1: found "<"; allowed is a value.',
    ],
  ];

  it.each(damages)('serves the last good version of a file that is damaged: %s', (_, content, fault) => {
    put('services/a.json', pretty(service('a')));
    put('services/b.json', pretty(service('b', 'as it was')));
    expect(load().faults).toEqual([]);
    put('services/b.json', content);
    const before = readFileSync(join(data, 'services/b.json'));

    for (const attempt of [1, 2]) {
      const { project, faults, restored: names } = load();
      expect(project.services.get('a')?.title, `load ${attempt}`).toBe('a');
      expect(project.services.get('b')?.title).toBe('as it was');
      expect(names).toEqual(['services/b.json']);
      expect(lines(faults)).toEqual([expect.stringContaining(fault), restored]);
    }
    expect(readFileSync(join(data, 'services/b.json')).equals(before)).toBe(true);

    put('services/b.json', pretty(service('b', 'repaired')));
    const repaired = load();
    expect(repaired.faults).toEqual([]);
    expect(repaired.project.services.get('b')?.title).toBe('repaired');
  });

  it.each(damages)('loads the others when there is no last good version: %s', (_, content, fault) => {
    put('services/a.json', pretty(service('a')));
    put('services/b.json', content);
    const { project, faults } = load();
    expect([...project.services.keys()]).toEqual(['a']);
    expect(lines(faults)).toEqual([expect.stringContaining(fault)]);
  });

  it('says where in the text a file stops being JSON', () => {
    put('services/b.json', '{\n  "id": b\n}');
    expect(load().faults).toMatchObject([{ file: 'services/b.json', line: 2, column: 9 }]);
  });

  it('does not stumble over what is no file', () => {
    mkdirSync(join(data, 'services/folder.json'), { recursive: true });
    symlinkSync('loop.json', join(data, 'services/loop.json'));
    symlinkSync('gone', join(data, 'services/nowhere.json'));
    put('services/tools.json', pretty(service('tools')));
    put('servers', 'a file');
    const { project, faults } = load();
    expect([...project.services.keys()]).toEqual(['tools']);
    expect(lines(faults)).toEqual([
      expect.stringContaining('error servers: The folder cannot be read.'),
      'error services/folder.json: The file is a folder; allowed is a JSON file.',
      expect.stringContaining('error services/loop.json: The file is a link that leads back to itself.'),
      expect.stringContaining('error services/nowhere.json: The file does not exist'),
    ]);
  });

  it('serves the last good versions when a whole folder cannot be read', () => {
    put('services/a.json', pretty(service('a')));
    load();
    rmSync(join(data, 'services'), { recursive: true });
    put('services', 'a file');
    for (const attempt of [1, 2]) {
      const { project, faults } = load();
      expect([...project.services.keys()], `load ${attempt}`).toEqual(['a']);
      expect(faults[0]).toMatchObject({ file: 'services', severity: 'error' });
    }
  });

  it('does not bring back what was removed', () => {
    put('services/b.json', pretty(service('b', 'first')));
    load();
    rmSync(join(data, 'services/b.json'));
    expect(load().project.services.size).toBe(0);
    put('services/b.json', '{');
    expect(load().project.services.size).toBe(0);
  });

  it('leaves the folder as it is when it may not remember', () => {
    put('services/a.json', pretty(service('a')));
    expect(loadProject(data, {}, { remember: false }).project.services.size).toBe(1);
    expect(readdirSync(data)).toEqual(['services']);
  });

  it('reports what is wrong between documents', () => {
    put('servers/hello.json', JSON.stringify({ id: 'hello', type: 'http', api: 'pets', operations: [] }));
    expect(lines(load().links)).toEqual([
      'warning servers/hello.json:/api There is no API "pets"; the server cannot start with it.',
    ]);
  });
});

const removeDocument = (id: string) => replaceFiles(data, new Map([[`services/${id}.json`, null]]));

describe('saveDocument', () => {
  beforeEach(() => mkdirSync(join(data, 'services')));

  it('writes JSON for people, readable by its owner only, and leaves nothing else behind', async () => {
    await saveDocument(data, 'service', { operations: [], title: 'ü', id: 'a' });
    expect(read('services/a.json')).toBe('{\n  "operations": [],\n  "title": "ü",\n  "id": "a"\n}\n');
    expect(statSync(join(data, 'services/a.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(data, 'services'))).toEqual(['a.json']);
    expect(isEmptyProject(data)).toBe(false);
  });

  it('is the last good version at once', async () => {
    await saveDocument(data, 'service', service('a', 'saved'));
    put('services/a.json', '{');
    expect(load().project.services.get('a')?.title).toBe('saved');
  });

  it('keeps a copy of what was never in force', async () => {
    await saveDocument(data, 'service', service('a', 'first'));
    await saveDocument(data, 'service', service('a', 'second'));
    expect(existsSync(join(data, '.set-aside'))).toBe(false);
    put('services/a.json', '{ half');
    await saveDocument(data, 'service', service('a', 'third'));
    const copies = readdirSync(join(data, '.set-aside/services'));
    expect(copies.map((name) => read(`.set-aside/services/${name}`))).toEqual(['{ half']);
    expect(copies[0]).toMatch(/^a-\d{8}T\d{9}Z-[0-9a-f]{4}\.json$/);
    expect(load().project.services.get('a')?.title).toBe('third');
  });

  it('never writes over a file of a newer version', async () => {
    const newer = pretty({ ...service('a'), schema: 2 });
    put('services/a.json', newer);
    await expect(saveDocument(data, 'service', service('a'))).rejects.toThrow(
      /services\/a\.json has schema 2, this version knows up to 1/,
    );
    await expect(removeDocument('a')).rejects.toThrow(/schema 2/);
    expect(read('services/a.json')).toBe(newer);
  });

  it('writes saves of one document in the order they were asked for', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, i) => saveDocument(data, 'service', service('a', `title ${i}`))));
    expect(read('services/a.json')).toBe(pretty(service('a', 'title 29')));
    expect(existsSync(join(data, '.set-aside'))).toBe(false);
  });

  it.each<[string, () => void, string, string]>([
    [
      'its folder is gone',
      () => rmSync(join(data, 'services'), { recursive: true }),
      'ENOENT',
      'Its folder is gone. Create it and save again.',
    ],
    [
      'a folder is in its place',
      () => mkdirSync(join(data, 'services/a.json')),
      'EISDIR',
      'services/a.json could not be saved; what was there before is untouched.',
    ],
  ])('fails clearly when %s', async (_, spoil, code, message) => {
    spoil();
    const failure = await saveDocument(data, 'service', service('a')).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({
      name: 'FileFailure',
      code,
      status: 500,
      message: expect.stringContaining(message),
    });
    if (existsSync(join(data, 'services'))) expect(readdirSync(join(data, 'services'))).toEqual(['a.json']);
  });

  it('takes no id that would lead out of its folder', () => {
    expect(() => saveDocument(data, 'service', service('../x'))).toThrow('"../x" is no id');
  });
});

describe('removing a document', () => {
  it('removes the file and its last good version', async () => {
    mkdirSync(join(data, 'services'));
    await saveDocument(data, 'service', service('a'));
    await removeDocument('a');
    await removeDocument('a');
    put('services/a.json', '{');
    expect(load().project.services.size).toBe(0);
  });

  it('keeps a copy of what was never in force', async () => {
    put('services/a.json', '{ half');
    await removeDocument('a');
    expect(readdirSync(join(data, '.set-aside/services'))).toHaveLength(1);
  });
});

describe('switches', () => {
  it('are what was saved', async () => {
    expect(readSwitches(data)).toEqual({});
    const switches = { 'server/hello/get-hello': { log: true, capture: { on: true, times: 5 } } };
    await saveSwitches(data, switches);
    expect(readSwitches(data)).toEqual(switches);
  });

  it('start with none when the file is damaged, which is set aside', () => {
    put('switches.json', '{"server/a": {"log": tr');
    const faults: Fault[] = [];
    expect(readSwitches(data, (fault) => faults.push(fault))).toEqual({});
    const [copy] = readdirSync(join(data, '.set-aside'));
    expect(lines(faults)).toEqual([
      `error switches.json: Line 1, column 22: found "tr"; allowed is a value. The file was moved to .set-aside/${copy}. No switch is set until someone sets one.`,
    ]);
    expect(read(`.set-aside/${copy}`)).toBe('{"server/a": {"log": tr');
    expect(readSwitches(data, (fault) => faults.push(fault))).toEqual({});
    expect(faults).toHaveLength(1);
  });

  it('are taken entry by entry', () => {
    put(
      'switches.json',
      JSON.stringify({
        'server/a': { log: true },
        'server/b': { log: 'on' },
        nowhere: {},
        'server/c': { logLevel: 'warn' },
      }),
    );
    const faults: Fault[] = [];
    expect(readSwitches(data, (fault) => faults.push(fault))).toEqual({ 'server/a': { log: true } });
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/server~1b/log', '/nowhere', '/server~1c/logLevel']);
    expect(readdirSync(join(data, '.set-aside'))).toHaveLength(1);
  });
});

describe('readVariables', () => {
  it('gives names and values, and the last good ones of a damaged file', () => {
    expect(readVariables(data)).toEqual({});
    put('variables.json', '{"limit": 5, "__proto__": {"polluted": true}}');
    expect(Object.entries(readVariables(data))).toEqual([
      ['limit', 5],
      ['__proto__', { polluted: true }],
    ]);
    put('variables.json', '[]');
    const faults: Fault[] = [];
    expect(readVariables(data, (fault) => faults.push(fault)).limit).toBe(5);
    expect(lines(faults)).toEqual([
      'error variables.json: The document must be an object of names and values, found an empty array. The last good version is in force until the file is repaired.',
    ]);
    expect(read('variables.json')).toBe('[]');
  });
});
