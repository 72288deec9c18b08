import type { Host } from '../../actions/kit/define.ts';
import type { Performer } from '../compile/data-workflow.ts';
import type { CompiledOperation } from '../compile/operation.ts';
import type { RunFailure } from './failure.ts';
import type { Observer } from './observer.ts';
import type { Run } from './run.ts';
import type { Room, SpanRecorder } from './spans.ts';

/** Limits of one root run and what it calls (settings limits.*). */
export interface RunLimits {
  /** Milliseconds. */
  runMs: number;
  steps: number;
  callDepth: number;
}

/** Tells the control process which runs are under way, so that it can record them as interrupted if this process dies. */
export interface Journal {
  /** The run waits for the first time. */
  began(run: Run): void;
  /** A waiting run reached another node. */
  moved(run: Run): void;
  ended(run: Run): void;
}

/** Keeps what runs did. While it is there, every run of an operation that asks for it is recorded. */
export interface Captures {
  /** Memory for the values of runs that go on. */
  readonly room: Room;
  /** The run is over and was recorded; `run.captured` says whether it is to be stored. Answered runs come after their answer. */
  take(run: Run, recorder: SpanRecorder, end: RunEnd): void;
}

/** How a run ended, as its head tells it. */
export interface RunEnd {
  /** Milliseconds. */
  ms: number;
  failure: RunFailure | null;
  /** HTTP status; null for none. */
  status: number | null;
}

/** When a run is stored although no switch asks for it. */
export interface CaptureRules {
  readonly all: boolean;
  readonly errors: boolean;
  /** Milliseconds from which a run counts as slow; null for never. */
  readonly slowMs: number | null;
}

/** Everything around a run: the version of the project it belongs to, limits, the outside world, and who watches. */
export interface Environment {
  readonly limits: RunLimits;
  readonly host: Host;
  readonly observer: Observer;
  readonly journal: Journal;
  /** null where nothing can be stored. */
  readonly captures: Captures | null;
  readonly captureRules: CaptureRules;
  /** The project's variables, read as the scope `global`. */
  readonly global: Readonly<Record<string, unknown>>;
  /** The environment variables that env.expose allows. */
  readonly env: Readonly<Record<string, string>>;
  /** Finds an active operation of this version of the project by its address. */
  operation(address: string): CompiledOperation | undefined;
  /** Compiles a workflow that comes as data, for the node that performs it. Fails with document-invalid. */
  workflow(source: unknown, performer: Performer): CompiledOperation;
  /** The value of a stored secret; undefined if there is none of that name. */
  secret(name: string): string | undefined;
}
