import type { BinaryNode } from './ast.ts';
import { limits, tick, useItems, useText, work } from './budget.ts';
import { EvaluationError, locate } from './fault.ts';
import { text } from './text-of.ts';
import { boolean, type Evaluate, isEqual, isNumeric, sequence } from './value.ts';

type Operator = (left: unknown, right: unknown) => unknown;

const arithmetic =
  (calculate: (left: number, right: number) => number): Operator =>
  (left, right) => {
    if (left !== undefined && !isNumeric(left)) throw new EvaluationError('T2001', { value: left });
    if (right !== undefined && !isNumeric(right)) throw new EvaluationError('T2002', { value: right });
    return left === undefined || right === undefined ? undefined : calculate(left, right);
  };

const isOrdered = (value: unknown): value is string | number | undefined =>
  value === undefined || typeof value === 'string' || typeof value === 'number';

const comparison =
  (compare: (left: string | number, right: string | number) => boolean): Operator =>
  (left, right) => {
    if (!isOrdered(left) || !isOrdered(right)) {
      throw new EvaluationError('T2010', { value: left === undefined || !isOrdered(left) ? left : right });
    }
    if (left === undefined || right === undefined) return undefined;
    if (typeof left !== typeof right) throw new EvaluationError('T2009', { value: left, value2: right });
    if (typeof left === 'string') useText(left.length);
    return compare(left, right);
  };

const concatenate: Operator = (left, right) => {
  const head = left === undefined ? '' : text(left);
  const tail = right === undefined ? '' : text(right);
  if (head.length + tail.length > limits.text) useText(head.length + tail.length);
  // Joined texts share their halves, so only the shorter one counts.
  useText(Math.min(head.length, tail.length));
  return head + tail;
};

const range: Operator = (first, last) => {
  if (first !== undefined && !Number.isInteger(first)) throw new EvaluationError('T2003', { value: first });
  if (last !== undefined && !Number.isInteger(last)) throw new EvaluationError('T2004', { value: last });
  if (first === undefined || last === undefined || (first as number) > (last as number)) return undefined;
  const size = (last as number) - (first as number) + 1;
  useItems(size);
  const items = sequence();
  for (let item = first as number; items.length < size; item++) items.push(item);
  return items;
};

const includes: Operator = (value, list) => {
  if (value === undefined || list === undefined) return false;
  if (!Array.isArray(list)) return value === list;
  work(list.length >> 4);
  if (typeof value === 'string') work(list.length * (value.length >> 8));
  // What is not a number equals nothing.
  return list.includes(value) && !Number.isNaN(value);
};

const operators: { readonly [sign: string]: Operator } = {
  '+': arithmetic((a, b) => a + b),
  '-': arithmetic((a, b) => a - b),
  '*': arithmetic((a, b) => a * b),
  '/': arithmetic((a, b) => a / b),
  '%': arithmetic((a, b) => a % b),
  '=': (left, right) => left !== undefined && right !== undefined && isEqual(left, right),
  '!=': (left, right) => left !== undefined && right !== undefined && !isEqual(left, right),
  '<': comparison((a, b) => a < b),
  '<=': comparison((a, b) => a <= b),
  '>': comparison((a, b) => a > b),
  '>=': comparison((a, b) => a >= b),
  '&': concatenate,
  '..': range,
  in: includes,
};

/** Compiles an operator between two operands. Fails with T2001 to T2010 and the limits of texts and ranges. */
export const compileBinary = (ast: BinaryNode, compile: (ast: BinaryNode['lhs']) => Evaluate): Evaluate => {
  const left = compile(ast.lhs);
  const right = compile(ast.rhs);
  if (ast.value === 'and') return (input, frame) => boolean(left(input, frame)) && boolean(right(input, frame));
  if (ast.value === 'or') return (input, frame) => boolean(left(input, frame)) || boolean(right(input, frame));
  const operate = operators[ast.value] as Operator;
  return (input, frame) => {
    const a = left(input, frame);
    const b = right(input, frame);
    tick();
    try {
      return operate(a, b);
    } catch (error) {
      throw locate(error, ast.position, ast.value);
    }
  };
};

/** Compiles the minus sign before an operand. Fails with D1002 for anything but a number. */
export const compileNegation =
  (operand: Evaluate, position: number | undefined): Evaluate =>
  (input, frame) => {
    const value = operand(input, frame);
    if (value === undefined) return undefined;
    if (!isNumeric(value)) throw new EvaluationError('D1002', { value }, position, '-');
    return -value;
  };
