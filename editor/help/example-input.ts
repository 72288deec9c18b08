import type { ActionAnswer } from '../../engine/control/api/action-answer.ts';
import { walkValues } from '../../engine/document/expression.ts';
import type { Json } from '../../engine/document/types.ts';

/**
 * What to put into an action's input to have an example in the workflow; null for one that needs what no document can
 * hold as it is: binary data and dates.
 */
export function exampleInput(
  { input }: Pick<ActionAnswer, 'input'>,
  given: { readonly [field: string]: unknown },
): { [field: string]: Json } | null {
  if (hasTag(given)) return null;
  return Object.fromEntries(
    Object.entries(given as { [field: string]: Json }).map(([name, value]) => [
      name,
      // Data that look like an expression are meant as data, but where the field takes steps.
      takesExpressions(input.properties[name]) || !holdsExpression(value) ? value : { $literal: value },
    ]),
  );
}

const holdsExpression = (value: Json): boolean => {
  let is = false;
  walkValues(value, {
    expression: () => {
      is = true;
      return false;
    },
  });
  return is;
};

/** Whether a field, or a member of its rows, takes steps; a schema is never searched for expressions at all. */
const takesExpressions = (schema: unknown): boolean => {
  if (typeof schema !== 'object' || schema === null) return false;
  const { format } = schema as { format?: unknown };
  return format === 'steps' || format === 'schema' || Object.values(schema).some(takesExpressions);
};

/** Forms in which the library's examples write what JSON does not have. */
const hasTag = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value);
  if (keys.length === 1 && ['$bytes', '$date', '$plain'].includes(keys[0] as string)) return true;
  return Object.values(value).some(hasTag);
};

/** JSON on one line where it fits, else indented by two. */
export function exampleText(value: unknown, most = 48): string {
  if (value === undefined) return 'nothing';
  const line = JSON.stringify(value).replace(/("(?:[^"\\]|\\.)*")|([,:])/g, (_, text, sign) => text ?? `${sign} `);
  return line.length <= most ? line : JSON.stringify(value, null, 2);
}
