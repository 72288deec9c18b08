import { expressionKind } from '../document/expression.ts';
import type { Json } from '../document/types.ts';

/** Data as a value that gives exactly it: wrapped where something in it would be taken for an expression. */
export const literal = (data: Json): Json => (holdsExpression(data) ? { $literal: data } : data);

function holdsExpression(data: Json): boolean {
  if (typeof data !== 'object' || data === null) return false;
  return expressionKind(data) !== undefined || Object.values(data).some(holdsExpression);
}
