import { describeValue, isPlainObject } from '../../kit/index.ts';
import { toText } from '../../support/text.ts';
import { type Evaluate, failed, numberIn } from './operators.ts';
import { invalidAt } from './tokens.ts';

type Compute = (...values: unknown[]) => unknown;

const whole = (value: unknown, name: string): number =>
  Number.isSafeInteger(value)
    ? (value as number)
    : failed(`${name} needs whole numbers, found ${describeValue(value)}`);

const dividing =
  (name: string, compute: (left: number, right: number) => number): Compute =>
  (left, right) => {
    const divisor = whole(right, name);
    return divisor === 0 ? failed('a division by zero') : compute(whole(left, name), divisor) + 0;
  };

/** Away from zero where it is half way, as Kernel.round has it. */
const round = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));

const counted = (value: unknown): number => {
  if (Array.isArray(value)) return value.length;
  return failed(`length needs a list, found ${describeValue(value)}`);
};

/** Of Elixir's Kernel, those that numbers, texts and lists need. */
const functions: ReadonlyMap<string, { count: number; compute: Compute }> = new Map([
  ['abs', { count: 1, compute: (value: unknown) => Math.abs(numberIn(value, 'abs')) }],
  ['ceil', { count: 1, compute: (value: unknown) => Math.ceil(numberIn(value, 'ceil')) + 0 }],
  ['div', { count: 2, compute: dividing('div', (left, right) => Math.trunc(left / right)) }],
  ['floor', { count: 1, compute: (value: unknown) => Math.floor(numberIn(value, 'floor')) }],
  ['is_nil', { count: 1, compute: (value: unknown) => value === null }],
  ['is_list', { count: 1, compute: (value: unknown) => Array.isArray(value) }],
  ['is_map', { count: 1, compute: (value: unknown) => isPlainObject(value) }],
  ['is_number', { count: 1, compute: (value: unknown) => typeof value === 'number' }],
  ['is_binary', { count: 1, compute: (value: unknown) => typeof value === 'string' }],
  ['is_boolean', { count: 1, compute: (value: unknown) => typeof value === 'boolean' }],
  ['length', { count: 1, compute: counted }],
  [
    'max',
    { count: 2, compute: (left: unknown, right: unknown) => Math.max(numberIn(left, 'max'), numberIn(right, 'max')) },
  ],
  [
    'min',
    { count: 2, compute: (left: unknown, right: unknown) => Math.min(numberIn(left, 'min'), numberIn(right, 'min')) },
  ],
  ['rem', { count: 2, compute: dividing('rem', (left, right) => left % right) }],
  ['round', { count: 1, compute: (value: unknown) => round(numberIn(value, 'round')) + 0 }],
  ['to_string', { count: 1, compute: (value: unknown) => toText(value, 'What `to_string` is given') }],
  ['trunc', { count: 1, compute: (value: unknown) => Math.trunc(numberIn(value, 'trunc')) + 0 }],
]);

export const functionFor = (name: string, given: readonly Evaluate[], at: number): Evaluate => {
  const found = functions.get(name);
  if (found === undefined)
    return invalidAt(at, `the function ${name} is not one of those here: ${[...functions.keys()].join(', ')}`);
  if (given.length !== found.count) return invalidAt(at, `${name} takes ${found.count}, found ${given.length}`);
  const { compute } = found;
  return (variables) => compute(...given.map((value) => value(variables)));
};
