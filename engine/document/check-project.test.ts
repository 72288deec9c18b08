import { describe, expect, it } from 'vitest';
import { defineAction, object, optional, reference } from '../../actions/kit/index.ts';
import { checkProject } from './check-project.ts';
import type { Action, Project, Server, Service } from './types.ts';

const call = defineAction({
  id: 'service/operation',
  title: 'Call',
  summary: 'Calls.',
  fields: { serviceOperationReference: reference('service'), input: optional(object()) },
  output: null,
  examples: [],
  run: () => null,
});
const context = { actions: new Map([[call.id, call]]) };
const step = (id: string, address: string): Action => ({
  id,
  action: call.id,
  input: { serviceOperationReference: address },
});
const service: Service = {
  id: 'tools',
  operations: [{ id: 'echo', workflow: { actions: [step('again', 'service/tools/gone')] } }],
};
const server = (id: string, changes: Partial<Server>): Server => ({ id, type: 'http', operations: [], ...changes });
const project = (...servers: Server[]): Project => ({
  apis: new Map([['pets', { id: 'pets', openapi: {} }]]),
  servers: new Map(servers.map((each) => [each.id, each])),
  services: new Map([['tools', service]]),
  clients: new Map(),
});

describe('checkProject', () => {
  it('warns of what is missing or there twice', () => {
    const nested = {
      id: 'outer',
      action: 'iteration/map',
      input: { foreach: { $do: { actions: [step('a', 'service/tools/ehco')] } } },
    };
    const operation = {
      id: 'a',
      method: 'GET',
      path: '/a',
      workflow: { actions: [nested as unknown as Action, step('b', 'service/tools/echo')] },
    };
    const faults = checkProject(
      project(server('one', { port: 80, api: 'pet', operations: [operation] }), server('two', { port: 80 })),
      context,
    );
    expect(faults.map(({ file, pointer, message, severity }) => [file, pointer, message, severity])).toEqual([
      [
        'servers/one.json',
        '/api',
        'There is no API "pet"; the server cannot start with it. Did you mean "pets"?',
        'warning',
      ],
      [
        'servers/one.json',
        '/operations/0/workflow/actions/0/input/foreach/$do/actions/0/input/serviceOperationReference',
        'There is nothing at the address "service/tools/ehco"; a run fails when it gets there.',
        'warning',
      ],
      [
        'servers/two.json',
        '/port',
        'The port 80 is also that of the server "one"; only one of them can start.',
        'warning',
      ],
      [
        'services/tools.json',
        '/operations/0/workflow/actions/0/input/serviceOperationReference',
        'There is nothing at the address "service/tools/gone"; a run fails when it gets there.',
        'warning',
      ],
    ]);
  });

  it('lets ports be shared by servers that do not meet', () => {
    const servers = [
      server('a', { port: 0 }),
      server('b', { port: 0 }),
      server('c', { port: 80 }),
      server('d', { port: 80, active: false }),
      server('e', { port: 80, host: '::1' }),
    ];
    expect(checkProject({ ...project(...servers), services: new Map() }, context)).toEqual([]);
  });
});
