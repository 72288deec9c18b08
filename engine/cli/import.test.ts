import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importFile } from './import.ts';

let dir: string;
beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), 'sluice-import-')));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const put = (name: string, content: unknown): string => {
  const path = join(dir, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

/** The command beside no engine. */
async function run(file: string, { replace = false, stdin = Readable.from([]) as Readable } = {}) {
  const written = { stdout: '', stderr: '' };
  const into = (name: 'stdout' | 'stderr') =>
    new Writable({
      write(chunk, _, done) {
        written[name] += chunk;
        done();
      },
    });
  const options = { file, replace, dataDir: join(dir, 'data'), context: {} };
  const code = await importFile(options, { stdin, stdout: into('stdout'), stderr: into('stderr') });
  return { code, ...written };
}

const server = (id: string, more: object = {}) => ({ id, type: 'http', operations: [], ...more });
const project = (...servers: object[]) => ({ sluice: 1, servers });

describe('sluice import', () => {
  it('counts what is new, replaced and unchanged', async () => {
    const one = await run(put('one.json', project(server('a'))));
    expect(one).toEqual({
      code: 0,
      stdout: 'server/a\n',
      stderr:
        'Imported 1: 1 new, 0 replaced, 0 unchanged; no warnings. The server is stopped until you start it, with POST /api/servers/a/start of the control API.\n',
    });
    const odd = { id: 'x', method: 'GET', path: '/', workflow: { actions: [], output: { $ref: ['a'], b: 1 } } };
    const more = { ...project(server('a'), server('b', { operations: [odd] })), variables: { v: 1 } };
    const two = await run(put('two.json', more));
    expect(two.stderr).toMatch(
      /^warning server\/b\/x \(\/servers\/1\/operations\/0\/workflow\/output\): .*\nImported 3: 2 new, 0 replaced, 1 unchanged; 1 warning\. The server is stopped until you start it, with POST \/api\/servers\/b\/start of the control API\.\n$/,
    );
    const other = { ...project(server('a', { port: 1 }), server('b', { port: 2 })), variables: { v: 2 } };
    const three = await run(put('three.json', other), { replace: true });
    expect(three.stderr).toBe(
      'Imported 3: 0 new, 3 replaced, 0 unchanged; no warnings. The 2 servers are stopped until you start them, each with POST /api/servers/<id>/start of the control API.\n',
    );
    const again = await run(put('three.json', other));
    expect(again.stderr).toBe('Imported 3: 0 new, 0 replaced, 3 unchanged; no warnings.\n');
  });

  it('refuses what is there and different, and names its own option', async () => {
    await run(put('a.json', { ...project(server('a')), variables: { v: 1 } }));
    const { code, stdout, stderr } = await run(put('b.json', project(server('a', { port: 1 }), server('b'))));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      `sluice import: ${join(dir, 'b.json')}: server/a is there already, and different. Nothing was imported. Import with --replace to replace it (the history keeps what it was), or rename it first.\n`,
    );
    const both = await run(put('c.json', { ...project(server('a', { port: 1 })), variables: { v: 2, w: 1 } }));
    expect(both.stderr).toContain('server/a, variables/v are there already, and different.');
  });

  it('keeps the port of a server that comes again from OpenAPI', async () => {
    const pets = { openapi: '3.1.0', info: { title: 'Pets', version: '1' }, paths: {} };
    const file = put('pets.json', { ...pets, servers: [{ url: 'http://127.0.0.1:26452' }] });
    expect((await run(file)).stderr).toContain('2 new, 0 replaced, 0 unchanged');
    for (const replace of [false, true, true])
      expect((await run(file, { replace })).stderr).toContain('0 new, 0 replaced, 2 unchanged');
  });

  it('tells where the faults are: one in its line, several on lines of their own', async () => {
    const one = await run(put('one.json', project(server('a', { prt: 1 }))));
    expect(one).toMatchObject({ code: 1, stdout: '' });
    expect(one.stderr).toMatch(
      /^sluice import: \S*one\.json: server\/a \(\/servers\/0\/prt\): .* "prt"\. Did you mean "port"\?\n$/,
    );
    const two = await run(put('two.json', project(server('a', { prt: 1 }), server('b', { port: 'x' }))));
    expect(two.stderr.split('\n')).toEqual([
      expect.stringMatching(/two\.json: Nothing was imported\. There are 2 faults:$/),
      expect.stringMatching(/^ {2}server\/a \(\/servers\/0\/prt\): /),
      expect.stringMatching(/^ {2}server\/b \(\/servers\/1\/port\): /),
      '',
    ]);
    const many = await run(put('many.json', { sluice: 1, apis: Array.from({ length: 200 }, () => 1) }));
    expect(many.stderr).toContain('There are at least 100 faults:');
    const variables = await run(put('variables.json', { sluice: 1, variables: { 'a b': 1, 'c d': 2 } }));
    expect(variables.stderr.split('\n').slice(1, 3)).toEqual([
      expect.stringMatching(/^ {2}variables \(\/a b\): The name of a variable must be/),
      expect.stringMatching(/^ {2}variables \(\/c d\): /),
    ]);
  });

  it('takes regular files only, of 64 MiB at most', async () => {
    execFileSync('mkfifo', [join(dir, 'pipe')]);
    truncateSync(put('large.json', ''), 64 * 1024 * 1024 + 1);
    writeFileSync(join(dir, 'latin.json'), Buffer.from([0x22, 0xe9, 0x22]));
    const cases: [file: string, says: string][] = [
      [join(dir, 'gone.json'), 'There is no such file.'],
      [join(put('file', '{}'), 'x.json'), 'There is no such file.'],
      [dir, 'It is a folder. Name a file.'],
      [join(dir, 'pipe'), 'It is no regular file. To read what a pipe or a device gives, use "-", standard input.'],
      ['/dev/zero', 'It is no regular file. To read what a pipe or a device gives, use "-", standard input.'],
      [
        join(dir, 'large.json'),
        'It has 67108865 bytes; at most 67108864 (64 MiB) can be taken at once. Take it in parts.',
      ],
      [join(dir, 'latin.json'), 'It is no UTF-8. Save it in that encoding.'],
    ];
    for (const [file, says] of cases)
      expect(await run(file)).toEqual({ code: 1, stdout: '', stderr: `sluice import: ${file}: ${says}\n` });
  });

  it('reads standard input, and no more of it than of a file', async () => {
    const stdin = Readable.from([Buffer.from(JSON.stringify(project(server('a'))))]);
    expect(await run('-', { stdin })).toMatchObject({ code: 0, stdout: 'server/a\n' });
    const block = Buffer.alloc(1024 * 1024, ' ');
    let given = 0;
    const endless = new Readable({
      highWaterMark: 1,
      read() {
        given += 1;
        this.push(block);
      },
    });
    const { code, stderr } = await run('-', { stdin: endless });
    expect([code, stderr]).toEqual([
      1,
      'sluice import: standard input: It has more than 67108864 bytes; at most 67108864 (64 MiB) can be taken at once. Take it in parts.\n',
    ]);
    expect(given).toBeLessThan(70);
    expect(endless.destroyed).toBe(true);
    const latin = Readable.from([Buffer.from([0x22, 0xe9, 0x22])]);
    expect((await run('-', { stdin: latin })).stderr).toBe(
      'sluice import: standard input: It is no UTF-8. Save it in that encoding.\n',
    );
  });
});
