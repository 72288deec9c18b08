import type { Ast, TransformNode } from './ast.ts';
import { tick } from './budget.ts';
import { EvaluationError } from './fault.ts';
import { text } from './text-of.ts';
import { type Evaluate, isObject, Native, type Signature, setKey } from './value.ts';

/** A deep copy made of JSON only: dates become texts, functions empty texts. */
export const clone = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(text(value)));

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

const collectObjects = (value: unknown, into: Set<object>): void => {
  tick();
  if (!isObject(value)) return;
  into.add(value);
  for (const inner of Object.values(value)) collectObjects(inner, into);
};

/**
 * Compiles `|pattern|update, delete|`: a function that copies its argument and changes the copy. Only objects of the
 * copy are changed: a pattern that leads elsewhere (`$$`, a variable) changes nothing. Fails with T2011, T2012 and
 * match.
 */
export const compileTransform = (
  ast: TransformNode,
  signature: Signature,
  compile: (ast: Ast) => Evaluate,
): Evaluate => {
  const pattern = compile(ast.pattern);
  const update = compile(ast.update);
  const remove = ast.delete && compile(ast.delete);
  return (_, frame) =>
    new Native('transform', 1, signature, ([value]) => {
      const copy = clone(value);
      const found = copy === undefined ? undefined : pattern(copy, frame);
      if (found === undefined) return copy;
      const own = new Set<object>();
      collectObjects(copy, own);
      for (const match of Array.isArray(found) ? found : [found]) {
        tick();
        const change = update(match, frame);
        if (change !== undefined) {
          if (!isObject(change) || Array.isArray(change))
            throw new EvaluationError('T2011', { value: change }, ast.update.position);
          const keys = Object.keys(change);
          if (!isObject(match) && keys.length > 0)
            throw new EvaluationError('match', { value: match }, ast.pattern.position);
          if (isObject(match) && own.has(match)) for (const key of keys) setKey(match, key, change[key]);
        }
        const deletions = remove?.(match, frame);
        if (deletions === undefined) continue;
        const keys = Array.isArray(deletions) ? deletions : [deletions];
        if (!isTexts(keys)) throw new EvaluationError('T2012', { value: deletions }, ast.delete?.position);
        if (isObject(match) && own.has(match)) for (const key of keys) delete match[key];
      }
      return copy;
    });
};
