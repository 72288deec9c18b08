import type { Host, HostControl } from '../../actions/kit/define.ts';
import type { BoundedSwitches } from '../compile/bounded-switches.ts';
import type { Library } from '../compile/builder.ts';
import { DataWorkflows, type Performer } from '../compile/data-workflow.ts';
import type { CompiledOperation } from '../compile/operation.ts';
import { applyPolicies, type CompiledProject, compileProject } from '../compile/project.ts';
import type { Project, Switches } from '../document/types.ts';
import { exposedVariables } from '../host/environment.ts';
import type { OutsideWorld } from '../host/host.ts';
import { projectFace } from '../host/project.ts';
import type { CaptureRules, Captures, Environment, Journal, RunLimits } from '../run/environment.ts';
import type { Observer } from '../run/observer.ts';
import type { WorkerState } from '../wire/messages.ts';

/** What stays the same while versions of the project come and go. */
export interface Surroundings {
  readonly host: OutsideWorld;
  /** What the engine can be asked to do. */
  readonly control: HostControl;
  readonly observer: Observer;
  readonly journal: Journal;
  readonly switches?: BoundedSwitches;
  /** Left out where nothing can be stored. */
  readonly captures?: Captures;
}

/** One version of the project in force. Runs keep the one they began with. */
export class LiveProject implements Environment {
  readonly host: Host;
  readonly observer: Observer;
  readonly journal: Journal;
  readonly captures: Captures | null;
  readonly captureRules: CaptureRules;
  readonly limits: RunLimits;
  readonly global: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly quarantined: ReadonlySet<string>;
  private readonly secrets: ReadonlyMap<string, string>;
  private readonly workflows: DataWorkflows;

  constructor(
    readonly compiled: CompiledProject,
    readonly state: WorkerState,
    surroundings: Surroundings,
    library: Library,
  ) {
    this.workflows = new DataWorkflows(library);
    const { host, control } = surroundings;
    this.host = {
      ...host,
      control,
      project: projectFace(compiled.documents),
      product: { name: 'Sluice', version: state.version },
    };
    this.observer = surroundings.observer;
    this.journal = surroundings.journal;
    this.captures = surroundings.captures ?? null;
    const { captureAll, captureErrors, captureSlowMs } = state.settings.logs;
    this.captureRules = { all: captureAll, errors: captureErrors, slowMs: captureSlowMs ?? null };
    this.limits = state.settings.limits;
    this.global = Object.freeze(state.global);
    this.env = exposedVariables(process.env, state.settings.env.expose);
    this.secrets = new Map(Object.entries(state.secrets));
    this.quarantined = new Set(state.quarantined);
  }

  operation(address: string): CompiledOperation | undefined {
    return this.quarantined.has(address) ? undefined : this.compiled.operations.get(address);
  }

  workflow(source: unknown, performer: Performer): CompiledOperation {
    return this.workflows.compile(source, performer);
  }

  secret(name: string): string | undefined {
    return this.secrets.get(name);
  }
}

const byId = <T extends { id: string }>(documents: T[]): Map<string, T> =>
  new Map(documents.map((document) => [document.id, document]));

const projectOf = ({ documents }: WorkerState): Project => ({
  apis: byId(documents.apis),
  servers: byId(documents.servers),
  services: byId(documents.services),
  clients: byId(documents.clients),
});

/** Compiles a state. What did not change is taken over from the version before. */
export async function bringToLife(
  state: WorkerState,
  library: Library,
  before: LiveProject | null,
  surroundings: Surroundings,
  rehearsed: CompiledProject | null = null,
): Promise<LiveProject> {
  const compiled = await compileProject(projectOf(state), library, before?.compiled ?? null, rehearsed);
  const live = new LiveProject(compiled, state, surroundings, library);
  refreshPolicies(live, surroundings.switches);
  return live;
}

/** Compiles a state without anything coming of it, but that what was compiled may be taken over when it is put in force. */
export const rehearse = (state: WorkerState, library: Library, before: LiveProject | null): Promise<CompiledProject> =>
  compileProject(projectOf(state), library, before?.compiled ?? null);

/** Puts the switches as they are now in force at every node. */
export function refreshPolicies(live: LiveProject, bounded?: BoundedSwitches): void {
  const { settings, switches, uses } = live.state;
  applyPolicies(live.compiled, { switches, settings: settings.logs, now: Date.now(), uses }, bounded);
}

/** Milliseconds since 1970 at which the next bounded switch ends by itself; undefined if none does. */
export function nextExpiry(switches: Switches, documents: unknown, now: number): number | undefined {
  const times: number[] = [];
  const collect = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const { on, until } = part as { on?: unknown; until?: unknown };
    if (typeof on === 'boolean' && typeof until === 'string') times.push(Date.parse(until));
    for (const value of Object.values(part)) collect(value);
  };
  collect(switches);
  collect(documents);
  const ahead = times.filter((time) => time > now);
  return ahead.length === 0 ? undefined : Math.min(...ahead);
}
