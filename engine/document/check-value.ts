import { parseAddress } from './address.ts';
import type { CheckContext, FieldShape } from './check-context.ts';
import { reportProblem } from './check-fields.ts';
import { arity, comparisons, expressionKind, expressionKinds, type Operator, operators } from './expression.ts';
import { alternatives, found, quote } from './found.ts';
import { didYouMean, nearest } from './nearest.ts';
import type { Place } from './place.ts';
import { eachItem, isObject, type JsonObject } from './shape.ts';

/** Where the actions met so far are, by id. */
export type ActionPlaces = Map<string, Place>;

/** What surrounds a value. */
export interface Surroundings {
  readonly context: CheckContext;
  /** The actions of this operation so far. */
  readonly ids: ActionPlaces;
  /** Names of the enclosing iterations' scopes; undefined when one of them is computed. */
  readonly scopes: ReadonlySet<string> | undefined;
  /** Nested workflows around this place. */
  readonly depth: number;
  /** Checks the workflow of a `$do`. */
  checkNested(workflow: unknown, place: Place, around: Surroundings): void;
}

/** Scopes that a workflow may read but not write. */
const readOnlyScopes = ['request', 'input', 'received', 'global', 'env', 'run', 'error'];
const knownScopes = ['variables', ...readOnlyScopes];

/** Checks the expressions anywhere in a value. */
export function checkValue(value: unknown, place: Place, around: Surroundings): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    eachItem(value, place, (item, at) => checkValue(item, at, around));
    return;
  }
  const object = value as JsonObject;
  const kind = expressionKind(object);
  switch (kind) {
    case '$literal':
    case '$secret':
      break;
    case '$jsonata':
      reportProblem(around.context.jsonata?.(object.$jsonata as string), place.at(kind), 'JSONata expression');
      break;
    case '$template':
      reportProblem(around.context.template?.(object.$template as string), place.at(kind), 'template');
      break;
    case '$ref':
      checkReference(object.$ref as unknown[], place.at(kind), around);
      break;
    case '$op':
      checkOperator(object.$op as string, object.of as unknown[], place, around);
      break;
    case '$do':
      around.checkNested(object.$do, place.at(kind), around);
      break;
    default:
      warnOfLookalike(object, place);
      for (const key of Object.keys(object)) checkValue(object[key], place.at(key), around);
  }
}

function checkReference(path: unknown[], place: Place, around: Surroundings): void {
  const [scope] = path;
  if (typeof scope === 'string' && around.scopes?.has(scope) === false && !knownScopes.includes(scope)) {
    const near = nearest(scope, [...knownScopes, ...around.scopes]);
    if (near !== undefined) place.at(0).warning(`There may be no scope ${quote(scope)} here. Did you mean "${near}"?`);
  }
  eachItem(path, place, (part, at) => checkValue(part, at, around));
}

function checkOperator(name: string, operands: unknown[], place: Place, around: Surroundings): void {
  if ((operators as readonly string[]).includes(name)) {
    const { least, most } = arity(name as Operator);
    if (operands.length < least || operands.length > most) {
      const isComparison = (comparisons as readonly string[]).includes(name);
      const allowed = isComparison ? 'two values' : name === 'not' ? 'one value' : 'at least one value';
      place.at('of').error(`"${name}" takes ${allowed}, found ${found(operands)}.`);
    }
  } else {
    const remedy = didYouMean(name, operators);
    place.at('$op').error(`There is no operator ${quote(name)}. Allowed are ${alternatives(operators)}.${remedy}`);
  }
  eachItem(operands, place.at('of'), (operand, at) => checkValue(operand, at, around));
}

// An expression with a slip in it is a literal, and the slip shows only as odd data when it runs.
function warnOfLookalike(object: JsonObject, place: Place): void {
  const kind = expressionKinds.find((key) => Object.hasOwn(object, key));
  if (kind === undefined) return;
  const isSchemaReference = kind === '$ref' && typeof object.$ref === 'string';
  if (isSchemaReference) return;
  const extra = Object.keys(object).filter((key) => key !== kind && !(kind === '$op' && key === 'of'));
  const reason = extra.length > 0 ? `it also has the key ${quote(extra[0] as string)}` : `found ${found(object[kind])}`;
  place.warning(
    `${place.name} has the key "${kind}" but is taken as data, since ${reason}. ${forms[kind]} Write {"$literal": …} around it if it is data.`,
  );
}

const forms = {
  $ref: 'A reference is {"$ref": [scope, key, …]}.',
  $jsonata: 'A JSONata expression is {"$jsonata": "…"}.',
  $template: 'A template is {"$template": "…"}.',
  $op: 'A comparison is {"$op": "equal", "of": [a, b]}.',
  $do: 'Steps are {"$do": {"actions": […], "output": …}}.',
  $secret: 'A secret is {"$secret": "name"}.',
  $literal: 'Data taken as it is stands alone in {"$literal": …}.',
} as const;

/** Checks where an action's result goes: a scope that can be written, and keys in it. */
export function checkOutputPath(path: unknown, place: Place, around: Surroundings): void {
  if (path === null) return;
  const allowed = 'null, or a path such as ["variables", "output"]';
  if (!Array.isArray(path) || path.length === 0) {
    place.expected(allowed, path);
    return;
  }
  const [scope] = path as unknown[];
  const writable = ['variables', ...(around.scopes ?? [])];
  if (typeof scope !== 'string')
    place.at(0).error(`An output path must start with the name of a scope, found ${found(scope)}.`);
  else if (readOnlyScopes.includes(scope) || scope === '__proto__') {
    place.at(0).error(`The scope ${quote(scope)} cannot be written. Allowed are ${writableInWords(around)}.`);
  } else if (around.scopes !== undefined && !writable.includes(scope)) {
    const remedy = didYouMean(scope, writable);
    place
      .at(0)
      .error(`There is no scope ${quote(scope)} to write to here. Allowed are ${writableInWords(around)}.${remedy}`);
  } else if (scope === 'variables' && path.length === 1) {
    place.error('An output path in "variables" must name a variable, found only the scope.');
  }
  for (const [index, part] of (path as unknown[]).entries()) {
    if (index === 0) continue;
    const at = place.at(index);
    if (part === '__proto__') at.error('An output path must not hold "__proto__". Choose another name.');
    else if (expressionKind(part) !== undefined) checkValue(part, at, around);
    else if (typeof part !== 'string' && !Number.isSafeInteger(part)) {
      at.error(`A part of an output path must be a text, a whole number or an expression, found ${found(part)}.`);
    }
  }
}

const writableInWords = (around: Surroundings): string =>
  around.scopes?.size
    ? alternatives(['"variables"', ...[...around.scopes].map(quote)])
    : '"variables" and scopes of enclosing iterations';

/** Warns where the fields of a known action are not what it takes; such an action fails when it is reached. */
export function checkInput(
  input: JsonObject,
  fields: { readonly [name: string]: FieldShape } | undefined,
  what: string,
  place: Place,
  around: Surroundings,
): void {
  for (const name of Object.keys(input)) {
    const field = fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
    const at = place.at(name);
    if (fields !== undefined && field === undefined) {
      const near = nearest(name, Object.keys(fields));
      const names = Object.keys(fields);
      const allowed = names.length === 0 ? 'It takes none.' : `It takes ${alternatives(names)}.`;
      at.warning(`${what} has no field ${quote(name)}. ${near === undefined ? allowed : `Did you mean "${near}"?`}`);
    }
    if (field?.verbatim) continue;
    const value = input[name];
    if (field?.rows !== undefined && Array.isArray(value)) {
      const { rows } = field;
      eachItem(value, at, (row, rowAt) => {
        if (isObject(row) && expressionKind(row) === undefined)
          checkInput(row, rows, `A row of "${name}"`, rowAt, around);
        else checkValue(row, rowAt, around);
      });
      continue;
    }
    checkValue(value, at, around);
    if (field !== undefined) warnOfLiteral(value, field, what, at);
  }
  for (const [name, field] of Object.entries(fields ?? {})) {
    if (!field.optional && !Object.hasOwn(input, name))
      place.warning(`${what} needs the field ${quote(name)}, found nothing.`);
  }
}

function warnOfLiteral(value: unknown, field: FieldShape, what: string, place: Place): void {
  if (field.lazy || hasExpression(value) || (value === null && field.optional)) return;
  const allowed = field.check?.(value);
  if (allowed !== undefined) {
    place.warning(`${what} fails with this value: ${place.name} must be ${allowed}, found ${found(value)}.`);
    return;
  }
  if ((field.refers !== 'service' && field.refers !== 'client') || typeof value !== 'string') return;
  const address = parseAddress(value);
  const fits = address?.kind === field.refers && (field.refers === 'client' || address.operation !== undefined);
  const form = field.refers === 'service' ? '"service/<id>/<operation>"' : '"client/<id>"';
  if (!fits)
    place.warning(`${what} fails with this value: ${place.name} must be an address ${form}, found ${found(value)}.`);
}

const hasExpression = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  return expressionKind(value) !== undefined || Object.values(value).some(hasExpression);
};
