import type { Json, Value, Workflow } from './types.ts';

export interface ReferenceExpression {
  /** The scope and the keys below it; a negative integer counts from the end. Parts may be expressions. */
  $ref: Json[];
}
export interface JsonataExpression {
  $jsonata: string;
}
export interface TemplateExpression {
  $template: string;
}
export interface OperatorExpression {
  $op: Operator;
  of: Value[];
}
export interface DoExpression {
  $do: Workflow;
}
export interface SecretExpression {
  $secret: string;
}
export interface LiteralExpression {
  $literal: Json;
}

/** Every kind of expression, named by the key that marks it. */
export const expressionKinds = ['$ref', '$jsonata', '$template', '$op', '$do', '$secret', '$literal'] as const;
export type ExpressionKind = (typeof expressionKinds)[number];

/** Operators that take two values. */
export const comparisons = [
  'equal',
  'not-equal',
  'less-than',
  'less-than-or-equal',
  'greater-than',
  'greater-than-or-equal',
] as const;
/** `and` and `or` take one value or more, `not` takes one. */
export const operators = [...comparisons, 'and', 'or', 'not'] as const;
export type Operator = (typeof operators)[number];

/** How many values an operator takes. */
export const arity = (operator: Operator): { least: number; most: number } =>
  operator === 'not'
    ? { least: 1, most: 1 }
    : operator === 'and' || operator === 'or'
      ? { least: 1, most: Number.POSITIVE_INFINITY }
      : { least: 2, most: 2 };

/**
 * Which expression a value is; undefined for a literal. An object is an expression only if it has exactly the keys and
 * the types of one, so `{"$ref": "#/x"}` and `{"$ref": ["a"], "title": "b"}` are literals. The name of an operator is
 * for the check to judge: a misspelt one is a fault, not data.
 */
export function expressionKind(value: unknown): ExpressionKind | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const keys = Object.keys(value);
  const object = value as { [key: string]: unknown };
  if (keys.length === 2) {
    const isOperator = Object.hasOwn(object, '$op') && Object.hasOwn(object, 'of');
    return isOperator && typeof object.$op === 'string' && Array.isArray(object.of) ? '$op' : undefined;
  }
  if (keys.length !== 1) return undefined;
  const [key] = keys as [string];
  switch (key) {
    case '$jsonata':
    case '$template':
    case '$secret':
      return typeof object[key] === 'string' ? key : undefined;
    case '$ref':
      return isReferencePath(object[key]) ? key : undefined;
    case '$do':
      return isWorkflow(object[key]) ? key : undefined;
    case '$literal':
      return key;
    default:
      return undefined;
  }
}

/** What `walkValues` calls for what it meets. Returning false from `expression` leaves out what is inside it. */
export interface Visitor {
  expression?(expression: Json, kind: ExpressionKind, path: readonly (string | number)[]): boolean | undefined;
  /** An action of a nested workflow. */
  action?(action: Workflow['actions'][number], path: readonly (string | number)[]): void;
  /** Whether a field holds a schema, which is never searched. */
  verbatim?(action: string, field: string): boolean;
}

/** Visits every expression in a value, from the outside in and in document order, nested workflows included. */
export function walkValues(value: Value, visitor: Visitor, path: readonly (string | number)[] = []): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walkValues(item, visitor, [...path, index]);
    return;
  }
  const kind = expressionKind(value);
  if (kind === undefined) {
    for (const [key, member] of Object.entries(value)) walkValues(member, visitor, [...path, key]);
    return;
  }
  if (visitor.expression?.(value, kind, path) === false || kind === '$literal') return;
  if (kind === '$do') walkWorkflow(value.$do as unknown as Workflow, visitor, [...path, '$do']);
  else if (kind === '$op') walkValues(value.of as Json, visitor, [...path, 'of']);
  else walkValues(value[kind] as Json, visitor, [...path, kind]);
}

/** Visits the actions of a workflow in order, and the expressions of each and of the output. */
export function walkWorkflow(workflow: Workflow, visitor: Visitor, path: readonly (string | number)[] = []): void {
  for (const [index, action] of workflow.actions.entries()) {
    const at = [...path, 'actions', index];
    visitor.action?.(action, at);
    for (const [field, value] of Object.entries(action.input ?? {})) {
      if (!visitor.verbatim?.(action.action, field)) walkValues(value, visitor, [...at, 'input', field]);
    }
    walkValues(action.output ?? null, visitor, [...at, 'output']);
  }
  walkValues(workflow.output ?? null, visitor, [...path, 'output']);
}

function isReferencePath(path: unknown): boolean {
  if (!Array.isArray(path) || path.length === 0) return false;
  return path.every(
    (part, index) =>
      typeof part === 'string' || (index > 0 && Number.isSafeInteger(part)) || expressionKind(part) !== undefined,
  );
}

function isWorkflow(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !Array.isArray((value as Partial<Workflow>).actions)) return false;
  return Object.keys(value).every((key) => key === 'actions' || key === 'output');
}
