import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { ActionDefinition, Host } from '../../actions/kit/index.ts';
import { DataWorkflows } from '../../engine/compile/data-workflow.ts';
import { applyPolicies, type CompiledProject, compileProject } from '../../engine/compile/project.ts';
import type { Project, Server, Service, Switches } from '../../engine/document/types.ts';
import { createHost } from '../../engine/host/host.ts';
import { noEngine } from '../../engine/host/no-engine.ts';
import { projectFace } from '../../engine/host/project.ts';
import type { Environment, Journal } from '../../engine/run/environment.ts';
import { type Given, type Outcome, startRun } from '../../engine/run/execute.ts';
import type { NodeAt, Observer } from '../../engine/run/observer.ts';
import type { Run } from '../../engine/run/run.ts';
import { nextTurn } from '../../engine/run/turn.ts';
import type { Told, World } from './interpreter-place.ts';

export const defaultLimits = { runMs: 10_000, steps: 20_000, callDepth: 32 };

/** The real outside world: a folder of its own, made when something is written, no requests anywhere, and no engine. */
const closedHost = (project: Project): Host => ({
  ...createHost({
    dataDir: join(tmpdir(), `sluice-flow-${randomUUID()}`),
    outgoing: { private: false, allow: [], deny: [] },
    port: 0,
  }),
  control: noEngine,
  project: projectFace(project),
  product: { name: 'Sluice', version: '0.0.0' },
});

export const projectOf = (servers: Server[], services: Service[] = []): Project => ({
  apis: new Map(),
  servers: new Map(servers.map((server) => [server.id, server])),
  services: new Map(services.map((service) => [service.id, service])),
  clients: new Map(),
});

/** A world with nothing in it but the given parts. */
export const worldOf = (parts: Pick<World, 'project' | 'library'> & Partial<World>): World => ({
  limits: defaultLimits,
  host: closedHost(parts.project),
  global: {},
  env: {},
  secrets: {},
  ...parts,
});

/** Collects what a run tells, in the form in which the interpreter tells it. */
class ToldList implements Observer {
  readonly told: Told[] = [];

  nodeBegan(_run: Run, node: NodeAt, input: unknown): void {
    this.told.push({ ...at(node), event: 'begin', data: input });
  }

  nodeEnded(_run: Run, node: NodeAt, _ms: number, output: unknown, failure: Outcome['failure']): void {
    this.told.push({
      ...at(node),
      event: 'end',
      data: output,
      ...(failure && { failure: `${failure.code} at ${failure.node}` }),
    });
  }

  said(_run: Run, node: NodeAt, level: string, label: string | undefined, value: unknown): void {
    this.told.push({ ...at(node), event: 'log', data: { level, label, value } });
  }
}

const at = ({ address, iteration, attempt }: NodeAt) => ({ node: address, iteration, attempt });

/** Knows which runs wait, and ends those whose time is over, as a worker does. */
export class WaitingRuns implements Journal {
  readonly runs = new Set<Run>();
  /** Addresses that waiting runs moved to. */
  readonly moves: string[] = [];
  private sweeper: NodeJS.Timeout | undefined;

  began(run: Run): void {
    run.journaled = true;
    this.runs.add(run);
    this.sweeper ??= setInterval(() => this.sweep(), 5);
  }

  moved(run: Run): void {
    this.moves.push(run.at);
  }

  ended(run: Run): void {
    run.journaled = false;
    this.runs.delete(run);
    if (this.runs.size > 0) return;
    clearInterval(this.sweeper);
    this.sweeper = undefined;
  }

  private sweep(): void {
    for (const run of this.runs) run.expire(performance.now());
  }
}

/** A compiled project and everything around its runs. */
export interface Stage {
  readonly compiled: CompiledProject;
  readonly environment: Environment;
  readonly told: Told[];
  readonly waiting: WaitingRuns;
  start(address: string, given?: Given): Outcome | Promise<Outcome>;
}

/** Compiles a world's project. With `log` every node tells its begin and end. */
export async function openStage(world: World, { log = false } = {}): Promise<Stage> {
  const { project, library, limits, host, global, env, secrets } = world;
  const compiled = await compileProject(project, library, null);
  const [fault] = compiled.broken.values();
  if (fault !== undefined) throw fault;
  const nodes = [...compiled.operations.values()].flatMap((operation) => operation.nodes);
  const switches: Switches = log ? Object.fromEntries(nodes.map((node) => [node, { log: true }])) : {};
  applyPolicies(compiled, {
    switches,
    settings: { level: 'debug', captureAll: false, captureErrors: false },
    now: Date.now(),
    uses: {},
  });
  const observer = new ToldList();
  const waiting = new WaitingRuns();
  const workflows = new DataWorkflows(library);
  const environment: Environment = {
    limits,
    host,
    observer,
    journal: waiting,
    captures: null,
    captureRules: { all: false, errors: false, slowMs: null },
    global,
    env,
    operation: (address) => compiled.operations.get(address),
    workflow: (source, performer) => workflows.compile(source, performer),
    secret: (name) => (Object.hasOwn(secrets, name) ? secrets[name] : undefined),
  };
  return {
    compiled,
    environment,
    told: observer.told,
    waiting,
    start(address, given = {}) {
      const operation = compiled.operations.get(address);
      if (operation === undefined) throw new Error(`There is no operation ${address}.`);
      return startRun(operation, environment, given, null);
    },
  };
}

/**
 * The outcome of a run that is over as soon as it is started, or null when it waits. It starts in a fresh turn of the
 * event loop, where nothing makes it give way; on a machine that stalls any run may have to, so it gets a few tries.
 */
export const runAtOnce = async (stage: Stage, address: string, given: Given = {}): Promise<Outcome | null> => {
  for (let tries = 0; tries < 5; tries += 1) {
    await nextTurn();
    const outcome = stage.start(address, given);
    if (!(outcome instanceof Promise)) return outcome;
    await outcome;
  }
  return null;
};

/** The same library, but every action waits for a turn of the microtask queue before it begins. */
export const late = (library: ReadonlyMap<string, ActionDefinition>): ReadonlyMap<string, ActionDefinition> =>
  new Map(
    [...library].map(([id, definition]) => [
      id,
      {
        ...definition,
        async run(input: never, context: never) {
          await Promise.resolve();
          return definition.run(input, context);
        },
      },
    ]),
  );
