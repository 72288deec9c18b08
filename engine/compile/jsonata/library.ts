import { createRequire } from 'node:module';
import type Jsonata from 'jsonata';
import { frozenTime, useItems, useText, work } from './budget.ts';
import { Native, type Signature, sequence } from './value.ts';

// Loaded with the first expression: a process without any does not pay for it.
const require = createRequire(import.meta.url);
let parser: typeof Jsonata | undefined;
/** The JSONata library, of which the parser and the functions of numbers, dates and texts are used. */
export const jsonata = (): typeof Jsonata => {
  parser ??= require('jsonata') as typeof Jsonata;
  return parser;
};

/** A function of the library, as it keeps it. */
interface Definition {
  readonly implementation: (this: unknown, ...args: unknown[]) => unknown;
  readonly signature: Signature;
}

const names = [
  'sum',
  'count',
  'max',
  'min',
  'average',
  'string',
  'substring',
  'substringBefore',
  'substringAfter',
  'lowercase',
  'uppercase',
  'length',
  'trim',
  'pad',
  'match',
  'contains',
  'replace',
  'split',
  'join',
  'formatNumber',
  'formatBase',
  'formatInteger',
  'parseInteger',
  'number',
  'floor',
  'ceil',
  'round',
  'abs',
  'sqrt',
  'power',
  'random',
  'boolean',
  'not',
  'map',
  'zip',
  'filter',
  'single',
  'reduce',
  'sift',
  'keys',
  'lookup',
  'append',
  'exists',
  'spread',
  'merge',
  'reverse',
  'each',
  'error',
  'assert',
  'type',
  'sort',
  'shuffle',
  'distinct',
  'base64encode',
  'base64decode',
  'encodeUrlComponent',
  'encodeUrl',
  'decodeUrlComponent',
  'decodeUrl',
  'eval',
  'toMillis',
  'fromMillis',
  'clone',
  'now',
  'millis',
] as const;
export type FunctionName = (typeof names)[number];

// The library shows its table of functions to whoever watches it make a frame, which it does before it first waits.
const load = (): ReadonlyMap<string, Definition> => {
  const expression = jsonata()('null');
  const found = new Map<string, Definition>();
  const watch = (enclosing: { lookup(name: string): unknown }): void => {
    for (const name of names) found.set(name, enclosing.lookup(name) as Definition);
  };
  expression.assign(Symbol.for('jsonata.__createFrame_push') as unknown as string, watch);
  void expression.evaluate(null);
  return found;
};

let definitions: ReadonlyMap<string, Definition> | undefined;
const definitionOf = (name: FunctionName): Definition => {
  definitions ??= load();
  return definitions.get(name) as Definition;
};

/** How a built-in function checks its arguments. */
export const signatureOf = (name: FunctionName): Signature => definitionOf(name).signature;

/** The names of all built-in functions. */
export const builtIns: readonly FunctionName[] = names;

/** The signature of the functions that `|…|…|` makes: an object or an array. */
export const transformSignature = (): Signature =>
  (jsonata()('function($x)<(oa):o>{$x}').ast() as unknown as { signature: Signature }).signature;

/** A function of ours under a library's name, with its signature and number of arguments. */
export const native = (name: FunctionName, run: Native['run']): Native => {
  const { implementation, signature } = definitionOf(name);
  return new Native(name, implementation.length, signature, run);
};

// Texts may be laid out anew for reading, arrays are not.
const countArgument = (value: unknown): void => {
  if (typeof value === 'string') useText(value.length);
  else if (Array.isArray(value)) work(value.length >> 4);
};

/** The library's own function, bounded by the size of its arguments. `guard` may refuse them. */
export const borrowed = (name: FunctionName, guard?: (args: readonly unknown[]) => void): Native => {
  const { implementation } = definitionOf(name);
  return native(name, (args, input) => {
    args.forEach(countArgument);
    guard?.(args);
    const result = implementation.apply(
      { input, environment: { timestamp: new Date(frozenTime()) }, createSequence: sequence },
      [...args],
    );
    if (typeof result === 'string') useText(result.length);
    else if (Array.isArray(result)) useItems(result.length);
    return result;
  });
};
