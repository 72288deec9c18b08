import { createStore } from 'zustand/vanilla';
import type { Json, Operation, Simulation } from '../../engine/document/types.ts';
import { tabStore } from './browser-store.ts';
import type { OperationSession } from './operation-session.ts';
import type { ShownRun } from './shown-run.ts';

/** A step that acts on the outside world, as the question before the first simulation lists it. */
export interface OutsideQuestion {
  ids: readonly string[];
  answer(goOn: boolean): void;
}

export interface RunDeskState {
  /** Id of the simulation that is chosen; null for the input that is not stored. */
  chosen: string | null;
  /** An input that is not stored. */
  scratch: Json;
  /** The simulation that runs now. */
  running: Running | null;
  /** How many of all are done, while all are run. */
  progress: { done: number; of: number } | null;
  /** The last run of each simulation by its id; of the input that is not stored by the empty text. */
  results: ReadonlyMap<string, ShownRun>;
  /** What the last answer warned of. */
  warnings: readonly string[];
  asking: OutsideQuestion | null;
}

export interface Running {
  /** Milliseconds since 1970. */
  since: number;
  /** Stops waiting for it. */
  cancel(): void;
}

export type RunDesk = ReturnType<typeof newDesk>;

const newDesk = (scratch: Json) =>
  createStore<RunDeskState>(() => ({
    chosen: null,
    scratch,
    running: null,
    progress: null,
    results: new Map(),
    warnings: [],
    asking: null,
  }));

const desks = new WeakMap<OperationSession, RunDesk>();

/** What is simulated with an operation, for as long as it is on screen. */
export function runDeskOf(session: OperationSession): RunDesk {
  const known = desks.get(session);
  if (known !== undefined) return known;
  const key = `sluice.scratch ${session.address}`;
  const made = newDesk(scratchIn(key));
  made.subscribe(({ scratch }, before) => {
    if (scratch !== before.scratch) tabStore.setItem(key, JSON.stringify(scratch));
  });
  desks.set(session, made);
  return made;
}

/** What was typed in this tab and is not stored with the operation. */
function scratchIn(key: string): Json {
  try {
    return JSON.parse(tabStore.getItem(key) ?? '{}') as Json;
  } catch {
    return {};
  }
}

/** The stored simulation that is chosen, the first one unless another is; undefined where none is stored. */
export const chosenSimulation = ({ simulations = [] }: Operation, chosen: string | null): Simulation | undefined =>
  simulations.find(({ id }) => id === chosen) ?? simulations[0];
