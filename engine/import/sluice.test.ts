import { describe, expect, it } from 'vitest';
import type { Json } from '../document/types.ts';
import type { ProjectDocuments } from '../wire/messages.ts';
import { exportProject, ImportFault, readImport } from './index.ts';

const read = (source: Json | string) =>
  readImport(typeof source === 'string' ? source : JSON.stringify(source), { context: {} });
const fault = (source: Json | string): ImportFault => {
  try {
    read(source);
  } catch (thrown) {
    if (thrown instanceof ImportFault) return thrown;
  }
  throw new Error('It was not refused.');
};

const operation = (id: string): { [key: string]: Json } => ({
  id,
  method: 'GET',
  path: `/${id}`,
  workflow: { output: { body: id }, actions: [] },
});
const project: { [key: string]: Json } = {
  variables: { b: 1, a: { z: 1, y: [null] } },
  sluice: 1,
  servers: [
    { operations: [operation('b'), operation('a')], id: 'two', type: 'http', title: 'Second', port: 1 },
    { active: true, id: 'one', type: 'http', operations: [] },
  ],
  services: [{ id: 'tools', operations: [{ id: 'echo', workflow: { actions: [] } }] }],
  apis: [{ id: 'shop', openapi: { paths: {}, openapi: '3.0.0' } }],
  clients: [{ id: 'db', type: 'postgres', settings: { password: { $secret: 'db-password' } } }],
};

describe('a project of ours', () => {
  it('is kept as it is, but stopped', () => {
    const { kind, documents, variables, warnings } = read(project);
    expect([kind, warnings]).toEqual(['sluice', []]);
    expect(variables).toEqual(project.variables);
    expect(documents.servers.map((server) => JSON.stringify(server))).toEqual([
      `{"operations":${JSON.stringify([operation('b'), operation('a')])},"id":"two","type":"http","title":"Second","active":false,"port":1}`,
      '{"active":false,"id":"one","type":"http","operations":[]}',
    ]);
    expect([documents.apis, documents.services, documents.clients]).toEqual([
      project.apis,
      project.services,
      project.clients,
    ]);
  });

  it('comes out in one order, and the same to the byte when it goes in and out again', () => {
    const first = read(project);
    const text = exportProject(first.documents, first.variables);
    const second = read(text);
    expect(exportProject(second.documents, second.variables)).toBe(text);
    expect(text.startsWith('{\n  "sluice": 1,\n  "apis": [\n    {\n      "id": "shop"')).toBe(true);
    expect(text.endsWith('}\n')).toBe(true);
    expect(second.documents.servers.map(({ id }) => id)).toEqual(['one', 'two']);
    expect(Object.keys(second.variables)).toEqual(['a', 'b']);
    const running = {
      ...first.documents,
      servers: first.documents.servers.map((server) => ({ ...server, active: true })),
    } as ProjectDocuments;
    expect(exportProject(running, first.variables)).toBe(text);
  });

  it('may lack lists, and may be one resource', () => {
    expect(read({ sluice: 1 })).toEqual({
      kind: 'sluice',
      documents: { apis: [], servers: [], services: [], clients: [] },
      variables: {},
      warnings: [],
    });
    for (const [list, kind] of [
      ['servers', 'server'],
      ['services', 'service'],
      ['apis', 'api'],
      ['clients', 'client'],
    ] as const) {
      const [document] = project[list] as Json[];
      const { documents } = read(document ?? null);
      expect(documents[list], kind).toHaveLength(1);
    }
  });

  it('keeps keys that would change what objects inherit', () => {
    const text =
      '{"sluice":1,"variables":{"__proto__":{"polluted":1},"constructor":2},"clients":[{"id":"a","type":"b","settings":{"__proto__":{"polluted":1}}}]}';
    const { documents, variables } = read(text);
    const out = exportProject(documents, variables);
    expect(JSON.parse(JSON.stringify(JSON.parse(out)))).toEqual(JSON.parse(out));
    expect(out).toContain('"__proto__": {');
    expect(out.match(/"__proto__"/g)).toHaveLength(2);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('warns of what the check warns of, at its place', () => {
    const server = {
      id: 'a',
      type: 'http',
      operations: [{ id: 'x', method: 'GET', path: '/', workflow: { actions: [], output: { $ref: ['a'], b: 1 } } }],
    };
    expect(read({ sluice: 1, servers: [server] }).warnings).toMatchObject([
      { resource: 'server/a/x', pointer: '/servers/0/operations/0/workflow/output' },
    ]);
  });

  it('is told of every fault at once, with resource and place', () => {
    const workflow: Json = { actions: [{ id: 'b' }] };
    const { message, faults, count } = fault({
      sluice: 1,
      servers: [{ id: 'shop', type: 'http', prt: 1, operations: [{ id: 'x', method: 'GET', path: 'y', workflow }] }],
      service: [],
      clients: [
        { id: 'db', type: 'postgres', settings: 1 },
        { id: 'db', type: 'redis' },
      ],
      apis: [1],
      variables: null,
    });
    expect(faults.map(({ resource, pointer }) => [resource, pointer])).toEqual([
      [null, '/service'],
      [null, '/apis/0'],
      ['server/shop', '/servers/0/prt'],
      ['server/shop/x', '/servers/0/operations/0/path'],
      ['server/shop/x/b', '/servers/0/operations/0/workflow/actions/0'],
      ['client/db', '/clients/0/settings'],
      ['client/db', '/clients/1/id'],
      [null, '/variables'],
    ]);
    expect(count).toBe(8);
    expect(message).toMatch(/^\/service: An export .* Did you mean "services"\? There are 7 more faults\.$/);
    const single = fault({ id: 'shop', type: 'http', prt: 1, operations: [] });
    expect(single.message).toMatch(/^server\/shop \(\/prt\): .* "prt"\. Did you mean "port"\?$/);
    const many = fault({ sluice: 1, apis: Array.from({ length: 150 }, () => 1) });
    expect([many.faults.length, many.count]).toEqual([100, 150]);
    expect(many.message).toContain('There are 149 more faults.');
    expect(fault({ sluice: 1, apis: [1, 2] }).message).toContain('There is 1 more fault.');
  });

  it.each<[string, Json, string, RegExp]>([
    ['a newer form', { sluice: 2 }, '/sluice', /must be 1, found 2. It was written by a newer Sluice/],
    ['a form that is none', { sluice: true }, '/sluice', /must be 1, found true/],
    ['a key that is not known', { sluice: 1, server: [] }, '/server', /Did you mean "servers"/],
    ['a list that is none', { sluice: 1, apis: {} }, '/apis', /must be an array of documents, found an empty object/],
    ['variables that are none', { sluice: 1, variables: [] }, '/variables', /must be an object of names and values/],
    [
      'a document that is refused',
      { sluice: 1, services: [{ id: 'a', operations: [{ id: 'b/c' }] }] },
      '/services/0/operations/0/id',
      /must be an id/,
    ],
    [
      'an id that is there twice',
      {
        sluice: 1,
        clients: [
          { id: 'a', type: 'b' },
          { id: 'a', type: 'c' },
        ],
      },
      '/clients/1/id',
      /already that of the client at \/clients\/0/,
    ],
    [
      'an action whose id is an object that cannot be written as text',
      {
        sluice: 1,
        services: [
          { id: 'a', operations: [{ id: 'b', workflow: { actions: [{ id: 'c', action: { toString: 1 } }] } }] },
        ],
      },
      '/services/0/operations/0/workflow/actions/0/action',
      /must be the id of an action/,
    ],
    [
      'nothing at all',
      {},
      '',
      /The kind of document cannot be told, found an empty object. Allowed are a project exported by Sluice/,
    ],
    ['a resource that may be of two kinds', { id: 'a', operations: [{ id: 'b', topic: 'c' }] }, '', /cannot be told/],
    ['an array', [1], '', /must be an object, found an array of 1/],
    ['null', null, '', /neither JSON nor a YAML document/],
  ])('%s is refused', (_what, source, pointer, message) => {
    const { faults } = fault(source);
    expect(faults[0]).toMatchObject({ pointer, message: expect.stringMatching(message) });
  });
});

describe('text', () => {
  it.each<[string, string, number | undefined, number | undefined, RegExp]>([
    ['nothing', ' \n', undefined, undefined, /The document is empty/],
    ['JSON that ends', '{"sluice": 1,\n "apis": [', 2, 11, /Line 2, column 11: found the end of the file/],
    ['JSON with a key twice', '{"sluice":1,\n"sluice":1}', 2, 1, /found the key "sluice" twice/],
    ['JSON that is nested too deep', '['.repeat(101), 1, 101, /more than 100 arrays and objects/],
    [
      'YAML with a key twice',
      'openapi: 3.0.0\npaths:\n  a: 1\n  a: 2\n',
      4,
      3,
      /Line 4, column 3: Found the key "a" twice in one map/,
    ],
    ['YAML with a key that is a list', '? [1]\n: 2\n', 1, 3, /A key must be a text/],
    ['YAML with a tag', 'a: !secret x\n', 1, 4, /Unresolved tag: !secret/],
    ['YAML with a number that JSON has not', 'a: .inf\n', 1, 4, /JSON has no number Infinity/],
    ['YAML that is a text', 'hello', 1, 1, /neither JSON nor a YAML document/],
    ['YAML of two documents', 'a: 1\n---\nb: 2\n', 2, 1, /multiple documents/],
    ['YAML that is broken', 'a: [1\nb: 2\n', 2, 1, /Line 2/],
    ['YAML with an alias to nothing', 'a: *b\n', undefined, undefined, /Unresolved alias/],
    ['YAML that goes round in a circle', 'a: &a [*a]\n', undefined, undefined, /nests more than 100/],
    [
      'YAML that grows without end',
      `a0: &a0 [x]\n${Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(10)}]\n`).join('')}`,
      undefined,
      undefined,
      /alias/,
    ],
    ['YAML that is nested without end', `a: ${'['.repeat(20_000)}`, undefined, undefined, /./],
    [
      'YAML that is nested too deep',
      `a: ${'['.repeat(101)}${']'.repeat(101)}`,
      undefined,
      undefined,
      /nests more than 100/,
    ],
  ])('%s is refused', (_what, text, line, column, message) => {
    const thrown = fault(text);
    expect(thrown.message).toMatch(message);
    if (line !== undefined) expect([thrown.line, thrown.column]).toEqual([line, column]);
  });

  it('says that it was taken for YAML where its name does not', () => {
    const prose = '# Title\n\nSome words: and\nmore\nwords\n';
    expect(fault(prose).message).toMatch(
      /^Line 4, .* The text was read as YAML, since it begins with neither "\{" nor/,
    );
    expect(fault('a: *b').message).toContain('was read as YAML');
    expect(() => readImport(prose, { name: 'a.yml', context: {} })).toThrow(/^Line 4, ((?!read as YAML).)*$/);
    expect(fault(' \n{"sluice": 1,').message).toMatch(/^Line 2, ((?!YAML).)*$/);
    expect(() => readImport('[1', { name: 'a.txt', context: {} })).toThrow(/^Line 1, ((?!YAML).)*$/);
  });

  it('may have a byte order mark, and is YAML when its name says so', () => {
    expect(read(`\uFEFF${JSON.stringify(project)}`).kind).toBe('sluice');
    const flow = '{sluice: 1, variables: {a: yes, b: 0o17}}';
    expect(() => read(flow)).toThrow(ImportFault);
    expect(readImport(flow, { name: 'a.YAML', context: {} }).variables).toEqual({ a: 'yes', b: 15 });
  });
});
