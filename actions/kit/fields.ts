import type { Awaitable, Lazy } from './define.ts';

/** JSON Schema (2020-12 vocabulary, the part the editor's forms understand). */
export type FieldSchema = { readonly [keyword: string]: unknown };

/**
 * One input field: its schema, how it is shown, and its check. `check` is called with the evaluated value on every
 * execution, so it must not allocate; it answers undefined when the value is fine and else what is allowed
 * ("an array", "a whole number").
 */
export interface Field<T = unknown> {
  readonly schema: FieldSchema;
  readonly label?: string;
  readonly help?: string;
  readonly optional: boolean;
  /** Used when the field is left out or null. */
  readonly fallback?: unknown;
  readonly check: (value: unknown) => string | undefined;
  /** The field is not evaluated beforehand but handed over as a Lazy; `rows` are its lazy members when it is a list of objects. */
  readonly lazy?: true;
  readonly rows?: Fields;
  /** The value is taken as it is: a JSON Schema, never searched for expressions. */
  readonly verbatim?: true;
  /** Which resource addresses the editor offers. */
  readonly refers?: 'service' | 'client' | 'api' | 'server';
  readonly type?: T;
}

export type Fields = { readonly [name: string]: Field };

type Optionals<F extends Fields> = { [K in keyof F]: F[K] extends { optional: true } ? K : never }[keyof F];
type TypeOf<X> = X extends Field<infer T> ? T : never;
export type InputOf<F extends Fields> = { [K in Exclude<keyof F, Optionals<F>>]: TypeOf<F[K]> } & {
  [K in Optionals<F>]?: TypeOf<F[K]>;
};

interface Options {
  readonly label?: string;
  readonly help?: string;
}

const field = <T>(schema: FieldSchema, allowed: string, fits: (value: unknown) => boolean, options: Options = {}) => ({
  schema,
  ...options,
  optional: false as const,
  check: (value: unknown) => (fits(value) ? undefined : allowed),
  type: undefined as T | undefined,
});

export type Plain = { [key: string]: unknown };
export const isPlainObject = (value: unknown): value is Plain =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Uint8Array) &&
  !(value instanceof Date);

/** Anything at all, null included. */
export const any = (options?: Options): Field<unknown> & { optional: false } =>
  field<unknown>({}, 'a value', () => true, options) as never;
export const string = (options?: Options): Field<string> & { optional: false } =>
  field<string>({ type: 'string' }, 'a text', (v) => typeof v === 'string', options) as never;
export const boolean = (options?: Options): Field<boolean> & { optional: false } =>
  field<boolean>({ type: 'boolean' }, 'true or false', (v) => typeof v === 'boolean', options) as never;
/** A finite number. */
export const number = (
  options?: Options & { minimum?: number; maximum?: number },
): Field<number> & { optional: false } => {
  const { minimum, maximum, ...rest } = options ?? {};
  const low = minimum ?? Number.NEGATIVE_INFINITY;
  const high = maximum ?? Number.POSITIVE_INFINITY;
  return field<number>(
    { type: 'number', ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) },
    `a number${range(minimum, maximum)}`,
    (v) => Number.isFinite(v) && (v as number) >= low && (v as number) <= high,
    rest,
  ) as never;
};
/** A whole number that a double holds exactly. */
export const integer = (
  options?: Options & { minimum?: number; maximum?: number },
): Field<number> & { optional: false } => {
  const { minimum, maximum, ...rest } = options ?? {};
  const low = minimum ?? Number.MIN_SAFE_INTEGER;
  const high = maximum ?? Number.MAX_SAFE_INTEGER;
  return field<number>(
    { type: 'integer', ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) },
    `a whole number${range(minimum, maximum)}`,
    (v) => Number.isSafeInteger(v) && (v as number) >= low && (v as number) <= high,
    rest,
  ) as never;
};
const range = (minimum?: number, maximum?: number): string =>
  minimum !== undefined && maximum !== undefined
    ? ` from ${minimum} to ${maximum}`
    : minimum !== undefined
      ? ` of at least ${minimum}`
      : maximum !== undefined
        ? ` of at most ${maximum}`
        : '';

/** An array of anything. `items` describes the members for forms and documentation. */
export const array = (options?: Options & { items?: FieldSchema }): Field<unknown[]> & { optional: false } => {
  const { items, ...rest } = options ?? {};
  return field<unknown[]>({ type: 'array', ...(items && { items }) }, 'an array', Array.isArray, rest) as never;
};
/** An array whose every item fits: `listOf(string())`. Its items cannot be lazy. */
export const listOf = <T>(
  item: Field<T> & { optional: false },
  options?: Options,
): Field<T[]> & { optional: false } => {
  const allowed = item.check(Symbol('anything')) ?? 'a value';
  return field<T[]>(
    { type: 'array', items: item.schema },
    `an array, each item ${allowed}`,
    (v) => Array.isArray(v) && everyFits(v, item),
    options,
  ) as never;
};

const everyFits = (items: readonly unknown[], item: Field): boolean => {
  for (let i = 0; i < items.length; i += 1) if (item.check(items[i] ?? null) !== undefined) return false;
  return true;
};

/** What fits one of several fields: `either(string(), listOf(string()))`. */
export const either = <A, B>(
  first: Field<A> & { optional: false },
  second: Field<B> & { optional: false },
  options?: Options,
): Field<A | B> & { optional: false } => {
  const anything = Symbol('anything');
  return field<A | B>(
    { anyOf: [first.schema, second.schema] },
    `${first.check(anything)} or ${second.check(anything)}`,
    (v) => first.check(v) === undefined || second.check(v) === undefined,
    options,
  ) as never;
};

/** A plain object: not an array, not binary data, not a date. */
export const object = (options?: Options): Field<Plain> & { optional: false } =>
  field<Plain>({ type: 'object' }, 'an object', isPlainObject, options) as never;
/** One of some texts, compared as they are. */
export const oneOf = <const T extends readonly string[]>(
  values: T,
  options?: Options,
): Field<T[number]> & { optional: false } =>
  field<T[number]>(
    { type: 'string', enum: values },
    `one of ${values.join(', ')}`,
    (v) => values.includes(v as string),
    options,
  ) as never;
/** The address of a resource, or of a service's or API's operation. */
export const reference = (
  refers: 'service' | 'client' | 'api' | 'server',
  options?: Options,
): Field<string> & { optional: false } =>
  ({
    ...field<string>(
      { type: 'string', format: 'address' },
      `the address of ${refers === 'api' ? 'an API' : `a ${refers}`}`,
      (v) => typeof v === 'string' && v !== '',
      options,
    ),
    refers,
  }) as never;
/** Text or bytes. */
export const bytes = (options?: Options): Field<string | Uint8Array> & { optional: false } =>
  field<string | Uint8Array>(
    {},
    'a text or binary data',
    (v) => typeof v === 'string' || v instanceof Uint8Array,
    options,
  ) as never;

/** Steps or any value, evaluated only when the action calls it. */
export const lazy = (options?: Options): Field<Lazy> & { optional: false } =>
  ({ ...field<Lazy>({ format: 'steps' }, 'steps or a value', () => true, options), lazy: true }) as never;
/** A list of objects some of whose members are lazy: `conditions: rows({ condition: lazy(), value: lazy() })`. */
export const rows = <const F extends Fields>(
  members: F,
  options?: Options,
): Field<InputOf<F>[]> & { optional: false } =>
  ({
    ...field<InputOf<F>[]>(
      {
        type: 'array',
        items: {
          type: 'object',
          properties: Object.fromEntries(Object.entries(members).map(([name, member]) => [name, member.schema])),
          required: Object.keys(members).filter((name) => !members[name]?.optional),
        },
      },
      'an array of objects',
      Array.isArray,
      options,
    ),
    rows: members,
  }) as never;
/** A JSON Schema, taken as it is. */
export const schema = (options?: Options): Field<FieldSchema> & { optional: false } =>
  ({
    ...field<FieldSchema>(
      { type: 'object', format: 'schema' },
      'a JSON Schema',
      (v) => isPlainObject(v) || typeof v === 'boolean',
      options,
    ),
    verbatim: true,
  }) as never;

/** Makes a field optional. Without a fallback a missing or null value arrives as undefined. */
export function optional<T>(inner: Field<T> & { optional: false }): Field<T> & { optional: true };
export function optional<T>(inner: Field<T> & { optional: false }, fallback: T): Field<T> & { optional: false };
export function optional<T>(inner: Field<T>, fallback?: T): Field<T> {
  const base = { ...inner, optional: true } as Field<T>;
  return fallback === undefined ? base : { ...base, fallback, schema: { ...inner.schema, default: fallback } };
}

export type { Awaitable, Lazy };
