import { add, tick, useItems, work } from './budget.ts';
import { EvaluationError } from './fault.ts';

/*
 * The values of JSONata: JSON, undefined for "nothing", functions, and sequences. A sequence is an array that an
 * expression made on the way; one item alone stands for itself and none for nothing. Arrays of the data are never
 * marked: what goes in stays as it was.
 */

const marks = Symbol('marks');
export const SEQUENCE = 1;
/** A sequence that stays an array although it has one item. */
export const KEEP = 2;
/** The sequence around an input that is itself an array. */
export const OUTER = 4;
/** An array written as `[…]` at the end of a path: not flattened into the steps before it. */
export const CONS = 8;
/** A sequence of tuples: an item with the variables bound to it by `@`, `#` and `%`. */
export const TUPLES = 16;

type Marked = unknown[] & { [marks]?: number };

/** The marks of an array; 0 for an array of the data. */
export const marksOf = (array: readonly unknown[]): number => (array as Marked)[marks] ?? 0;
/** Marks an array that this evaluation made. */
export const mark = (array: unknown[], bits: number): unknown[] => {
  (array as Marked)[marks] = marksOf(array) | bits;
  return array;
};
/** Makes a marked array a plain one again. */
export const unmark = (array: unknown[]): void => {
  delete (array as Marked)[marks];
};
/** A sequence of the given items; `asSequence` makes one of an array that nobody else holds. */
export const sequence = (...items: unknown[]): unknown[] => mark(items, SEQUENCE);
export const asSequence = (items: unknown[]): unknown[] => mark(items, SEQUENCE);
export const isSequence = (value: unknown): value is unknown[] =>
  Array.isArray(value) && (marksOf(value) & SEQUENCE) !== 0;
export const isTuples = (value: unknown): value is Tuple[] => Array.isArray(value) && (marksOf(value) & TUPLES) !== 0;

/** One item ('@') with its variables. */
export type Tuple = { [name: string]: unknown };

/** A compiled expression: the value for one context item. */
export type Evaluate = (input: unknown, frame: Frame) => unknown;

/** The functions that every expression sees. */
export type Library = ReadonlyMap<string, Native>;

/** The variables that are visible at one place. */
export class Frame {
  constructor(
    private readonly enclosing: Frame | Library,
    private readonly names: string[] = [],
    private readonly values: unknown[] = [],
  ) {}

  bind(name: string, value: unknown): void {
    const at = this.names.indexOf(name);
    if (at >= 0) this.values[at] = value;
    else {
      this.names.push(name);
      this.values.push(value);
    }
  }

  lookup(name: string): unknown {
    let scope: Frame | Library = this;
    while (scope instanceof Frame) {
      const at = scope.names.indexOf(name);
      if (at >= 0) return scope.values[at];
      scope = scope.enclosing;
    }
    return scope.get(name);
  }
}

/** The variables of a tuple, visible inside what is evaluated for it. */
export const frameOf = (frame: Frame, tuple: Tuple): Frame =>
  new Frame(frame, Object.keys(tuple), Object.values(tuple));

/** Checks and completes the arguments of a call; the context stands in for a first argument that is left out. */
export interface Signature {
  readonly definition: string;
  validate(args: unknown[], context: unknown): unknown[];
}

/** A function of JSONata: built in, written as `function(…){…}`, or made from another by partial application. */
export abstract class FunctionValue {
  // The library's signatures know functions by this key.
  readonly _jsonata_function = true;
  abstract readonly arity: number;
}

export class Native extends FunctionValue {
  constructor(
    readonly name: string,
    readonly arity: number,
    readonly signature: Signature | undefined,
    readonly run: (args: readonly unknown[], context: unknown, frame: Frame) => unknown,
  ) {
    super();
  }
}

export class Lambda extends FunctionValue {
  constructor(
    readonly parameters: readonly string[],
    readonly body: Evaluate,
    readonly input: unknown,
    readonly frame: Frame,
    readonly signature?: Signature,
  ) {
    super();
  }
  get arity(): number {
    return this.parameters.length;
  }
}

/** A call in tail position, still to be made: recursion without growing the stack. */
export class TailCall extends FunctionValue {
  readonly arity = 0;
  constructor(
    readonly procedure: Evaluate,
    readonly args: readonly Evaluate[],
    readonly input: unknown,
    readonly frame: Frame,
    readonly position: number | undefined,
    readonly token: string | undefined,
  ) {
    super();
  }
}

/** A function handed to another one, or a regular expression. */
export type Closure = ((...args: unknown[]) => unknown) & { readonly arity?: number };

export const isFunction = (value: unknown): value is FunctionValue | Closure =>
  typeof value === 'function' || value instanceof FunctionValue;

/** How many arguments a function takes. */
export const arityOf = (value: unknown): number =>
  value instanceof FunctionValue
    ? value.arity
    : typeof value === 'function'
      ? ((value as Closure).arity ?? value.length)
      : 0;

export type Plain = { [key: string]: unknown };
/** Anything with keys of its own, arrays included. */
export const isObject = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !(value instanceof FunctionValue);

/** Dates and binary data: objects that JSONata knows nothing about and does not look into. */
export const isAtom = (value: unknown): value is Date | Uint8Array =>
  value instanceof Uint8Array || value instanceof Date;

/** The keys of an object or array; none for anything else. */
export const keysOf = (value: unknown): string[] => (isObject(value) && !isAtom(value) ? Object.keys(value) : []);

/** Sets a key of its own, whatever the key is called. */
export const setKey = (target: Plain, key: string, value: unknown): void => {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  } else target[key] = value;
};

/** True for a finite number; fails for an infinite one, which JSON cannot hold. */
export const isNumeric = (value: unknown): value is number => {
  if (typeof value !== 'number' || Number.isNaN(value)) return false;
  if (!Number.isFinite(value)) throw new EvaluationError('D1001', { value });
  return true;
};

/** The value as true or false, as `$boolean` defines it. */
export const boolean = (value: unknown): boolean => {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value !== '';
    case 'number':
      return isNumeric(value) && value !== 0;
    case 'object':
      if (Array.isArray(value)) {
        tick();
        return value.some(boolean);
      }
      if (!isObject(value)) return false;
      if (isAtom(value)) return true;
      for (const key in value) if (Object.hasOwn(value, key)) return true;
      return false;
    default:
      return false;
  }
};

/** The values under a key; of an array, those of all its items. */
export const lookup = (input: unknown, key: string): unknown => {
  if (Array.isArray(input)) {
    const found = sequence();
    for (const item of input) {
      tick();
      const value = lookup(item, key);
      if (Array.isArray(value)) for (const inner of value) add(found, inner);
      else if (value !== undefined) add(found, value);
    }
    return found;
  }
  return isObject(input) && Object.hasOwn(input, key) ? input[key] : undefined;
};

/** Joins two values into one array; nothing adds nothing. */
export const append = (first: unknown, second: unknown): unknown => {
  if (first === undefined) return second;
  if (second === undefined) return first;
  const head = Array.isArray(first) ? first : [first];
  const tail = Array.isArray(second) ? second : [second];
  useItems(head.length + tail.length);
  return head.concat(tail);
};

/** What `append` of many values in a row gives, in time proportional to their number. */
export class Appended {
  value: unknown;
  private own: unknown[] | undefined;

  constructor(first: unknown) {
    this.value = first;
  }

  append(next: unknown): void {
    if (next === undefined) return;
    if (this.value === undefined) {
      this.value = next;
      return;
    }
    if (!this.own) {
      this.own = Array.isArray(this.value) ? [...this.value] : [this.value];
      useItems(this.own.length);
      this.value = this.own;
    }
    if (Array.isArray(next)) for (const item of next) add(this.own, item);
    else add(this.own, next);
  }
}

/** What a step leaves behind: a sequence of one is its item, an empty one is nothing. */
export const settle = (value: unknown, keep: boolean): unknown => {
  if (!Array.isArray(value)) return value;
  const bits = marksOf(value);
  if ((bits & SEQUENCE) === 0 || (bits & TUPLES) !== 0) return value;
  if (keep) mark(value, KEEP);
  if (value.length === 0) return undefined;
  return value.length === 1 && !keep && (bits & KEEP) === 0 ? value[0] : value;
};

/** Equality of `=`: by value, the order of keys ignored. */
export const isEqual = (left: unknown, right: unknown): boolean => {
  if (left === right) return true;
  if (!isObject(left) || !isObject(right)) return false;
  tick();
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item, index) => isEqual(item, right[index]));
  }
  if (left instanceof Date || right instanceof Date) {
    return left instanceof Date && right instanceof Date && left.getTime() === right.getTime();
  }
  if (left instanceof Uint8Array || right instanceof Uint8Array) {
    if (!(left instanceof Uint8Array && right instanceof Uint8Array) || left.length !== right.length) return false;
    work(left.length >> 8);
    return Buffer.compare(left, right) === 0;
  }
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && isEqual(left[key], right[key]));
};
