import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { projectOf } from '../../test/support/environment.ts';
import type { Json, Level, Server, Service, Switch, Switches, Workflow } from '../document/types.ts';
import { nodeLog } from '../log/policy.ts';
import { rankOf } from '../log/record.ts';
import { actionsOf, applyPolicies, type CompiledProject, compileProject } from './project.ts';

const workflow = (...ids: string[]): Workflow => ({
  actions: ids.map((id) => ({ id, action: 'variable/set', input: { value: id } })),
});
const operation = (id: string, more: object = {}) => ({
  id,
  method: 'GET',
  path: `/${id}`,
  workflow: workflow('a'),
  ...more,
});
const server = (operations: object[], more: object = {}): Server =>
  ({ id: 'main', type: 'http', operations, ...more }) as Server;
const service = (operations: object[], more: object = {}): Service => ({ id: 's', operations, ...more }) as Service;

const compile = (servers: Server[], services: Service[] = [], before: CompiledProject | null = null) =>
  compileProject(projectOf(servers, services), actionById, before);

describe('compiling a project', () => {
  it('takes every active operation, by its address', async () => {
    const { operations, broken } = await compile(
      [server([operation('on'), operation('off', { active: false })])],
      [
        service([{ id: 'x', workflow: workflow() }]),
        { ...service([{ id: 'y', workflow: workflow() }]), id: 'asleep', active: false },
      ],
    );
    expect([...operations.keys()]).toEqual(['server/main/on', 'service/s/x']);
    expect(broken.size).toBe(0);
    expect(operations.get('service/s/x')).toMatchObject({ kind: 'service', address: 'service/s/x' });
  });

  it('takes a stopped server too: whether it listens is not for the compiler', async () => {
    const { operations } = await compile([server([operation('op')], { active: false })]);
    expect([...operations.keys()]).toEqual(['server/main/op']);
  });

  it('names the nodes of an operation, the handler in force for it included', async () => {
    const nested = { $do: workflow('inner') } as unknown as Json;
    const outer = { actions: [{ id: 'outer', action: 'variable/set', input: { value: nested } }] };
    const { operations } = await compile([
      server([operation('op', { workflow: outer })], { onError: workflow('handler') }),
    ]);
    expect(operations.get('server/main/op')?.nodes).toEqual([
      'server/main/op',
      'server/main/op/outer',
      'server/main/op/inner',
      'server/main/op/handler',
    ]);
  });

  it('sets aside what cannot be compiled, and keeps the rest', async () => {
    const faulty = { actions: [], output: { $jsonata: '1 +' } };
    const { operations, broken } = await compile(
      [server([operation('good'), operation('bad', { workflow: faulty })])],
      [service([{ id: 'x', input: { type: 'text' }, workflow: workflow() }])],
    );
    expect([...operations.keys()]).toEqual(['server/main/good']);
    expect([...broken.keys()]).toEqual(['server/main/bad', 'service/s/x']);
    expect(broken.get('service/s/x')?.message).toContain('The input schema of service/s/x cannot be used');
  });

  it('takes over what did not change', async () => {
    const before = await compile([server([operation('same'), operation('changed'), operation('gone')])]);
    const after = await compile(
      [
        server([
          operation('same', { simulations: [{ id: 'new', input: {} }] }),
          operation('changed', { workflow: workflow('b') }),
        ]),
      ],
      [],
      before,
    );
    expect(after.operations.get('server/main/same')).toBe(before.operations.get('server/main/same'));
    expect(after.operations.get('server/main/changed')).not.toBe(before.operations.get('server/main/changed'));
    expect(after.operations.has('server/main/gone')).toBe(false);
    expect(before.operations.get('server/main/changed')?.nodes).toEqual([
      'server/main/changed',
      'server/main/changed/a',
    ]);
  });

  it('compiles anew what has another error handler, from wherever it comes', async () => {
    const before = await compile([server([operation('own', { onError: workflow('mine') }), operation('shared')])]);
    const after = await compile(
      [server([operation('own', { onError: workflow('mine') }), operation('shared')], { onError: workflow('theirs') })],
      [],
      before,
    );
    expect(after.operations.get('server/main/own')).toBe(before.operations.get('server/main/own'));
    expect(after.operations.get('server/main/shared')?.version).not.toBe(
      before.operations.get('server/main/shared')?.version,
    );
  });
});

describe('the switches of nodes', () => {
  interface Given {
    switches?: Switches;
    level?: Level;
    captureAll?: boolean;
    server?: { log?: Switch; capture?: Switch; logLevel?: Level };
    operation?: { log?: Switch; logLevel?: Level };
    action?: { log?: Switch; logLevel?: Level };
  }
  const both = nodeLog.info | nodeLog.error;

  const policiesOf = async ({ switches = {}, level = 'info', captureAll = false, ...own }: Given) => {
    const actions = [{ ...workflow('a').actions[0], ...own.action }];
    const project = await compile([server([operation('op', { workflow: { actions }, ...own.operation })], own.server)]);
    const now = Date.parse('2026-11-21T12:00:00Z');
    applyPolicies(project, { switches, settings: { level, captureAll }, now, uses: {} });
    const { flags = [], ranks = [] } = project.operations.get('server/main/op')?.policies ?? {};
    return { flags: [...flags], ranks: [...ranks] };
  };

  it('are all off unless somebody sets them', async () => {
    expect(await policiesOf({})).toEqual({ flags: [0, 0], ranks: [rankOf.info, rankOf.info] });
  });

  it.each<[string, Given, number[]]>([
    ['log of the server covers runs, not actions', { server: { log: true } }, [both, 0]],
    ['log of the operation covers its runs, not actions', { operation: { log: true } }, [both, 0]],
    ['log of the action covers the action', { action: { log: true } }, [0, both]],
    [
      'a switch set while running adds up with those above',
      { server: { log: true }, switches: { 'server/main/op/a': { log: true } } },
      [both, both],
    ],
    [
      'a switch set while running overrides the document',
      { action: { log: true }, switches: { 'server/main/op/a': { log: false } } },
      [0, 0],
    ],
    ['off below does not end what is on above', { server: { log: true }, operation: { log: false } }, [both, 0]],
    ['on until later is on', { action: { log: { on: true, until: '2026-11-21T12:00:01Z' } } }, [0, both]],
    ['on until earlier is off', { action: { log: { on: true, until: '2026-11-21T11:59:59Z' } } }, [0, 0]],
    ['above info only failures are written', { action: { log: true }, level: 'warning' }, [0, nodeLog.error]],
    ['a nearer level wins', { action: { log: true, logLevel: 'debug' }, level: 'error' }, [0, both]],
    [
      'switches of other nodes do not count',
      { switches: { 'server/main/o': { log: true }, 'server/main/op/ab': { log: true } } },
      [0, 0],
    ],
  ])('%s', async (_, given, flags) => {
    expect((await policiesOf(given)).flags).toEqual(flags);
  });

  it('give each node the level in force there', async () => {
    expect((await policiesOf({ level: 'error', operation: { logLevel: 'debug' } })).ranks).toEqual([
      rankOf.debug,
      rankOf.debug,
    ]);
    expect(
      (
        await policiesOf({
          operation: { logLevel: 'debug' },
          switches: { 'server/main/op/a': { logLevel: 'warning' } },
        })
      ).ranks,
    ).toEqual([rankOf.debug, rankOf.warning]);
  });
});

it('actionsOf finds actions wherever they are nested, in document order', () => {
  const deep = {
    $do: {
      actions: [{ id: 'c', action: 'x/y', input: { rows: [{ value: { $do: workflow('d') } }] } }],
      output: { $do: workflow('e') },
    },
  };
  const main = {
    actions: [
      { id: 'a', action: 'x/y', input: { list: [{ b: { $do: workflow('b') } }] }, output: ['variables', deep] },
    ],
  } as unknown as Workflow;
  expect(actionsOf(main, undefined, workflow('f')).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});
