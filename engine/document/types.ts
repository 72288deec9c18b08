/**
 * The project's documents, as they lie on disk and travel over the control API.
 * Pure: the editor imports these types too.
 */

/** Any JSON value. Values that flow through a run may also be Buffers and Dates. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What fills an input field: a literal, or an expression anywhere inside it (see expression.ts). */
export type Value = Json;

export type Level = 'debug' | 'info' | 'warning' | 'error';

/** A path of a scope and keys; integers index arrays, parts may be expressions. */
export type Path = (string | number | Json)[];

/** A log or capture switch: on, off, or on within bounds. */
export type Switch =
  | boolean
  | { on: boolean; until?: string; times?: number; sample?: number; when?: string; errorsOnly?: boolean };

export interface Workflow {
  actions: Action[];
  /** The output mapping. Left out, a nested workflow gives the result of its last action. */
  output?: Value;
}

export interface Action {
  id: string;
  action: string;
  title?: string;
  description?: string;
  enabled?: boolean;
  log?: Switch;
  capture?: Switch;
  logLevel?: Level;
  mock?: { enabled: boolean; value: Json };
  timeoutMs?: number;
  retry?: { attempts: number; backoffMs?: number };
  input?: { [field: string]: Value };
  output?: Path | null;
}

export interface Simulation {
  id: string;
  title?: string;
  input: Json;
  expected?: Json;
  ignore?: Json[];
}

interface Switched {
  title?: string;
  description?: string;
  active?: boolean;
  log?: Switch;
  capture?: Switch;
  logLevel?: Level;
}

interface OperationBase extends Switched {
  id: string;
  timeoutMs?: number;
  security?: Json;
  onError?: Workflow;
  workflow: Workflow;
  simulations?: Simulation[];
}

export interface HttpOperation extends OperationBase {
  method: string;
  path: string;
}
export interface ScheduleOperation extends OperationBase {
  cron: string;
}
export interface ServiceOperation extends OperationBase {
  /** JSON Schemas; never searched for expressions. */
  input?: Json;
  output?: Json;
}
export interface ClientOperation extends OperationBase {
  topic: string;
}
export type Operation = HttpOperation | ScheduleOperation | ServiceOperation | ClientOperation;

interface ResourceBase extends Switched {
  schema?: 1;
  id: string;
  onError?: Workflow;
}

export interface Cors {
  origins: string[];
  methods?: string[];
  headers?: string[];
  exposed?: string[];
  credentials?: boolean;
  maxAgeSeconds?: number;
}

/** PEM text, the path of a PEM file (relative to the data folder), or {"$secret": name}. */
export interface Tls {
  cert: string | { $secret: string };
  key: string | { $secret: string };
}

export interface Server extends ResourceBase {
  type: string;
  port?: number;
  host?: string;
  api?: string;
  cors?: boolean | Cors;
  tls?: Tls;
  security?: Json;
  rateLimit?: Json;
  operations: Operation[];
}
export interface Service extends ResourceBase {
  operations: ServiceOperation[];
}
export interface Client extends ResourceBase {
  type: string;
  settings?: { [key: string]: Json };
  operations?: ClientOperation[];
}
export interface Api {
  schema?: 1;
  id: string;
  title?: string;
  description?: string;
  openapi: { [key: string]: Json };
}

export type ResourceKind = 'api' | 'server' | 'service' | 'client';
export type Resource = Api | Server | Service | Client;

/** All live documents of one installation, by id. */
export interface Project {
  apis: Map<string, Api>;
  servers: Map<string, Server>;
  services: Map<string, Service>;
  clients: Map<string, Client>;
}

/** Switches set while running (data/switches.json), by address. */
export type Switches = { [address: string]: { log?: Switch; capture?: Switch; logLevel?: Level } };

/** One thing wrong with a document. `pointer` is RFC 6901. */
export interface Fault {
  file: string;
  pointer: string;
  /** What is wrong, what was found and what is allowed, as one sentence. */
  message: string;
  severity: 'error' | 'warning';
  /** Where the text of the file stops being JSON, from 1; absent where a pointer says more. */
  line?: number;
  column?: number;
}
