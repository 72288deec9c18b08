import { defaultsOf } from '../../compile/project.ts';
import type { Client, Level, Project, Server, Service, Switches } from '../../document/types.ts';
import { nodeState } from '../../log/policy.ts';
import type { RecordKind } from '../../log/record.ts';
import type { LogFiles } from '../../log/sinks/files.ts';
import { loadSettings } from '../../settings/load.ts';
import type { SimulationRequest } from '../../wire/messages.ts';
import type { Control, Health, NodeAnswer, NodeChange } from '../control.ts';
import { documentAfter, locate, switchesAfter } from '../node-change.ts';
import type { ServerState } from '../servers.ts';

export interface WrittenRecord {
  level: Level;
  kind: RecordKind;
  event: string;
  message: string;
  user?: string;
  node?: string;
  remote?: string;
}

/** A project in memory under the engine's own rules for nodes and switches, without processes: what tests of the API talk to. */
export class MemoryControl implements Control {
  readonly settings = loadSettings({ cwd: '/' }).settings;
  readonly version = '0.0.0-test';
  readonly records: WrittenRecord[] = [];
  readonly simulated: SimulationRequest[] = [];
  readonly states = new Map<string, ServerState>();
  switches: Switches = {};
  isReady = true;
  /** Thrown by health(), to see what the API makes of a failure of its own. */
  failure: Error | null = null;
  private readonly documents: Project = {
    apis: new Map(),
    servers: new Map(),
    services: new Map(),
    clients: new Map(),
  };

  constructor(
    parts: { servers?: Server[]; services?: Service[]; clients?: Client[] },
    readonly logs: LogFiles,
    readonly logsDir: string,
  ) {
    for (const server of parts.servers ?? []) {
      this.documents.servers.set(server.id, server);
      this.states.set(server.id, {
        state: 'listening',
        host: server.host ?? '127.0.0.1',
        port: server.port ?? 0,
        reason: null,
      });
    }
    for (const service of parts.services ?? []) this.documents.services.set(service.id, service);
    for (const client of parts.clients ?? []) this.documents.clients.set(client.id, client);
  }

  project(): Project {
    return this.documents;
  }

  serverStates(): ReadonlyMap<string, ServerState> {
    return this.states;
  }

  node(address: string): NodeAnswer | undefined {
    const located = locate(this.documents, address);
    if (located === undefined) return undefined;
    const { kind, resource, operation, action } = located;
    const chain = [defaultsOf(`${kind}/${resource.id}`, resource)];
    if (operation) chain.push(defaultsOf(`${kind}/${resource.id}/${operation.id}`, operation));
    if (action) chain.push(defaultsOf(address, action));
    const { level, captureAll } = this.settings.logs;
    const node = action ?? operation ?? resource;
    const answer: NodeAnswer = {
      address,
      kind: action ? 'action' : operation ? 'operation' : kind,
      title: node.title || node.id,
      ...nodeState(chain, this.switches, { level, captureAll }, Date.now()),
    };
    if (action) answer.enabled = action.enabled !== false;
    else answer.active = (operation ?? resource).active !== false;
    const state = kind === 'server' && !operation ? this.states.get(resource.id) : undefined;
    return state ? { ...answer, server: state } : answer;
  }

  async changeNode(address: string, change: NodeChange, by: string): Promise<NodeAnswer | undefined> {
    const located = locate(this.documents, address);
    if (located === undefined) return undefined;
    const document = documentAfter(address, located, change);
    this.switches = switchesAfter(this.switches, address, located, change);
    if (document) (this.documents[`${located.kind}s`] as Map<string, typeof document>).set(document.id, document);
    this.record('info', 'audit', 'node.changed', `${Object.keys(change).join(', ')} changed at ${address}`, {
      user: by,
      node: address,
    });
    return this.node(address);
  }

  async simulate(request: SimulationRequest): Promise<{ status: number; json: string }> {
    this.simulated.push(request);
    if (request.workflow === undefined && this.node(request.address) === undefined) {
      const detail = `There is no active operation "${request.address}".`;
      return { status: 404, json: JSON.stringify({ type: 'about:blank', title: 'Not Found', status: 404, detail }) };
    }
    return {
      status: 200,
      json: JSON.stringify({ run: '01JDTEST', state: 'succeeded', output: request.input, error: null, spans: [] }),
    };
  }

  health(): Health {
    if (this.failure) throw this.failure;
    return {
      status: 'ok',
      problems: [],
      version: this.version,
      uptimeMs: 1,
      pid: process.pid,
      memory: { rssBytes: 1 },
      workers: [],
      replacements: 0,
      servers: Object.fromEntries(this.states),
      quarantined: [],
      logs: this.logs.health(),
      faults: [],
    };
  }

  ready(): boolean {
    return this.isReady;
  }

  record(
    level: Level,
    kind: RecordKind,
    event: string,
    message: string,
    about: { user?: string; node?: string; remote?: string } = {},
  ): void {
    this.records.push({ level, kind, event, message, ...about });
  }
}
