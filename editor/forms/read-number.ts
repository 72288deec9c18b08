import { type FieldSchema, faultOf, rangeText } from './field-schema.ts';

/** Reads a number as JSON has it. Nothing takes the field away, where it can be. */
export function readNumber(
  text: string,
  schema: FieldSchema,
  canBeLeftOut: boolean,
): { value: number | undefined } | { reason: string } {
  const trimmed = text.trim();
  if (trimmed === '' && canBeLeftOut) return { value: undefined };
  const isNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(trimmed) && Number.isFinite(Number(trimmed));
  if (!isNumber)
    return {
      reason: `Allowed is ${rangeText(schema)}, found ${trimmed === '' ? 'nothing' : JSON.stringify(trimmed)}.`,
    };
  const reason = faultOf(schema, Number(trimmed));
  return reason === undefined ? { value: Number(trimmed) } : { reason };
}
