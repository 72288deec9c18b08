import { actionsOf, defaultsOf } from '../compile/project.ts';
import type { Action, Project } from '../document/types.ts';
import type { NodeState, SwitchDefaults } from '../log/policy.ts';
import type { NodeAnswer } from './control.ts';
import { locate } from './node-change.ts';
import type { ServerState } from './servers.ts';
import type { TrafficFigures } from './traffic.ts';

/** Where the parts of a node's answer are known. */
export interface NodeSources {
  project: Project;
  servers: ReadonlyMap<string, ServerState>;
  quarantined: readonly string[];
  /** What is in force at the end of a chain that leads from the resource to the node. */
  switches(chain: readonly SwitchDefaults[]): NodeState;
  /** How often operations ran, all of them together. */
  traffic(operations: readonly string[]): TrafficFigures | undefined;
}

/** What GET and PATCH of a node answer; undefined when there is no such node. */
export function describeNode(address: string, sources: NodeSources): NodeAnswer | undefined {
  const located = locate(sources.project, address);
  if (located === undefined) return undefined;
  const { kind, resource, operation, action } = located;
  const resourceAddress = `${kind}/${resource.id}`;
  const chain = [defaultsOf(resourceAddress, resource)];
  if (operation) chain.push(defaultsOf(`${resourceAddress}/${operation.id}`, operation));
  if (action) chain.push(defaultsOf(address, action));
  const node = action ?? operation ?? resource;
  const answer: NodeAnswer = {
    address,
    kind: action ? 'action' : operation ? 'operation' : kind,
    title: node.title || node.id,
    ...sources.switches(chain),
  };
  if (action) answer.enabled = action.enabled !== false;
  else answer.active = (operation ?? resource).active !== false;
  const socket = kind === 'server' && !operation ? sources.servers.get(resource.id) : undefined;
  if (socket) answer.server = { state: socket.state, host: socket.host, port: socket.port, reason: socket.reason };
  if (!action) {
    const operations = operation ? [address] : (resource.operations ?? []).map(({ id }) => `${address}/${id}`);
    const traffic = sources.traffic(operations);
    if (traffic) answer.traffic = traffic;
  }
  if (operation && !action) {
    answer.quarantined = sources.quarantined.includes(address);
    const actions = actionsOf(operation.workflow, operation.onError ?? resource.onError);
    const isLogged = (each: Action) =>
      sources.switches([...chain, defaultsOf(`${address}/${each.id}`, each)]).log.effective !== false;
    answer.actions = { count: actions.length, logged: actions.filter(isLogged).length };
  }
  return answer;
}
