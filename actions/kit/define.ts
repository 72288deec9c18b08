import type { FieldSchema, Fields, InputOf, Plain } from './fields.ts';

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
  /** How many redirects are followed, at most and by default 5. With 0 a redirect is an answer like any other. */
  redirects?: number;
  /** Bytes of the answer's body after its content-encoding was undone. The host has a bound of its own as well. */
  maxBytes?: number;
  /** `http://user:password@host:port` or https. The guard applies to it as well as to what lies behind it. */
  proxy?: string;
  tls?: HostTls;
  /** What a jar holds: each goes only where it belongs, at every hop. */
  cookies?: readonly HostCookie[];
  /** Where the body of a 2xx answer goes instead of memory: a path as HostFiles takes it. Fails with file-access or file-failed. */
  saveTo?: string;
  signal: AbortSignal;
}

/** PEM texts. Certificate and key are shown only to the origin that was asked first. */
export interface HostTls {
  certificate?: string;
  key?: string;
  passphrase?: string;
  /** Authorities that are trusted besides the usual ones. */
  ca?: string;
  /** The name that the certificate of the first origin must be for, where it is not the host's. */
  serverName?: string;
}

export interface HostCookie {
  name: string;
  value: string;
  domain: string;
  path: string;
  /** Does it go to this very host only, and not to those below it? */
  hostOnly: boolean;
  secure: boolean;
  httpOnly: boolean;
  /** RFC 3339; null for as long as the jar is kept. */
  expires: string | null;
}

export interface HostResponse {
  status: number;
  /** Lower-case names; repeated headers are joined by ", " (set-cookie by newline). */
  headers: Record<string, string>;
  /** Empty when it was saved to a file. */
  body: Uint8Array;
  saved?: { file: string; bytes: number };
  /** The jar as this answer, and the redirects before it, left it; only where the request has one. */
  cookies?: readonly HostCookie[];
}

/** The outside world as lent to actions. Every effect passes through here, so that it can be recorded and answered from a capture. */
export interface Host {
  /** Milliseconds since 1970 (UTC). */
  now(): number;
  /** Milliseconds of a clock that never goes back, from an arbitrary beginning. */
  monotonic(): number;
  /** A number in [0, 1). Not for secrets. */
  random(): number;
  /** Bytes that nobody can foretell. */
  randomBytes(count: number): Uint8Array;
  /** An environment variable that the setting env.expose shows; undefined for any other. */
  environment(name: string): string | undefined;
  /** Sends a request after the outgoing guard allowed it. Fails with request-failed, request-forbidden, timeout, too-large or input-invalid. */
  request(request: HostRequest): Promise<HostResponse>;
  /** Sends one UDP datagram after the outgoing guard allowed its target. Fails with request-failed or request-forbidden. */
  datagram(target: { host: string; port: number }, payload: Uint8Array): Promise<void>;
  /** Runs a command line. Fails with command-forbidden while the settings do not allow it, command-failed, too-large or timeout. */
  command(line: string, options: HostCommand): Promise<HostCommandResult>;
  files: HostFiles;
  memory: HostMemory;
  project: HostProject;
  control: HostControl;
  readonly product: { readonly name: string; readonly version: string };
}

export interface HostCommand {
  /** Address of the action that asks, for the audit trail: `context.node`. */
  by: string;
  /** Milliseconds until the command must have ended. */
  timeoutMs?: number | undefined;
  signal: AbortSignal;
}

export interface HostCommandResult {
  /** Exit status; null when a signal ended it. */
  status: number | null;
  stdout: Uint8Array;
  stderr: Uint8Array;
}

/**
 * What all runs of this process share. It is gone when the process ends, is bounded in bytes and number, and what was not used for
 * the longest time goes first.
 */
export interface HostMemory {
  /** The value under a key of a table; undefined when there is none or its time is over. */
  get(table: string, key: string): unknown;
  /** Keeps a value, for so many milliseconds if given. Fails with memory-full when it alone is larger than all there is room for. */
  set(table: string, key: string, value: unknown, ttlMs?: number): void;
  /** Whether there was one. */
  delete(table: string, key: string): boolean;
  /** The state that all executions of one kind share by key, such as a circuit breaker's; made when it is first asked for. */
  shared<T extends object>(kind: string, key: string, make: () => T): T;
  /**
   * Marks a key of a kind for so many milliseconds; whether it was not marked. The last 100,000 marks are kept, whatever becomes of
   * values and states.
   */
  mark(kind: string, key: string, ttlMs: number): boolean;
}

export type ResourceName = 'api' | 'server' | 'service' | 'client';

/** The project as it was deployed when the run began. Documents are data like any other: not to be changed. */
export interface HostProject {
  list(kind: ResourceName): readonly Plain[];
  find(kind: ResourceName, id: string): Plain | undefined;
}

/**
 * What the engine itself can be asked to do. `by` is the address of the action that asks, `context.node`: the audit trail names it.
 * Everything here fails with engine-unavailable where no engine runs (`sluice run`), it is stopping, or does not answer in time.
 */
export interface HostControl {
  /** Starts a server, and resolves when it listens. Fails with server-unknown or server-failed. */
  startServer(id: string, by: string): Promise<HostServer>;
  /** Requests under way are answered. Fails with server-unknown or server-failed. */
  stopServer(id: string, by: string): Promise<HostServer>;
  /** Makes a timer, or replaces the one of that id. It lasts as long as the engine runs. Fails with timer-invalid. */
  setTimer(timer: HostTimer, by: string): Promise<HostTimer>;
  /** Changes what is given of a timer. Fails with timer-unknown or timer-invalid. */
  changeTimer(id: string, change: Partial<Omit<HostTimer, 'id'>>, by: string): Promise<HostTimer>;
  timers(): Promise<readonly HostTimer[]>;
  /** Whether there was one. */
  deleteTimer(id: string, by: string): Promise<boolean>;
}

export interface HostServer {
  id: string;
  state: 'listening' | 'stopped';
  host: string;
  /** The port it has, or wants. */
  port: number;
}

/** Runs a service operation again and again, in one worker at a time. */
export interface HostTimer {
  id: string;
  /** Milliseconds between the beginnings of two runs. */
  intervalMs: number;
  /** Address of the service operation, and its input. */
  operation: string;
  input: unknown;
  running: boolean;
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
  /** Address of the action. */
  readonly node: string;
  /** Aborted when the run is cancelled, times out or its process is told to end, and when the branch around is cancelled. */
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
  /** A branch for steps that run beside others: see Branch. */
  branch(): Branch;
  /** Checks a workflow that comes as data, `{actions, output}`, and runs it as a child run with this input. Fails with document-invalid. */
  perform(workflow: unknown, input: unknown): Promise<unknown>;
  /** The value of a JSONata expression over some data. Fails with expression-invalid, expression-failed or expression-limit. */
  evaluate(expression: string, data: unknown): Awaitable<unknown>;
}

/**
 * Handed to a Lazy, it gives the steps a copy of the variables, the same one each time, and makes them stop alone: after `cancel` no
 * step begins, what they wait for hears of it through its signal, and they fail with the given reason, which they can catch. Nobody
 * has to wait for steps of a branch: their failure is never one that nobody heard of.
 */
export interface Branch {
  cancel(reason: ActionFailure): void;
}

/** An input that is evaluated only when, and as often as, the action asks. `locals` become scopes inside it. */
export type Lazy = (locals?: Record<string, unknown>, branch?: Branch) => Awaitable<unknown>;

export interface Example {
  /** Input values as the action gets them; lazy fields as the value that their steps give, or as steps in the form of documents. */
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
  /** Other names that people look for it by: sorted, in lower case, and none that id, title or summary has already. */
  readonly keywords?: readonly string[];
  /** What the summary leaves out: edge cases, standards, decisions. Markdown, a paragraph or more. */
  readonly documentation?: string;
  readonly fields: Fields;
  /** Schema of the result; null for an action that has none (its default output location is then nothing). */
  readonly output: FieldSchema | null;
  /** When it fails, by code. `input-invalid` goes without saying. */
  readonly failures?: { readonly [code: string]: string };
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
