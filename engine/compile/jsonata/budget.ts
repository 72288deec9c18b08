import { EvaluationError } from './fault.ts';

/** What one evaluation may use. docs/expressions.md prints these numbers; a test compares the two. */
export const limits = {
  /** Time of one evaluation. */
  milliseconds: 500,
  /** Nested function calls; calls in tail position do not count. Well below what overflows Node's stack. */
  depth: 300,
  /** Items of one array or sequence. */
  sequence: 1_000_000,
  /** Characters of one text. */
  text: 10_000_000,
  /** Characters of the result, written as JSON. */
  output: 10_000_000,
  /** Bytes of text read or made and of arrays and objects made, all together. */
  memory: 134_217_728,
  /** Characters of an expression. */
  source: 100_000,
  /** Characters of a number or date picture. */
  picture: 1_000,
  /** Width in a date picture. */
  width: 100,
  /** Characters of a text that is parsed with a date picture. */
  timestamp: 256,
  /** Characters of a regular expression, and instructions it compiles to. */
  pattern: 2_000,
  program: 20_000,
  /** Instructions times characters of one search. */
  search: 25_000_000,
} as const;

/** An evaluation that ran into one of the limits. The message ends the sentence "It was stopped: …". */
export class LimitReached extends EvaluationError {
  constructor(
    readonly limit: 'time' | 'depth' | 'sequence' | 'size',
    readonly reason: string,
  ) {
    super(limit);
  }
}

/** Units between two looks at the clock. One unit is about a microsecond of work or less. */
const stretch = 500;

// Evaluations are synchronous, so there is never more than one: what it has left is kept here.
let fuel = stretch;
let startedAt = -1;
let memory: number = limits.memory;
let depth = 0;
let frozen: number | undefined;

/** Starts counting for a new evaluation. */
export const begin = (): void => {
  fuel = stretch;
  startedAt = -1;
  memory = limits.memory;
  depth = 0;
  frozen = undefined;
};

/** Milliseconds since 1970: the same at every call within one evaluation. */
export const frozenTime = (): number => {
  frozen ??= Date.now();
  return frozen;
};

const lookAtClock = (): void => {
  fuel = stretch;
  const now = performance.now();
  // Most expressions end before their first look at the clock and never pay for it.
  if (startedAt < 0) startedAt = now;
  else if (now - startedAt > limits.milliseconds) {
    throw new LimitReached('time', `it ran longer than ${limits.milliseconds} ms`);
  }
};

/** Counts one step of work. */
export const tick = (): void => {
  if (--fuel < 0) lookAtClock();
};

/** Counts work that one step does at once. */
export const work = (units: number): void => {
  fuel -= units;
  if (fuel < 0) lookAtClock();
};

const use = (bytes: number): void => {
  memory -= bytes;
  if (memory < 0) throw new LimitReached('size', `it handled more than ${limits.memory} bytes of data`);
};

/** Counts a text that is read or made as a whole, and refuses one that is too long. */
export const useText = (length: number): void => {
  if (length > limits.text) {
    throw new LimitReached('size', `a text of ${length} characters is longer than the ${limits.text} allowed`);
  }
  // A short text is paid for by the step that handles it.
  if (length > 256) {
    use(length);
    work(length >> 8);
  }
};

/** Counts items that are copied into a new array or object, and refuses an array that is too long. */
export const useItems = (count: number): void => {
  if (count > limits.sequence) {
    throw new LimitReached('sequence', `an array of ${count} items is longer than the ${limits.sequence} allowed`);
  }
  use(count * 8);
  work(count >> 4);
};

/** Counts something made that may be kept: an array, a function, a match. */
export const useObject = (bytes: number): void => {
  use(bytes);
  tick();
};

/** Adds an item to an array that is being made; counts as one step. */
export const add = (list: unknown[], item: unknown): void => {
  if (list.length >= limits.sequence) useItems(list.length + 1);
  memory -= 8;
  if (memory < 0) use(0);
  if (--fuel < 0) lookAtClock();
  list.push(item);
};

/** A function's body begins; it must be followed by `leave`, except when the evaluation fails. */
export const enter = (): void => {
  if (++depth > limits.depth) {
    throw new LimitReached('depth', `functions called each other more than ${limits.depth} deep`);
  }
  tick();
};

/** A function's body ended. */
export const leave = (): void => {
  depth--;
};
