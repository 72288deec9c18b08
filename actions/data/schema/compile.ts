import type { ErrorObject, ValidateFunction } from 'ajv';
import { ActionFailure, type FieldSchema } from '../../kit/index.ts';
import { hadErrors, ManyErrors, mostSteps, refill, StepsUsedUp } from './budget.ts';
import { compileWith, type Draft } from './validators.ts';

export interface Fault {
  /** JSON Pointer to the value that does not fit. */
  path: string;
  message: string;
  keyword: string;
}

/** What does not fit, and nothing when all does. */
type Check = (data: unknown) => Fault[];

// What compiling takes grows faster than the schema.
const most = { values: 5_000, alternatives: 500, characters: 500_000, depth: 100, faults: 100 };

const refuse = (problem: string): never => {
  throw new ActionFailure('schema-invalid', `The schema ${problem}`);
};

/** Before it is compiled: what is too large for that, and what the generated code must not hold. */
const checkBounds = (schema: unknown): void => {
  let values = 0;
  let characters = 0;
  let alternatives = 0;
  const look = (part: unknown, depth: number): void => {
    values += 1;
    if (typeof part === 'string') characters += part.length;
    if (depth > most.depth) refuse(`is nested deeper than ${most.depth} levels, which is the most that is compiled`);
    if (values > most.values) refuse(`has more than ${most.values} values, which is the most that is compiled`);
    if (characters > most.characters) refuse(`has more than ${most.characters} characters, which is the most`);
    if (typeof part !== 'object' || part === null) return;
    for (const [key, member] of Object.entries(part)) {
      characters += key.length;
      // The validator writes it into a comment of the code.
      if (key === '$id' && typeof member === 'string' && member.includes('*')) refuse('has an $id with a "*" in it');
      if (key === '$async') refuse('has "$async"; only schemas that are checked at once can be used');
      if (Array.isArray(member) && (key === 'allOf' || key === 'anyOf' || key === 'oneOf')) {
        alternatives += member.length;
        if (alternatives > most.alternatives)
          refuse(`has more than ${most.alternatives} schemas in allOf, anyOf and oneOf`);
      }
      look(member, depth + 1);
    }
  };
  look(schema, 0);
};

const draftOf = (schema: FieldSchema): Draft =>
  String(Object(schema).$schema ?? '').includes('json-schema.org/draft-07/') ? 'draft-07' : '2020-12';

// Deep data or schemas end with the stack.
const isTooMuch = (thrown: unknown): boolean => thrown instanceof StepsUsedUp || thrown instanceof RangeError;

/** `bearErrors` lets through that there were too many of them. */
const attempt = <T>(work: () => T, bearErrors = false, steps = mostSteps): T => {
  refill(steps);
  try {
    return work();
  } catch (thrown) {
    if (isTooMuch(thrown) || (thrown instanceof ManyErrors && !bearErrors)) {
      throw new ActionFailure(
        'too-large',
        'Checking took more steps than are allowed; the schema refers to itself too often, or the data are too many for it',
      );
    }
    throw thrown;
  }
};

const compile = (schema: FieldSchema, allErrors: boolean): ValidateFunction =>
  attempt(() => {
    try {
      return compileWith(draftOf(schema), allErrors, schema);
    } catch (thrown) {
      if (isTooMuch(thrown)) throw thrown;
      const { message } = thrown as Error;
      return refuse(`cannot be used: ${message.length > 300 ? `${message.slice(0, 300)}…` : message}`);
    }
  });

/** Of an enumeration, as far as they are few and short. */
const allowedValues = ({ allowedValues, allowedValue }: ErrorObject['params']): string => {
  const values: readonly unknown[] = Array.isArray(allowedValues) ? allowedValues : [];
  const text =
    allowedValue === undefined ? values.map((value) => JSON.stringify(value)).join(', ') : JSON.stringify(allowedValue);
  return text === '' || text.length > 200 ? '' : `: ${text}`;
};

const faultOf = ({ instancePath, keyword, message, params }: ErrorObject): Fault => {
  // These are errors of the object, and tell of one of its members.
  const extra = params.additionalProperty ?? params.unevaluatedProperty;
  const member = typeof extra === 'string' ? `/${extra.replaceAll('~', '~0').replaceAll('/', '~1')}` : '';
  return {
    path: instancePath + member,
    message: member === '' ? `${message ?? 'does not fit'}${allowedValues(params)}` : 'must not be there',
    keyword,
  };
};

const openCheck = (schema: FieldSchema): Check => {
  checkBounds(schema);
  const validate = compile(schema, true);
  let untilFirst: ValidateFunction | undefined;
  const errorsOf = (data: unknown): readonly ErrorObject[] => {
    try {
      return attempt(() => (validate(data) ? [] : (validate.errors ?? [])), true);
    } catch (thrown) {
      // A check that ends with the first error takes less.
      if (!(thrown instanceof ManyErrors || (thrown instanceof ActionFailure && hadErrors()))) throw thrown;
      untilFirst ??= compile(schema, false);
      const first = untilFirst;
      return attempt(() => (first(data) ? [] : (first.errors ?? [])), false, mostSteps / 3);
    } finally {
      validate.errors = null;
    }
  };
  return (data) => errorsOf(data).slice(0, most.faults).map(faultOf);
};

// A literal of a workflow is the same object in every run; a schema that comes as data is recognised by its text.
const bySchema = new WeakMap<object, Check>();
const byText = new Map<string, Check>();
const mostKept = 50;

const textOf = (schema: FieldSchema): string => {
  try {
    return JSON.stringify(schema);
  } catch {
    return refuse('holds what JSON has not, such as a number beyond its range');
  }
};

const checkByText = (schema: FieldSchema): Check => {
  checkBounds(schema);
  const text = textOf(schema);
  const check = byText.get(text) ?? openCheck(schema);
  byText.delete(text);
  byText.set(text, check);
  if (byText.size > mostKept) byText.delete(byText.keys().next().value as string);
  return check;
};

/** Throws schema-invalid for what is no JSON Schema or cannot be used, and too-large. */
export const compileSchema = (schema: FieldSchema): Check => {
  const found = typeof schema === 'object' ? bySchema.get(schema) : undefined;
  if (found !== undefined) return found;
  const check = checkByText(schema);
  if (typeof schema === 'object') bySchema.set(schema, check);
  return check;
};
