import type { ActionDefinition, ActionFailure, Branch, Host } from '../../actions/kit/index.ts';
import type { Project, Workflow } from '../../engine/document/types.ts';
import { Cut, Failure, type Limit } from './interpreter-failure.ts';
import type { Around, Cell } from './interpreter-values.ts';

/** What a run told on its way, in order: begin and end of every node, and what system/log said. */
export interface Told {
  event: 'begin' | 'end' | 'log';
  node: string;
  iteration?: number | undefined;
  /** Counted from 1, of an action that is tried again. */
  attempt?: number | undefined;
  /** Of begin: what went in. Of end: what came out. Of log: level, label and value. */
  data?: unknown;
  /** `code at node`, of the end of what failed. */
  failure?: string;
}

/** What surrounds a run: see the settings of the same names. */
export interface World {
  readonly project: Project;
  readonly library: ReadonlyMap<string, ActionDefinition>;
  readonly limits: { runMs: number; steps: number; callDepth: number };
  readonly host: Host;
  readonly global: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** The part of a run that its nested workflows and child runs share. */
export interface Root {
  stepsLeft: number;
  /** The node that took the last step. */
  at: string;
  readonly told: Told[];
}

/** Where a workflow stands: whose it is, what it sees and what it must not exceed. */
export interface Place {
  readonly world: World;
  readonly root: Root;
  /** Address of the operation. */
  readonly operation: string;
  readonly depth: number;
  readonly scopes: ReadonlyMap<string, Cell>;
  readonly limits: readonly (Limit | Cut)[];
  readonly iteration: number | undefined;
  /** Runs a workflow at a place. */
  readonly perform: (workflow: Workflow, place: Place) => Promise<unknown>;
}

/** The place inside an action's steps, with the scopes that the action adds. */
export function within(place: Place, locals: Record<string, unknown> = {}): Place {
  const scopes = new Map(place.scopes);
  let { iteration } = place;
  for (const [name, data] of Object.entries(locals)) {
    scopes.set(name, { data });
    const index = (data as { index?: unknown } | null)?.index;
    if (name !== 'error' && typeof index === 'number') iteration = index;
  }
  return { ...place, scopes, iteration };
}

/** A branch as actions see it: a place of its own with a copy of what can be written, which can be ended alone. */
export class PlainBranch implements Branch {
  private readonly cut = new Cut();
  private place: Place | undefined;

  cancel(reason: ActionFailure): void {
    this.cut.cancel(reason);
  }

  beside(place: Place): Place {
    const copies = [...place.scopes].map(([name, { data }]) => [name, { data }] as const);
    this.place ??= { ...place, scopes: new Map(copies), limits: [...place.limits, this.cut] };
    return this.place;
  }
}

export const around = (place: Place): Around => ({
  scopes: place.scopes,
  secret: (name) => (Object.hasOwn(place.world.secrets, name) ? place.world.secrets[name] : undefined),
  nested: (workflow) => place.perform(workflow, place),
});

/** Counts one step: each execution of an action, and each time an action asks for its steps. */
export function takeStep({ root, limits }: Place, address: string): void {
  for (const limit of limits) limit.check();
  root.at = address;
  root.stepsLeft -= 1;
  if (root.stepsLeft < 0) throw new Failure('step-limit', 'The run took too many steps.', address, true);
}

/** Waits, unless a limit is over before. */
export const sleep = (ms: number, limits: readonly (Limit | Cut)[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    for (const { signal } of limits) {
      const stop = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
    }
  });
