import { expressionKind, type Operator } from '../../engine/document/expression.ts';
import type { Json, Workflow } from '../../engine/document/types.ts';

/** Longer previews are cut with an ellipsis. */
const longest = 120;

const signs: Record<Operator, string> = {
  equal: '=',
  'not-equal': '≠',
  'less-than': '<',
  'less-than-or-equal': '≤',
  'greater-than': '>',
  'greater-than-or-equal': '≥',
  and: 'and',
  or: 'or',
  not: 'not',
};

/** A value in one line of at most 120 characters: references as paths, expressions as their text, literals as JSON. */
export function preview(value: Json | undefined): string {
  const text = value === undefined ? '' : show(value, 0);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** `variables.items[0]`, and parts that are expressions in brackets. */
export const previewPath = (path: readonly Json[]): string =>
  path
    .map((part, index) => {
      if (typeof part === 'string') return index === 0 ? part : `.${part}`;
      return `[${typeof part === 'number' ? part : show(part, 1)}]`;
    })
    .join('');

function show(value: Json, depth: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value))
    return depth > 3
      ? '[…]'
      : `[${value
          .slice(0, 20)
          .map((item) => show(item, depth + 1))
          .join(', ')}]`;
  switch (expressionKind(value)) {
    case '$ref':
      return previewPath(value.$ref as Json[]);
    case '$jsonata':
      return oneLine(value.$jsonata as string) || '…';
    case '$template':
      return oneLine(value.$template as string) || '""';
    case '$secret':
      return `secret ${value.$secret as string}`;
    case '$literal':
      return JSON.stringify(value.$literal);
    case '$op':
      return operation(value.$op as Operator, value.of as Json[], depth);
    case '$do':
      return steps((value.$do as unknown as Workflow).actions.length);
    default:
      return depth > 3 ? '{…}' : members(value, depth);
  }
}

function operation(operator: Operator, operands: Json[], depth: number): string {
  const sign = signs[operator] ?? operator;
  const shown = operands.map((operand) =>
    expressionKind(operand) === '$op' ? `(${show(operand, depth + 1)})` : show(operand, depth + 1),
  );
  return shown.length === 1 ? `${sign} ${shown[0]}` : shown.join(` ${sign} `);
}

const members = (value: { [key: string]: Json }, depth: number): string => {
  const shown = Object.entries(value)
    .slice(0, 20)
    .map(([key, member]) => `${key}: ${show(member, depth + 1)}`);
  return shown.length === 0 ? '{}' : `{ ${shown.join(', ')} }`;
};

const steps = (count: number): string => (count === 1 ? '1 step' : `${count} steps`);
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
