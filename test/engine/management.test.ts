import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TestEngine, until } from '../support/engine.ts';

const program = fileURLToPath(new URL('../../dist/engine/main.js', import.meta.url));
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sluice-management-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** The command as a process. */
async function sluice(args: string[], input = '') {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: dir,
    env: { ...process.env, SLUICE_API_TOKEN: '' },
  });
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number | null>((resolve) => child.on('close', resolve)),
  ]);
  return { stdout, stderr, code };
}

const put = (name: string, content: unknown): string => {
  const path = join(dir, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

const scope = (name: string, ...path: (string | number)[]) => ({ __struct__: 'ScopeReference', path, scope: name });
const step = (category: string, name: string, input: object, output = scope('variables', 'output')) => ({
  __struct__: 'Action',
  active: true,
  category,
  name,
  input,
  output,
  log: false,
  mockingFlag: false,
  mockingValue: null,
  visualId: `00000000-0000-0000-0000-${name.padEnd(12, '0').slice(0, 12)}`,
});
const event = (method: string, path: string, actions: object[], mapping: object) => ({
  event: {
    __struct__: 'APIOperationReference',
    apiReference: { __struct__: 'APIReference', id: 'stock', version: '2.0.0' },
    operationReference: { __struct__: 'HTTPOperationReference', method, path },
  },
  matches: [{ do: { __struct__: 'Execution', actions, mapping }, in: {} }],
  setting: {},
  test: {},
});
const openapiOf = (version: string, paths: object) => ({
  components: {},
  info: { description: '', title: 'Stock', version },
  openapi: '3.0.2',
  paths,
});

/** A configuration as API AutoFlow exports it: several versions, and requests that were kept. */
const stock = {
  $product: { deployment_mode: 'SOLO', name: 'API AutoFlow Pro', version: '3.1.5' },
  API: [
    {
      id: 'stock',
      type: 'http',
      version: {
        '1.0.0': openapiOf('1.0.0', {}),
        '2.0.0': openapiOf('2.0.0', {
          '/items/{name}': {
            post: { responses: {}, 'x-request-examples': { pears: { path: { name: 'pears' }, body: { count: 3 } } } },
          },
        }),
      },
    },
  ],
  Server: [
    {
      id: 'stock',
      type: 'http',
      currentVersion: '2.0.0',
      version: {
        '2.0.0': {
          events: [
            event(
              'post',
              '/items/{name}',
              [
                step('string', 'upcase', { string: scope('request', 'path', 'name') }),
                step('string', 'join', {
                  array: [scope('variables', 'output'), scope('request', 'body', 'count')],
                  delimiter: '=',
                }),
              ],
              { status_code: 201, header: { 'x-kind': 'fruit' }, body: { said: scope('variables', 'output') } },
            ),
            event('post', '/items/{name}', [step('not', 'known', {})], { body: null }),
          ],
          info: { description: 'Counts fruit.', title: 'Stock' },
          setting: {
            apis: [{ __struct__: 'APIReference', id: 'stock', version: '2.0.0' }],
            id: 'stock',
            port: 0,
            securities: [],
            tls: false,
          },
        },
      },
    },
  ],
  settings: {},
};

describe('import', () => {
  test('of a foreign configuration: it starts, answers as it means, and comes out and in again to the byte', async () => {
    await using engine = await TestEngine.start({ args: [] });
    const file = put('stock.json', stock);
    const imported = await sluice(['import', file, '--data', engine.data]);
    expect(imported).toMatchObject({ code: 0, stdout: 'api/stock\nserver/stock\n' });
    expect(imported.stderr).toContain('server/stock/post-items-name-2');
    expect(imported.stderr).toContain('not/known');
    expect(imported.stderr).toContain('1.0.0');

    const live = (await (await engine.api('/api/servers/stock')).json()) as {
      active: boolean;
      operations: { id: string; active?: boolean; simulations?: { id: string; input: { body: unknown } }[] }[];
    };
    expect(live.active).toBe(false);
    expect(live.operations.map(({ id, active }) => [id, active ?? true])).toEqual([
      ['post-items-name', true],
      ['post-items-name-2', false],
    ]);
    expect((await engine.api('/api/servers/stock/start', { method: 'POST' })).status).toBe(200);
    const [saved] = live.operations[0]?.simulations ?? [];
    const answer = await fetch(`${await engine.url('stock')}/items/pears`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(saved?.input.body),
    });
    expect([answer.status, answer.headers.get('x-kind'), await answer.json()]).toEqual([
      201,
      'fruit',
      { said: 'PEARS=3' },
    ]);
    const simulated = await engine.api('/api/simulate', {
      method: 'POST',
      json: { address: 'server/stock/post-items-name', input: saved?.input },
    });
    expect(await simulated.json()).toMatchObject({ output: { status: 201, body: { said: 'PEARS=3' } } });

    // Out of the running engine, into an empty folder, and out again.
    const out = await sluice(['export', '--data', engine.data]);
    expect(out.code).toBe(0);
    const again = join(dir, 'again');
    expect((await sluice(['import', put('export.json', out.stdout), '--data', again])).code).toBe(0);
    const twice = await sluice(['export', '--data', again, '--out', join(dir, 'twice.json')]);
    expect(twice).toEqual({ stdout: '', stderr: '', code: 0 });
    expect(readFileSync(join(dir, 'twice.json'), 'utf8')).toBe(out.stdout);
    // Into itself: everything is there, and what runs goes on.
    const itself = await sluice(['import', join(dir, 'twice.json'), '--data', engine.data]);
    expect(itself.stderr).toMatch(/^Imported 3: 0 new, 0 replaced, 3 unchanged; 1 warning\.$/m);
    expect((await engine.health()).servers.stock?.state).toBe('listening');
  });

  test('of what is there and different changes nothing until it is to be replaced', async () => {
    await using engine = await TestEngine.start({ servers: [{ id: 'stock', title: 'Ours', operations: [] }] });
    const body = JSON.stringify(stock);
    const post = (query = '') =>
      engine.api(`/api/project/import${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    const refused = await post();
    const detail = expect.stringContaining('Import with replace=true to replace it');
    expect([refused.status, await refused.json()]).toMatchObject([409, { conflicts: ['server/stock'], detail }]);
    const command = await sluice(['import', put('stock.json', stock), '--data', engine.data]);
    expect(command).toMatchObject({ code: 1, stdout: '' });
    expect(command.stderr).toContain('server/stock is there already, and different.');
    expect(command.stderr).toContain('Import with --replace to replace it');
    expect(command.stderr).not.toContain('replace=true');
    expect(readdirSync(join(engine.data, 'apis'))).toEqual([]);
    expect((await post('?replace=true')).status).toBe(200);
    const { revisions } = (await (await engine.api('/api/history')).json()) as { revisions: { revision: number }[] };
    const before = (revisions[0]?.revision ?? 0) - 1;
    const restored = await engine.api(`/api/history/${before}/restore`, { method: 'POST' });
    expect(await restored.json()).toMatchObject({
      changes: [
        { resource: 'api/stock', kind: 'removed' },
        { resource: 'server/stock', kind: 'changed' },
      ],
    });
    expect(await (await engine.api('/api/servers/stock')).json()).toMatchObject({ title: 'Ours' });
  });

  test.each([
    ['no JSON', '{"API": [', /line 1, column 10/i],
    ['nothing that is known', '{"hello": 1}', /kind of document cannot be told/],
    ['Swagger 2', '{"swagger": "2.0"}', /Convert it to OpenAPI 3/],
    ['nothing', '', /./],
    [
      'a wrong key',
      '{"id": "shop", "type": "http", "prt": 1, "operations": []}',
      /server\/shop \(\/prt\): .* Did you mean "port"/,
    ],
  ])('of %s is refused with the place and what is allowed', async (_, content, message) => {
    await using engine = await TestEngine.start();
    const headers = { 'content-type': 'application/yaml' };
    const answer = await engine.api('/api/project/import', { method: 'POST', headers, body: content || ' ' });
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as { detail: string }).detail).toMatch(message);
    const command = await sluice(['import', put('bad.json', content), '--data', engine.data]);
    expect(command).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(message) });
  });

  test('tells every fault with its resource and place', async () => {
    await using engine = await TestEngine.start();
    const bad = { sluice: 1, servers: [{ id: 'shop', type: 'http', prt: 1, operations: [] }], services: [{ id: 'a' }] };
    const json = { method: 'POST', json: bad };
    const answer = (await (await engine.api('/api/project/import', json)).json()) as { errors: object[] };
    expect(answer.errors).toMatchObject([
      { resource: 'server/shop', pointer: '/servers/0/prt' },
      { resource: 'service/a', pointer: '/services/0' },
    ]);
    const { code, stderr } = await sluice(['import', put('bad.json', bad), '--data', engine.data]);
    expect([code, stderr.split('\n').map((line) => line.split(': ')[0])]).toEqual([
      1,
      ['sluice import', '  server/shop (/servers/0/prt)', '  service/a (/services/0)', ''],
    ]);
    // One that is read apart is told of in the same way.
    const large = { method: 'POST', json: { ...bad, variables: { filler: 'x'.repeat(300_000) } } };
    expect(await (await engine.api('/api/project/import', large)).json()).toEqual(answer);
  });

  test('of the description of Sluice itself gives stubs for addresses with slashes', async () => {
    await using engine = await TestEngine.start();
    const whole = (await (await engine.api('/api/openapi.json')).json()) as { paths: { [path: string]: unknown } };
    const path = '/api/nodes/{address}';
    const description = JSON.stringify({ ...whole, paths: { [path]: whole.paths[path] } });
    const imported = await sluice(['import', '-', '--data', engine.data], description);
    const server = /^server\/(.*)$/m.exec(imported.stdout)?.[1] ?? '';
    const document = (await (await engine.api(`/api/servers/${server}`)).json()) as object;
    await engine.api(`/api/servers/${server}`, { method: 'PUT', json: { ...document, port: 0 } });
    await engine.api(`/api/servers/${server}/start`, { method: 'POST' });
    const node = `${await engine.url(server)}/api/nodes/server/hello/get-hello`;
    expect((await fetch(node)).status).toBe(200);
    // And they are checked against the description.
    const wrong = { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: '{"lgo": true}' };
    const refused = await fetch(node, wrong);
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('lgo')]);
    // The port that was chosen stays, and so does the server.
    const again = await sluice(['import', '-', '--data', engine.data], description);
    expect(again.stderr).toContain('2 unchanged');
  });

  test('of OpenAPI in YAML makes an API and a server that answers', async () => {
    const yaml = `openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets/{id}:
    get:
      operationId: readPet
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: A pet
          content:
            application/json:
              example: {id: "7", name: Rex}
`;
    await using engine = await TestEngine.start();
    const { stdout } = await sluice(['import', put('pets.yaml', yaml), '--data', engine.data]);
    const server = stdout.split('\n').find((line) => line.startsWith('server/')) as string;
    expect(stdout).toContain('api/');
    // Whatever port it proposes may be taken on this machine.
    const document = (await (await engine.api(`/api/servers/${server.slice(7)}`)).json()) as object;
    await engine.api(`/api/servers/${server.slice(7)}`, { method: 'PUT', json: { ...document, port: 0 } });
    const started = await engine.api(`/api/servers/${server.slice(7)}/start`, { method: 'POST' });
    expect(started.status).toBe(200);
    const answer = await fetch(`${await engine.url(server.slice(7))}/pets/7`);
    expect([answer.status, await answer.json()]).toEqual([200, { id: '7', name: 'Rex' }]);
  });

  test('is what fills an empty data folder where the settings name a boot file', async () => {
    const boot = put('boot.json', stock);
    await using engine = await TestEngine.start({ env: { SLUICE_BOOT_FILE: boot } });
    const servers = (await (await engine.api('/api/servers')).json()) as { id: string }[];
    expect(servers.map(({ id }) => id)).toEqual(['stock']);
    const bad = TestEngine.spawn({ env: { SLUICE_BOOT_FILE: put('bad.json', '{') } });
    expect((await bad.exit).code).toBe(1);
    expect(bad.stderr).toMatch(/^sluice: bootFile: .*bad\.json cannot be loaded: .*\n$/);
    await bad[Symbol.asyncDispose]();
  });
});

describe('the project as a whole', () => {
  test('is read, replaced in one step, and told what is wrong with it', async () => {
    await using engine = await TestEngine.start();
    const got = await engine.api('/api/project');
    const project = (await got.json()) as { servers: { id: string }[]; variables: object };
    const same = await engine.api('/api/project', {
      method: 'PUT',
      json: project,
      headers: { 'if-match': got.headers.get('etag') as string },
    });
    expect(await same.json()).toEqual(project);
    expect(same.headers.get('etag')).toBe(got.headers.get('etag'));
    const wrong = { ...project, services: [{ id: 'a' }], variables: { 'not a name': 1 } };
    const refused = await engine.api('/api/project', { method: 'PUT', json: wrong });
    expect(((await refused.json()) as { errors: object[] }).errors).toEqual([
      { resource: 'service/a', pointer: '', detail: 'The document must have the key "operations", found nothing.' },
      { resource: 'variables', pointer: '/not a name', detail: expect.stringContaining('must be letters') },
    ]);
    const emptied = await engine.api('/api/project', { method: 'PUT', json: { variables: { region: 'north' } } });
    expect(await emptied.json()).toMatchObject({ servers: [], variables: { region: 'north' } });
    expect((await engine.health()).servers).toEqual({});
    const stale = await engine.api('/api/project', {
      method: 'PUT',
      json: project,
      headers: { 'if-match': got.headers.get('etag') as string },
    });
    expect(stale.status).toBe(412);
  });
});

describe('history', () => {
  test('tells who changed what, with what is different, and goes back', async () => {
    await using engine = await TestEngine.start();
    const server = (await (await engine.api('/api/servers/hello')).json()) as { title: string };
    await engine.api('/api/servers/hello', { method: 'PUT', json: { ...server, title: 'Bonjour' } });
    await engine.api('/api/variables/region', { method: 'PUT', json: 'north' });
    writeFileSync(join(engine.data, 'servers/hello.json'), JSON.stringify({ ...server, title: 'Hallo' }));
    const revisions = await until(
      async () => {
        const answer = (await (await engine.api('/api/history')).json()) as { revisions: object[] };
        return answer.revisions.length === 4 ? answer.revisions : undefined;
      },
      5000,
      () => 'the revision of the file',
    );
    expect(revisions).toMatchObject([
      {
        revision: 4,
        user: 'files',
        changes: [{ resource: 'server/hello', diff: [{ path: '/title', before: 'Bonjour', after: 'Hallo' }] }],
      },
      { revision: 3, user: 'api-token', action: 'variables', changes: [{ resource: 'variables', kind: 'changed' }] },
      { revision: 2, user: 'api-token', action: 'save' },
      { revision: 1, user: 'local', message: 'The example of a first start.' },
    ]);
    const restored = await engine.api('/api/history/2/restore', { method: 'POST' });
    expect(await restored.json()).toMatchObject({ revision: 5 });
    expect(await (await engine.api('/api/servers/hello')).json()).toMatchObject({ title: 'Bonjour' });
    expect(await (await engine.api('/api/variables')).json()).toEqual({});
    expect((await engine.api('/api/history/99/restore', { method: 'POST' })).status).toBe(404);
  });

  test('has changes of settings, without what is secret', async () => {
    await using engine = await TestEngine.start({
      files: {
        'settings.json':
          '{"webhooks": [{"id": "ops", "url": "https://example.com/hook", "events": ["run.failed"], "secret": "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"}]}',
      },
    });
    expect((await engine.api('/api/settings', { method: 'PUT', json: { logs: { level: 'debug' } } })).status).toBe(200);
    const text = await (await engine.api('/api/history?limit=1')).text();
    expect(JSON.parse(text)).toMatchObject({
      revisions: [
        { action: 'settings', changes: [{ diff: [{ path: '/logs/level', before: 'info', after: 'debug' }] }] },
      ],
    });
    expect(text).not.toContain('whsec_');
  });
});

describe('check', () => {
  test('tells of drafts and of files to import', async () => {
    await using engine = await TestEngine.start();
    await engine.api('/api/drafts/services/tools', { method: 'PUT', json: { id: 'tools', colour: 'red' } });
    const project = await sluice(['check', '--data', engine.data]);
    expect(project.code).toBe(0);
    expect(project.stdout).toContain(
      'drafts/services/tools.json:/colour draft: The document must not have the key "colour".',
    );
    const foreign = await sluice(['check', put('stock.json', stock)]);
    expect(foreign).toMatchObject({ code: 0, stdout: expect.stringContaining('not/known') });
    const broken = await sluice(['check', put('broken.yaml', 'openapi: 3.0.0\ninfo: {')]);
    expect(broken.code).toBe(1);
  });
});

describe('what people would otherwise not hear of', () => {
  const lookup = (target: string) => ({
    id: 'tools',
    operations: [
      {
        id: 'find',
        workflow: {
          actions: [{ id: 'call', action: 'service/operation', input: { serviceOperationReference: target } }],
        },
      },
    ],
  });

  test('a reference that leads nowhere is told with a draft, and with a save', async () => {
    await using engine = await TestEngine.start();
    const field = Object.keys(
      ((await (await engine.api('/api/actions/service/operation')).json()) as { input: { properties: object } }).input
        .properties,
    ).find((name) => /operation/i.test(name)) as string;
    const document = JSON.parse(
      JSON.stringify(lookup('service/orders/find')).replace('serviceOperationReference', field),
    ) as object;
    const place = `/operations/0/workflow/actions/0/input/${field}`;
    const draft = await engine.api('/api/drafts/services/tools', { method: 'PUT', json: document });
    expect(await draft.json()).toMatchObject({ faults: [{ pointer: place, severity: 'warning' }] });
    const saved = await engine.api('/api/services/tools', { method: 'PUT', json: document });
    expect(saved.status).toBe(201);
    expect(JSON.parse(saved.headers.get('sluice-warnings') ?? '[]')).toEqual([
      expect.stringContaining(`${place} There is nothing at the address`),
    ]);
  });

  test('a protection that is kept but not enforced', async () => {
    await using engine = await TestEngine.start();
    const server = { id: 'web', type: 'http', port: 0, security: [{ bearer: [] }], operations: [] };
    const saved = await engine.api('/api/servers/web', { method: 'PUT', json: server });
    expect(saved.headers.get('sluice-warnings')).toContain('/security \\"security\\" is kept, but this version');
  });

  test('the port of a stopped server is the one in its document, and a taken one names who has it', async () => {
    const server = (id: string, port: number, active: boolean) => ({ id, type: 'http', port, active, operations: [] });
    await using engine = await TestEngine.start({ servers: [server('one', 0, true), server('two', 0, false)] });
    const { port } = (await engine.health()).servers.one as { port: number };
    await engine.api('/api/servers/one', { method: 'PUT', json: server('one', port, true) });
    await engine.api('/api/servers/two', { method: 'PUT', json: server('two', port, false) });
    expect((await engine.health()).servers.two).toMatchObject({ state: 'stopped', port });
    const refused = await engine.api('/api/servers/two/start', { method: 'POST' });
    expect(((await refused.json()) as { detail: string }).detail).toMatch(
      `Port ${port} on 127.0.0.1 is that of the server "one".`,
    );
    expect(engine.log('usage')).not.toContain('Started server/two');
  });

  test('a setting that is overridden, and a damaged file of variables', async () => {
    await using engine = await TestEngine.start({ env: { SLUICE_LOGS_FORMAT: 'plain' } });
    const changed = await engine.api('/api/settings', {
      method: 'PUT',
      json: { logs: { format: 'json', maxDepth: 9 } },
    });
    expect(changed.headers.get('sluice-overridden')).toBe('logs.format');
    writeFileSync(join(engine.data, 'variables.json'), '{"region": ');
    await engine.lines('usage', /\[error\] {2}variables\.json/);
  });

  test('only what has the level of the settings', async () => {
    await using engine = await TestEngine.start({ env: { SLUICE_LOGS_LEVEL: 'error' } });
    await engine.api('/api/servers/hello/stop', { method: 'POST' });
    await engine.lines('usage', /Stopped server\/hello/);
    expect(engine.log('usage')).not.toMatch(/listens on|is ready/);
  });
});
