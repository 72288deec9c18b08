import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Json, Server, Service, Workflow } from '../../engine/document/types.ts';
import type { Given } from '../../engine/run/execute.ts';
import { defaultLimits, projectOf, worldOf } from '../support/environment.ts';
import type { World } from '../support/interpreter-place.ts';

/** One case of test/flows/*.json: documents, a call, and what must come of it. */
export interface FlowCase {
  name: string;
  /** The workflow of the operation `op`, GET /, of the server `main`. */
  workflow?: Workflow;
  /** Short for a workflow that is nothing but this output. */
  value?: Json;
  onError?: Workflow;
  timeoutMs?: number;
  /** In place of that server. */
  servers?: Server[];
  services?: Service[];
  /** The address of the operation to run, if not `server/main/op`. */
  call?: string;
  /** Parts of the request; the rest is as below. */
  request?: { [part: string]: Json };
  input?: Json;
  limits?: Partial<World['limits']>;
  global?: { [name: string]: Json };
  env?: { [name: string]: string };
  secrets?: { [name: string]: string };
  /** The documents hold an error that the check refuses; the run has to meet it all the same. */
  unchecked?: boolean;

  gives?: Json;
  /** `code at node`. */
  fails?: string;
  /** `code at node` of the failure that onError answered. */
  handles?: string;
  /** Nodes in the order in which they begin: actions of `server/main/op` by their id, others by address; `#` and the index in an iteration. */
  order?: string[];
  /** What system/log said, in order. */
  says?: Json[];
  /** Nodes end in any order: something went on in the background when it was told to stop. */
  unordered?: boolean;
}

const folder = fileURLToPath(new URL('.', import.meta.url));

/** All cases by the file they stand in. Read as text: a JSON module would lose a key `__proto__`. */
export const suites: [string, FlowCase[]][] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => [file.replace('.json', ''), JSON.parse(readFileSync(folder + file, 'utf8')) as FlowCase[]]);

export const defaultCall = 'server/main/op';

export const worldOfCase = (flow: FlowCase, library: World['library']): World => {
  const { workflow = { actions: [], output: flow.value as Json }, onError, timeoutMs, servers, services = [] } = flow;
  const operation = {
    id: 'op',
    method: 'GET',
    path: '/',
    workflow,
    ...(onError && { onError }),
    ...(timeoutMs && { timeoutMs }),
  };
  const main: Server = { id: 'main', type: 'http', operations: [operation] };
  const { limits, global = {}, env = {}, secrets = {} } = flow;
  return worldOf({
    project: projectOf(servers ?? [main], services),
    library,
    limits: { ...defaultLimits, ...limits },
    global,
    env,
    secrets,
  });
};

export const givenOfCase = ({ call = defaultCall, input = null, request }: FlowCase): Given =>
  call.startsWith('service/') ? { input } : { request: { ...usualRequest(), ...request } };

const usualRequest = () => ({
  method: 'GET',
  path: { id: '7' },
  query: { name: 'World' },
  header: { accept: '*/*' },
  cookie: {},
  body: {
    items: [
      { id: 1, tags: ['a', 'b'] },
      { id: 2, tags: [] },
    ],
    total: 12.5,
    ok: true,
    none: null,
    'a.b': 'dotted',
  },
  uri: '/',
  connection: { peer: { ip: '127.0.0.1', port: 50000 }, socket: { ip: '127.0.0.1', port: 8080 } },
});
