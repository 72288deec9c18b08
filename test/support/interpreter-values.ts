import jsonata from 'jsonata';
import { isEqual, isTruthy } from '../../actions/kit/index.ts';
import type { Json, Workflow } from '../../engine/document/types.ts';
import { Failure } from './interpreter-failure.ts';

type Data = { [key: string]: unknown };

/** One scope. Nested workflows share it, so what one of them writes is there for the others. */
export interface Cell {
  data: unknown;
}

/** What a value is evaluated with. */
export interface Around {
  /** By name; a scope that this kind of run does not have is left out. */
  readonly scopes: ReadonlyMap<string, Cell>;
  secret(name: string): string | undefined;
  /** Runs a nested workflow in these surroundings. */
  nested(workflow: Workflow): Promise<unknown>;
}

const has = (value: unknown, ...keys: string[]): value is Data =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length === keys.length &&
  keys.every((key) => Object.hasOwn(value, key));

const isExpression = (value: unknown): boolean =>
  has(value, '$literal') ||
  (has(value, '$ref') && isPath(value.$ref)) ||
  (has(value, '$jsonata') && typeof value.$jsonata === 'string') ||
  (has(value, '$template') && typeof value.$template === 'string') ||
  (has(value, '$secret') && typeof value.$secret === 'string') ||
  (has(value, '$op', 'of') && typeof value.$op === 'string' && Array.isArray(value.of)) ||
  (has(value, '$do') && isWorkflow(value.$do));

const isPath = (path: unknown): path is Json[] =>
  Array.isArray(path) &&
  path.length > 0 &&
  path.every((part, index) => typeof part === 'string' || (index > 0 && Number.isInteger(part)) || isExpression(part));

const isWorkflow = (value: unknown): boolean =>
  (has(value, 'actions') || has(value, 'actions', 'output')) && Array.isArray(value.actions);

/** Whether an object of a document stands for itself. */
export const isLiteral = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isExpression(value);

/** Evaluates any value of a document: everything inside it in order, one after the other. */
export async function evaluate(value: Json, around: Around): Promise<unknown> {
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) items.push(await evaluate(item, around));
    return items;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (isExpression(value)) return express(value, around);
  const object: Data = {};
  for (const key of Object.keys(value)) define(object, key, await evaluate(value[key] as Json, around));
  return object;
}

async function express(value: { [key: string]: Json }, around: Around): Promise<unknown> {
  const [kind] = Object.keys(value).filter((key) => key !== 'of');
  switch (kind) {
    case '$literal':
      return value.$literal;
    case '$ref': {
      const [scope, ...keys] = (await evaluate(value.$ref as Json, around)) as unknown[];
      let data = readScope(scope, around);
      for (const key of keys) data = member(data, key);
      return data;
    }
    case '$jsonata':
      return expression(value.$jsonata as string, around);
    case '$template':
      return template(value.$template as string, around);
    case '$op':
      return operate(value.$op as string, value.of as Json[], around);
    case '$secret': {
      const name = value.$secret as string;
      const secret = around.secret(name);
      if (secret === undefined) throw new Failure('secret-unknown', `There is no secret ${name}.`);
      return secret;
    }
    default:
      return around.nested(value.$do as unknown as Workflow);
  }
}

// The scope itself goes on changing; what was read stays what it was.
const readScope = (name: unknown, around: Around): unknown => {
  const data = around.scopes.get(String(name))?.data ?? null;
  return name === 'variables' ? { ...(data as Data) } : data;
};

/** One step of a path; missing is null. */
function member(data: unknown, key: unknown): unknown {
  if (Array.isArray(data)) return (Number.isInteger(key) ? data.at(key as number) : null) ?? null;
  const isName = typeof key === 'string' || typeof key === 'number';
  return typeof data === 'object' && data !== null && isName && Object.hasOwn(data, key)
    ? ((data as Data)[key] ?? null)
    : null;
}

async function expression(text: string, around: Around): Promise<unknown> {
  const data: Data = {};
  for (const [name, cell] of around.scopes) if (cell.data !== null) define(data, name, cell.data);
  return evaluateOver(text, data);
}

/** The value of a JSONata expression over some data. */
export async function evaluateOver(text: string, data: unknown): Promise<unknown> {
  try {
    return withoutFunctions(await jsonata(text).evaluate(data));
  } catch (thrown) {
    throw new Failure('expression-failed', (thrown as Error).message);
  }
}

/** What an expression gives as plain data: nothing and functions are null. */
function withoutFunctions(value: unknown): unknown {
  if (value === undefined || typeof value === 'function') return null;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutFunctions);
  if ('_jsonata_lambda' in value || '_jsonata_function' in value) return null;
  const copy: Data = {};
  for (const key of Object.keys(value)) define(copy, key, withoutFunctions((value as Data)[key]));
  return copy;
}

async function template(text: string, around: Around): Promise<string> {
  const start = text.indexOf('{{');
  if (start < 0) return text;
  const end = closing(text, start + 2);
  const found = await expression(text.slice(start + 2, end), around);
  const shown = typeof found === 'string' ? found : found === null ? '' : JSON.stringify(found);
  return text.slice(0, start) + shown + (await template(text.slice(end + 2), around));
}

// The first braces that leave an expression; those inside a text of the expression do not.
function closing(text: string, from: number): number {
  for (let end = text.indexOf('}}', from); end >= 0; end = text.indexOf('}}', end + 1)) {
    try {
      jsonata(text.slice(from, end));
      return end;
    } catch {}
  }
  throw new Error(`The template never closes its braces: ${text}`);
}

async function operate(name: string, of: Json[], around: Around): Promise<boolean> {
  if (name === 'and' || name === 'or') {
    for (const part of of) {
      if (isTruthy(await evaluate(part, around)) === (name === 'or')) return name === 'or';
    }
    return name === 'and';
  }
  const [a, b] = (await evaluate(of, around)) as unknown[];
  if (name === 'not') return !isTruthy(a);
  if (name === 'equal') return isEqual(a, b);
  if (name === 'not-equal') return !isEqual(a, b);
  // Only two numbers or two texts have an order.
  if (typeof a !== typeof b || (typeof a !== 'number' && typeof a !== 'string')) return false;
  const [x, y] = [a, b] as [number, number];
  switch (name) {
    case 'less-than':
      return x < y;
    case 'less-than-or-equal':
      return x <= y;
    case 'greater-than':
      return x > y;
    case 'greater-than-or-equal':
      return x >= y;
    default:
      throw new Error(`There is no operator ${name}.`);
  }
}

/** Puts `result` at the evaluated path of an action's output. */
export function store([scope, ...keys]: unknown[], result: unknown, around: Around): void {
  const cell = around.scopes.get(String(scope));
  const isReadOnly = ['request', 'input', 'received', 'global', 'env', 'run', 'error'].includes(String(scope));
  if (cell === undefined || isReadOnly || (scope === 'variables' && keys.length === 0)) {
    throw new Failure('reference-invalid', `The scope ${String(scope)} cannot be written here.`);
  }
  cell.data = replaced(cell.data, keys, result);
}

/** A copy of `data` in which the place at the path is `result`. */
function replaced(data: unknown, [key, ...rest]: unknown[], result: unknown): unknown {
  if (key === undefined) return result;
  const missing = data === null || data === undefined;
  if (Number.isInteger(key) && (missing || Array.isArray(data))) {
    const copy: unknown[] = missing ? [] : [...(data as unknown[])];
    const index = (key as number) < 0 ? copy.length + (key as number) : (key as number);
    if (index < 0 || index >= 1_000_000)
      throw new Failure('reference-invalid', `There is no place ${String(key)} in an array.`);
    while (copy.length <= index) copy.push(null);
    copy[index] = replaced(copy[index], rest, result);
    return copy;
  }
  if (
    (typeof key !== 'string' && typeof key !== 'number') ||
    (!missing && (typeof data !== 'object' || Array.isArray(data)))
  ) {
    throw new Failure('reference-invalid', 'The output path does not fit the data.');
  }
  const copy: Data = { ...(data as Data | null | undefined) };
  define(copy, String(key), replaced(Object.hasOwn(copy, key) ? copy[key] : null, rest, result));
  return copy;
}

/** Sets an own key whatever its name, `__proto__` included. */
const define = (object: Data, key: string, value: unknown): void => {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
};
