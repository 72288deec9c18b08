import { describeValue, isEqual, isTruthy, type Plain } from '../../kit/index.ts';
import { failAt } from './tokens.ts';

/** A compiled part of an expression. */
export type Evaluate = (variables: Plain) => unknown;

export interface Infix {
  /** Binds tighter than operators of a lower power. */
  readonly power: number;
  /** `a ^ b ^ c` is `a ^ (b ^ c)`. */
  readonly fromRight?: true;
  readonly combine: (left: Evaluate, right: Evaluate, at: number) => Evaluate;
}

/** The value as a number, or a failure at that position. */
export const numberAt = (value: unknown, at: number): number =>
  typeof value === 'number' ? value : failAt(at, `a number is needed, found ${describeValue(value)}`);

/** Passes finite results on; -0 becomes 0, which is what it is written as. */
export const finiteAt = (result: number, at: number): number =>
  Number.isFinite(result) ? result + 0 : failAt(at, 'the result is not a finite number');

const arithmetic =
  (compute: (left: number, right: number) => number): Infix['combine'] =>
  (left, right, at) =>
  (variables) =>
    finiteAt(compute(numberAt(left(variables), at), numberAt(right(variables), at)), at);

const comparison =
  (compare: (left: number, right: number) => boolean): Infix['combine'] =>
  (left, right, at) =>
  (variables) =>
    compare(numberAt(left(variables), at), numberAt(right(variables), at));

const division =
  (compute: (left: number, right: number) => number): Infix['combine'] =>
  (left, right, at) =>
  (variables) => {
    const dividend = numberAt(left(variables), at);
    const divisor = numberAt(right(variables), at);
    return divisor === 0 ? failAt(at, 'division by zero') : finiteAt(compute(dividend, divisor), at);
  };

const or: Infix = {
  power: 1,
  combine: (left, right) => (variables) => isTruthy(left(variables)) || isTruthy(right(variables)),
};
const and: Infix = {
  power: 2,
  combine: (left, right) => (variables) => isTruthy(left(variables)) && isTruthy(right(variables)),
};
const power: Infix = { power: 10, fromRight: true, combine: arithmetic((left, right) => left ** right) };

export const infixes: ReadonlyMap<string, Infix> = new Map<string, Infix>([
  ['or', or],
  ['||', or],
  ['and', and],
  ['&&', and],
  ['==', { power: 4, combine: (left, right) => (variables) => isEqual(left(variables), right(variables)) }],
  ['!=', { power: 4, combine: (left, right) => (variables) => !isEqual(left(variables), right(variables)) }],
  ['<', { power: 5, combine: comparison((left, right) => left < right) }],
  ['<=', { power: 5, combine: comparison((left, right) => left <= right) }],
  ['>', { power: 5, combine: comparison((left, right) => left > right) }],
  ['>=', { power: 5, combine: comparison((left, right) => left >= right) }],
  ['+', { power: 6, combine: arithmetic((left, right) => left + right) }],
  ['-', { power: 6, combine: arithmetic((left, right) => left - right) }],
  ['*', { power: 7, combine: arithmetic((left, right) => left * right) }],
  ['/', { power: 7, combine: division((left, right) => left / right) }],
  ['%', { power: 7, combine: division((left, right) => left % right) }],
  ['^', power],
  ['**', power],
]);

const not =
  (operand: Evaluate): Evaluate =>
  (variables) =>
    !isTruthy(operand(variables));

/** `not` reaches over comparisons, `!` and the sign only over what follows directly; both give way to `^`. */
export const prefixes: ReadonlyMap<string, { power: number; apply: (operand: Evaluate, at: number) => Evaluate }> =
  new Map([
    ['not', { power: 3, apply: not }],
    ['!', { power: 8, apply: not }],
    [
      '-',
      {
        power: 8,
        apply:
          (operand: Evaluate, at: number): Evaluate =>
          (variables) =>
            0 - numberAt(operand(variables), at),
      },
    ],
    [
      '+',
      {
        power: 8,
        apply:
          (operand: Evaluate, at: number): Evaluate =>
          (variables) =>
            numberAt(operand(variables), at),
      },
    ],
  ]);
