import { ActionFailure, describeValue, isEqual, isTruthy, type Plain } from '../../kit/index.ts';
import { checkTotal } from '../../support/bounds.ts';
import { openOrder } from '../../support/order.ts';

/** A compiled part of an expression. */
export type Evaluate = (variables: Plain) => unknown;

interface Infix {
  /** Binds tighter than operators of a lower power. */
  readonly power: number;
  readonly fromRight?: true;
  readonly combine: (left: Evaluate, right: Evaluate) => Evaluate;
}

export const failed = (problem: string): never => {
  throw new ActionFailure('expression-failed', `\`elixir\` cannot be evaluated: ${problem}`);
};

export const numberIn = (value: unknown, operator: string): number =>
  typeof value === 'number' ? value : failed(`${operator} needs numbers, found ${describeValue(value)}`);

const finite = (value: number, operator: string): number =>
  Number.isFinite(value) ? value + 0 : failed(`the result of ${operator} is not a finite number`);

const arithmetic =
  (operator: string, compute: (left: number, right: number) => number): Infix['combine'] =>
  (left, right) =>
  (variables) =>
    finite(compute(numberIn(left(variables), operator), numberIn(right(variables), operator)), operator);

const comparison =
  (holds: (order: number) => boolean): Infix['combine'] =>
  (left, right) =>
  (variables) =>
    holds(openOrder('elixir')(left(variables), right(variables)));

const truth = (value: unknown, operator: string): boolean =>
  typeof value === 'boolean' ? value : failed(`${operator} needs true or false, found ${describeValue(value)}`);

const listIn = (value: unknown, operator: string): unknown[] =>
  Array.isArray(value) ? value : failed(`${operator} needs lists, found ${describeValue(value)}`);

const joinTexts: Infix['combine'] = (left, right) => (variables) => {
  const [first, second] = [left(variables), right(variables)];
  if (typeof first !== 'string' || typeof second !== 'string') {
    return failed(`<> joins texts, found ${describeValue(typeof first === 'string' ? second : first)}`);
  }
  checkTotal(first.length + second.length, 'elixir', 'characters');
  return first + second;
};

const joinLists: Infix['combine'] = (left, right) => (variables) => {
  const [first, second] = [listIn(left(variables), '++'), listIn(right(variables), '++')];
  checkTotal(first.length + second.length, 'elixir');
  return first.concat(second);
};

const equal: Infix['combine'] = (left, right) => (variables) => isEqual(left(variables), right(variables));
const different: Infix['combine'] = (left, right) => (variables) => !isEqual(left(variables), right(variables));
const divide = (left: number, right: number): number => (right === 0 ? failed('a division by zero') : left / right);

/** The order in which operators bind is that of Elixir's operator table. */
export const infixes: ReadonlyMap<string, Infix> = new Map<string, Infix>([
  [
    '||',
    {
      power: 1,
      combine: (left, right) => (variables) => {
        const value = left(variables);
        return isTruthy(value) ? value : right(variables);
      },
    },
  ],
  ['or', { power: 1, combine: (left, right) => (variables) => truth(left(variables), 'or') || right(variables) }],
  [
    '&&',
    {
      power: 2,
      combine: (left, right) => (variables) => {
        const value = left(variables);
        return isTruthy(value) ? right(variables) : value;
      },
    },
  ],
  ['and', { power: 2, combine: (left, right) => (variables) => truth(left(variables), 'and') && right(variables) }],
  ['==', { power: 3, combine: equal }],
  ['===', { power: 3, combine: equal }],
  ['!=', { power: 3, combine: different }],
  ['!==', { power: 3, combine: different }],
  ['<', { power: 4, combine: comparison((order) => order < 0) }],
  ['<=', { power: 4, combine: comparison((order) => order <= 0) }],
  ['>', { power: 4, combine: comparison((order) => order > 0) }],
  ['>=', { power: 4, combine: comparison((order) => order >= 0) }],
  ['<>', { power: 6, fromRight: true, combine: joinTexts }],
  ['++', { power: 6, fromRight: true, combine: joinLists }],
  ['+', { power: 7, combine: arithmetic('+', (left, right) => left + right) }],
  ['-', { power: 7, combine: arithmetic('-', (left, right) => left - right) }],
  ['*', { power: 8, combine: arithmetic('*', (left, right) => left * right) }],
  ['/', { power: 8, combine: arithmetic('/', divide) }],
  ['**', { power: 9, combine: arithmetic('**', (left, right) => left ** right) }],
]);

/** These bind tighter than all of them. */
export const prefixes: ReadonlyMap<string, (operand: Evaluate) => Evaluate> = new Map([
  [
    '-',
    (operand: Evaluate): Evaluate =>
      (variables) =>
        0 - numberIn(operand(variables), '-'),
  ],
  [
    '+',
    (operand: Evaluate): Evaluate =>
      (variables) =>
        numberIn(operand(variables), '+'),
  ],
  [
    '!',
    (operand: Evaluate): Evaluate =>
      (variables) =>
        !isTruthy(operand(variables)),
  ],
  [
    'not',
    (operand: Evaluate): Evaluate =>
      (variables) =>
        !truth(operand(variables), 'not'),
  ],
]);
