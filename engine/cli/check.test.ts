import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actions as library } from '../../actions/index.ts';
import { check } from './check.ts';

let cwd: string;
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'sluice-check-')));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const put = (file: string, content: unknown) => {
  mkdirSync(join(cwd, file, '..'), { recursive: true });
  writeFileSync(join(cwd, file), typeof content === 'string' ? content : JSON.stringify(content));
};
const context = { actions: new Map(library.map((action) => [action.id, action])) };
const run = async (...files: string[]) => {
  const written = { stdout: '', stderr: '' };
  const into = (name: 'stdout' | 'stderr') =>
    new Writable({
      write(chunk, _, done) {
        written[name] += chunk;
        done();
      },
    });
  const code = await check(
    { files, dataDir: join(cwd, 'data'), cwd, context },
    { stdout: into('stdout'), stderr: into('stderr') },
  );
  return { code, lines: written.stdout.split('\n').slice(0, -1), stderr: written.stderr };
};

const greet = { id: 'greet', action: 'string/join', input: { array: ['Hello'], delimiter: ' ' } };
const server = (changes: object = {}) => ({
  id: 'hello',
  type: 'http',
  operations: [{ id: 'a', method: 'GET', path: '/a', workflow: { actions: [greet], ...changes } }],
});
const service = { id: 'tools', operations: [{ id: 'echo', workflow: { actions: [] } }] };

describe('sluice check', () => {
  it('accepts a project that is in order', async () => {
    put('data/servers/hello.json', server());
    put('data/services/tools.json', service);
    put('data/switches.json', { 'server/hello': { log: true } });
    expect(await run()).toEqual({ code: 0, lines: [], stderr: '3 documents checked: 0 faults, 0 warnings.\n' });
  });

  it('gives one line per fault of the project and changes nothing', async () => {
    put('data/servers/hello.json', server({ output: { $jsonata: 5 } }));
    put('data/servers/other.json', { ...server({ actions: [{ ...greet, id: '' }] }), port: -1 });
    put('data/services/tools.json', '{\n  "id": "tools",\n}');
    put('data/switches.json', { nowhere: {} });
    const { code, lines, stderr } = await run();
    expect(lines).toEqual([
      expect.stringMatching(
        /^data\/servers\/hello\.json:\/operations\/0\/workflow\/output warning: "output" has the key "\$jsonata" but is taken as data/,
      ),
      expect.stringMatching(
        /^data\/servers\/other\.json:\/operations\/0\/workflow\/actions\/0\/id "id" must be an id: .*, found ""\.$/,
      ),
      'data/servers/other.json:/port "port" must be a whole number from 0 to 65535, found -1.',
      'data/services/tools.json:3:1 found "}"; allowed is a key in double quotes.',
      'data/switches.json:/nowhere "nowhere" is no address of a node, such as "server/hello/get-hello".',
    ]);
    expect(stderr).toBe('4 documents checked: 4 faults, 1 warning.\n');
    expect(code).toBe(1);
    expect(readdirSync(join(cwd, 'data')).sort()).toEqual(['servers', 'services', 'switches.json']);
  });

  it('does not fail for warnings', async () => {
    put('data/servers/hello.json', { ...server({ actions: [{ ...greet, action: 'string/joim' }] }), api: 'gone' });
    const { code, lines } = await run();
    expect(lines).toEqual([
      'data/servers/hello.json:/operations/0/workflow/actions/0/action warning: There is no action "string/joim"; a run fails when it gets there. Did you mean "string/join"?',
      'data/servers/hello.json:/api warning: There is no API "gone"; the server cannot start with it.',
    ]);
    expect(code).toBe(0);
  });

  it('knows the kind of a file by its folder, else by its shape', async () => {
    put('services/tools.json', { ...service, port: 1 });
    put('a.json', { ...server(), port: 'x' });
    put('b.json', { ...service, port: 1 });
    put('c.json', { id: 'c', type: 'postgres', port: 1 });
    put('d.json', { id: 'd', openapi: {} });
    put('e.json', { id: 'e' });
    const { lines, code } = await run('services/tools.json', 'a.json', 'b.json', 'c.json', 'd.json', 'e.json');
    expect(lines.map((line) => line.split(' ').slice(0, 6).join(' '))).toEqual([
      'services/tools.json:/port The document must not have',
      'a.json:/port "port" must be a whole',
      'b.json:/port The document must not have',
      'c.json:/port The document must not have',
      'd.json:/openapi/openapi "openapi" must be the version',
      'e.json: The kind of document cannot',
    ]);
    expect(code).toBe(1);
  });

  it('takes data folders, and files that are not there', async () => {
    put('project/services/tools.json', { ...service, id: 'other' });
    const { lines, code } = await run('project', 'gone.json');
    expect(lines).toEqual([
      'project/services/tools.json:/id "id" must be the name of the file, "tools", found "other". Change one of the two.',
      'gone.json: The file does not exist, or is a link to something that does not.',
    ]);
    expect(code).toBe(1);
  });

  it('tells what is wrong in drafts apart, and does not fail for it', async () => {
    put('data/services/tools.json', service);
    put('data/drafts/services/tools.json', { ...service, port: 1 });
    put('data/drafts/services/half.json', '{"id": ');
    put('data/drafts/servers/hello.json', { ...server(), api: 'gone' });
    const { lines, code, stderr } = await run();
    expect(lines).toEqual([
      expect.stringMatching(/^data\/drafts\/services\/half\.json:1:8 draft: found the end of the file/),
      expect.stringMatching(/^data\/drafts\/services\/tools\.json:\/port draft: The document must not have/),
      'data/drafts/servers/hello.json:/api draft: warning: There is no API "gone"; the server cannot start with it.',
    ]);
    expect([code, stderr]).toEqual([0, '4 documents checked: 0 faults, 1 warning, 2 faults in drafts.\n']);
  });

  it('does not miss links from a draft to another draft', async () => {
    put('data/drafts/servers/hello.json', { ...server(), api: 'new' });
    put('data/drafts/apis/new.json', {
      id: 'new',
      openapi: { openapi: '3.1.0', info: { title: 'New', version: '1' } },
    });
    expect(await run()).toMatchObject({ code: 0, lines: [] });
  });

  it('checks variables and secrets too', async () => {
    put('data/variables.json', '{"n": 1,}');
    put('data/secrets.json', '[]');
    const { lines, code, stderr } = await run();
    expect(lines).toEqual([
      'data/variables.json:1:9 found "}"; allowed is a key in double quotes.',
      expect.stringMatching(/^data\/secrets\.json: The document must be an object, found /),
    ]);
    expect([code, stderr]).toEqual([1, '2 documents checked: 2 faults, 0 warnings.\n']);
    put('data/variables.json', { 'not a name': 1, fine: 2 });
    expect((await run('data/variables.json')).lines).toEqual([
      expect.stringMatching(
        /^data\/variables\.json:\/not a name warning: A name must be .*, found "not a name"\. This variable is left out\.$/,
      ),
    ]);
  });

  it('warns of secrets that are not stored, unless nobody can tell', async () => {
    const naming = (name: string) => ({
      actions: [{ ...greet, input: { array: [{ $secret: name }], delimiter: '' } }],
    });
    put('data/servers/hello.json', server(naming('tokem')));
    put('data/drafts/servers/hello.json', server(naming('token')));
    const missing =
      /^data\/servers\/hello\.json:\/operations\/0\/workflow\/actions\/0\/input\/array\/0 warning: The secret "tokem" is not stored;/;
    expect((await run()).lines).toEqual([
      expect.stringMatching(missing),
      expect.stringMatching(
        /^data\/drafts\/servers\/hello\.json:\S+ draft: warning: The secret "token" is not stored;/,
      ),
    ]);
    const key = { kind: 'file', check: 'x' };
    put('data/secrets.json', { schema: 1, key, secrets: { token: 'sealed' } });
    const { lines, code } = await run();
    expect(lines).toEqual([expect.stringMatching(missing)]);
    expect(lines[0]).toContain('Did you mean "token"?');
    expect(code).toBe(0);
    put('data/secrets.json', '{');
    expect((await run()).lines).toEqual([expect.stringMatching(/^data\/secrets\.json: Line 1, column 2/)]);
  });

  it('takes one folder of documents, and no folder of anything else', async () => {
    put('data/services/tools.json', { ...service, id: 'other' });
    put('data/servers/hello.json', server());
    expect(await run('data/services')).toMatchObject({
      code: 1,
      lines: [expect.stringContaining('data/services/tools.json:/id "id" must be the name of the file')],
      stderr: '1 document checked: 1 fault, 0 warnings.\n',
    });
    put('elsewhere/notes.txt', 'text');
    expect(await run('elsewhere')).toMatchObject({
      code: 1,
      lines: [
        'elsewhere: This is no data folder. Allowed is one that holds apis, servers, services, clients or drafts, or one of these folders.',
      ],
    });
    mkdirSync(join(cwd, 'fresh'));
    expect(await run('fresh')).toMatchObject({ code: 0, lines: [] });
  });

  it('does not take a missing data folder for an empty project', async () => {
    expect(await run()).toEqual({
      code: 1,
      lines: [],
      stderr: 'sluice check: There is no data folder data. Name one with --data, or files to check.\n',
    });
  });

  it('tells every fault of a file to import', async () => {
    put('export.json', {
      sluice: 1,
      servers: [{ ...server(), prt: 1 }],
      services: [{ id: 'a', operations: 1 }],
      api: [],
    });
    const { lines, code } = await run('export.json');
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      'export.json:/api',
      'export.json:/servers/0/prt',
      'export.json:/services/0/operations',
    ]);
    expect(code).toBe(1);
  });
});
