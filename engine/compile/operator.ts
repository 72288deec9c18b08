import { isEqual, isTruthy } from '../../actions/kit/values.ts';
import type { Scopes } from '../run/scopes.ts';
import { type Evaluate, evaluateAll } from './evaluate.ts';

/** Numbers compare as numbers, texts by code unit; of different or other types neither is ever less. */
const below = (a: unknown, b: unknown): boolean =>
  (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string') ? a < b : false;

const comparisons: Record<string, (a: unknown, b: unknown) => boolean> = {
  equal: isEqual,
  'not-equal': (a, b) => !isEqual(a, b),
  'greater-than': (a, b) => below(b, a),
  'greater-than-or-equal': (a, b) => below(b, a) || (comparable(a, b) && a === b),
  'less-than': below,
  'less-than-or-equal': (a, b) => below(a, b) || (comparable(a, b) && a === b),
};
const comparable = (a: unknown, b: unknown): boolean =>
  typeof a === typeof b && (typeof a === 'number' || typeof a === 'string');

/** Compiles `{"$op": …, "of": […]}`; the document check has made sure of the operator and the number of operands. */
export function compileOperator(operator: string, operands: readonly Evaluate[]): Evaluate {
  if (operator === 'and') return (scopes) => connect(operands, scopes, 0, false);
  if (operator === 'or') return (scopes) => connect(operands, scopes, 0, true);
  const compute =
    operator === 'not'
      ? ([value]: unknown[]) => !isTruthy(value)
      : ([a, b]: unknown[]) => (comparisons[operator] as (a: unknown, b: unknown) => boolean)(a, b);
  return (scopes) => {
    const values = evaluateAll(operands, scopes);
    return values instanceof Promise ? values.then(compute) : compute(values);
  };
}

/** Evaluates operands until one decides: the first truthy one for `or`, the first falsy one for `and`. */
function connect(
  operands: readonly Evaluate[],
  scopes: Scopes,
  from: number,
  decisive: boolean,
): boolean | Promise<boolean> {
  for (let i = from; i < operands.length; i++) {
    const value = (operands[i] as Evaluate)(scopes);
    if (value instanceof Promise) {
      return value.then((resolved) =>
        isTruthy(resolved) === decisive ? decisive : connect(operands, scopes, i + 1, decisive),
      );
    }
    if (isTruthy(value) === decisive) return decisive;
  }
  return !decisive;
}
