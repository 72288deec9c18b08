/**
 * How the values of a field are compared. `word`: ids and enumerations, whole. `text`: for people, a part is enough.
 * `data`: any JSON, with paths into it.
 */
export type FieldForm = 'word' | 'text' | 'number' | 'time' | 'level' | 'address' | 'status' | 'data';

export interface Field {
  readonly form: FieldForm;
  /** All there are, where they are known. */
  readonly values?: readonly string[];
}

export type Fields = { readonly [name: string]: Field };

const word: Field = { form: 'word' };
const text: Field = { form: 'text' };
const number: Field = { form: 'number' };
const data: Field = { form: 'data' };
const address: Field = { form: 'address' };
const oneOf = (...values: string[]): Field => ({ form: 'word', values });

/** Fields that follow from others: from the address of the node. */
const derived: Fields = { server: word, service: word, client: word, operation: word, type: word };

const levelNames = ['debug', 'info', 'warning', 'error'];
const level: Field = { form: 'level', values: levelNames };

/** The keys of a log record, and what follows from them. */
export const recordFields: Fields = {
  id: word,
  time: { form: 'time' },
  level,
  kind: oneOf('application', 'usage', 'system', 'security', 'audit', 'performance'),
  event: word,
  node: address,
  run: word,
  trace: word,
  span: word,
  parent: word,
  version: word,
  iteration: number,
  attempt: number,
  label: text,
  value: data,
  input: data,
  output: data,
  error: data,
  ms: number,
  method: word,
  path: text,
  status: { form: 'status' },
  bytesIn: number,
  bytesOut: number,
  remote: word,
  user: word,
  worker: word,
  message: text,
  ...derived,
};

/** The keys of a run's head, and what follows from them. */
export const runFields: Fields = {
  id: word,
  node: address,
  ...derived,
  state: oneOf('running', 'succeeded', 'failed', 'cancelled', 'interrupted'),
  status: { form: 'status' },
  level,
  begin: { form: 'time' },
  ms: number,
  version: word,
  trigger: oneOf('request', 'call', 'simulation', 'replay', 'schedule', 'message', 'timer'),
  error: data,
  replayOf: word,
  parent: word,
  trace: word,
  worker: word,
  capture: data,
};

/** Other spellings, in lower case; those of Pydio Cells among them. */
const aliases: { readonly [alias: string]: string } = {
  ts: 'time',
  msg: 'message',
  logger: 'node',
  username: 'user',
  remoteaddress: 'remote',
  duration: 'ms',
};
const runAliases: { readonly [alias: string]: string } = { ...aliases, time: 'begin', ts: 'begin', run: 'id' };

/** The field of a name, whose case does not matter; undefined when there is none. */
export function fieldNamed(name: string, fields: Fields): { name: string; field: Field } | undefined {
  const lower = name.toLowerCase();
  const other = fields === runFields ? runAliases : aliases;
  const wanted = Object.hasOwn(other, lower) ? (other[lower] as string) : lower;
  const own = Object.keys(fields).find((key) => key.toLowerCase() === wanted.toLowerCase());
  return own === undefined ? undefined : { name: own, field: fields[own] as Field };
}

/** 0 debug … 3 error; -1 for what is no level. */
export const rankOfLevel = (name: unknown): number => levelNames.indexOf(String(name).toLowerCase());
