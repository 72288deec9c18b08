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
      'services/tools.json:/port The document has no key',
      'a.json:/port "port" must be a whole',
      'b.json:/port The document has no key',
      'c.json:/port The document has no key',
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
      'gone.json: The file found nothing there: the file, or what a link points to, does not exist.',
    ]);
    expect(code).toBe(1);
  });

  it('does not take a missing data folder for an empty project', async () => {
    expect(await run()).toEqual({
      code: 1,
      lines: [],
      stderr: 'sluice check: There is no data folder data. Name one with --data, or files to check.\n',
    });
  });
});
