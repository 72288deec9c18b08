import { actionById } from '../../actions/index.ts';
import {
  type ActionContext,
  type ActionDefinition,
  checkInput,
  type Field,
  type Fields,
  isPlainObject,
} from '../../actions/kit/index.ts';
import type { Json } from '../../engine/document/types.ts';
import { evaluateField, hasExpression, type Perform, type Stand, stepsOf, unknownAction } from './example-steps.ts';

/**
 * Runs an action as the engine does: the input is checked, and no result is null. Lazy fields may be functions, plain values, or
 * expressions as documents have them, such as `{"$do": {"actions": […]}}`.
 */
export const runAction = (
  definition: ActionDefinition,
  given: Record<string, unknown>,
  context: ActionContext | undefined,
): unknown => perform(definition, given, { context, scopes: new Map([['variables', { data: {} }]]) });

const perform = (definition: ActionDefinition, given: Record<string, unknown>, stand: Stand): unknown => {
  const input = checkInput(definition, withLazy(definition.fields, given, stand));
  const result = definition.run(input as never, stand.context as ActionContext);
  return result instanceof Promise ? result.then((late) => late ?? null) : (result ?? null);
};

/** An action among the steps of an example: its fields are evaluated. */
const performStep: Perform = async (id, given, stand) => {
  const definition = actionById.get(id);
  if (definition === undefined) throw unknownAction(id);
  const evaluated: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const { lazy, rows } = definition.fields[name] ?? {};
    evaluated[name] = lazy || rows ? value : await evaluateField(value, stand, performStep);
  }
  return perform(definition, evaluated, stand);
};

/** Turns what lazy fields are given into functions, in rows too; functions stay as they are. */
const withLazy = (fields: Fields, given: Record<string, unknown>, stand: Stand): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(given)
      // As in the engine: null leaves an optional lazy field out.
      .filter(([name, value]) => !(value === null && fields[name]?.lazy && fields[name].optional))
      .map(([name, value]) => [name, lazyValue(fields[name], value, stand)]),
  );

const lazyValue = (field: Field | undefined, value: unknown, stand: Stand): unknown => {
  if (field?.lazy) {
    if (typeof value === 'function') return value;
    return hasExpression(value) ? stepsOf(value as Json, stand, performStep) : () => value;
  }
  const { rows } = field ?? {};
  if (rows && Array.isArray(value)) return value.map((row) => (isPlainObject(row) ? withLazy(rows, row, stand) : row));
  return value;
};
