import type { FieldSchema, Fields, InputOf } from './fields.ts';

/** Values that may be there now or later. A chain of plain values runs without a single promise. */
export type Awaitable<T> = T | Promise<T>;

/** A failure with a permanent kebab-case code; the engine adds the address of the node. */
export class ActionFailure extends Error {
  override readonly name = 'ActionFailure';
  constructor(
    readonly code: string,
    message: string,
    readonly details?: unknown,
  ) {
    super(message);
  }
}

/** The fields of every outgoing HTTP request made by an action. */
export interface HostRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
  /** Milliseconds until the answer must be complete. */
  timeoutMs?: number;
  signal: AbortSignal;
}
export interface HostResponse {
  status: number;
  /** Lower-case names; repeated headers are joined by ", " (set-cookie by newline). */
  headers: Record<string, string>;
  body: Uint8Array;
}

/** The outside world as lent to actions. Every effect passes through here, so that it can be recorded and answered from a capture. */
export interface Host {
  /** Milliseconds since 1970 (UTC). */
  now(): number;
  /** A number in [0, 1). */
  random(): number;
  /** Sends a request after the outgoing guard allowed it. Fails with request-failed, request-forbidden or timeout. */
  request(request: HostRequest): Promise<HostResponse>;
  files: HostFiles;
}

/** Paths are relative to data/files; `logs/…` reads data/logs. Absolute paths inside those folders are accepted. Fails with file-access or file-failed. */
export interface HostFiles {
  read(path: string): Promise<Uint8Array>;
  write(path: string, content: string | Uint8Array): Promise<void>;
  append(path: string, content: string | Uint8Array): Promise<void>;
  list(path: string): Promise<{ name: string; directory: boolean; absolute: string }[]>;
  remove(path: string, recursive: boolean): Promise<void>;
  makeDirectory(path: string): Promise<void>;
}

/** What an action may use besides its input. Only actions whose `run` takes a second parameter get one. */
export interface ActionContext {
  /** Aborted when the run is cancelled, times out or its process is told to end. */
  readonly signal: AbortSignal;
  readonly host: Host;
  /** Writes an application record at this node. */
  log(level: 'debug' | 'info' | 'warning' | 'error', label: string | undefined, value: unknown): void;
  /** Runs `service/<id>/<operation>` as a child run and gives its output. */
  call(address: string, input: unknown): Awaitable<unknown>;
  /** Resolves after the given milliseconds; rejects when the run is cancelled. */
  sleep(ms: number): Promise<void>;
  /** Ends the enclosing workflow with this value (scope/break). What the action returns is ignored then. */
  break(value: unknown): void;
}

/** An input that is evaluated only when, and as often as, the action asks. `locals` become scopes inside it. */
export type Lazy = (locals?: Record<string, unknown>) => Awaitable<unknown>;

export interface Example {
  /** Input values as the action gets them; lazy fields are given as their plain values. */
  given: Record<string, unknown>;
  gives?: unknown;
  /** The failure code it ends with. */
  fails?: string;
  /** Why it is so, where the example alone does not say. */
  note?: string;
}

export interface ActionDefinition {
  /** `<category>/<name>`, also the path of its file. */
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** What the summary leaves out: edge cases, standards, decisions. Markdown. */
  readonly documentation?: string;
  readonly fields: Fields;
  /** Schema of the result; null for an action that has none (its default output location is then nothing). */
  readonly output: FieldSchema | null;
  readonly examples: readonly Example[];
  // The engine calls every action through this one shape; defineAction checks the real types.
  run(input: never, context: ActionContext): unknown;
}

type Definition<F extends Fields> = Omit<ActionDefinition, 'fields' | 'run'> & {
  readonly fields: F;
  run(input: InputOf<F>, context: ActionContext): unknown;
};

/** Declares one action. The result is the plain object itself: no registration, no side effect. */
export const defineAction = <const F extends Fields>(definition: Definition<F>): ActionDefinition => definition;
