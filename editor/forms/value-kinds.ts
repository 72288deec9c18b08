import { expressionKind } from '../../engine/document/expression.ts';
import type { Json } from '../../engine/document/types.ts';
import { asJsonata } from './as-jsonata.ts';
import { templateParts } from './template-parts.ts';
import { readReference } from './value-path.ts';

/** What can fill a field, in the order of the menu. */
export const valueKinds = ['literal', 'reference', 'jsonata', 'template', 'comparison', 'secret', 'steps'] as const;
export type ValueKind = (typeof valueKinds)[number];

/** What fills a field. A field that is not set counts as a literal. */
export function kindOf(value: Json | undefined): ValueKind {
  switch (expressionKind(value)) {
    case '$ref':
      return 'reference';
    case '$jsonata':
      return 'jsonata';
    case '$template':
      return 'template';
    case '$op':
      return 'comparison';
    case '$secret':
      return 'secret';
    case '$do':
      return 'steps';
    case '$literal':
    case undefined:
      return 'literal';
  }
}

/**
 * The value as another kind, keeping of it what that kind can say.
 * @param empty what a literal of this field begins with
 * @returns undefined for a reference or a secret that has yet to be chosen
 */
export function convert(value: Json | undefined, to: ValueKind, empty: Json): Json | undefined {
  if (value !== undefined && kindOf(value) === to) return value;
  switch (to) {
    case 'literal':
      return toLiteral(value, empty);
    case 'reference':
      return toReference(value);
    case 'jsonata':
      // A field in which nothing was typed yet begins empty, not with the quotes of an empty text.
      return { $jsonata: value === undefined || value === '' ? '' : (asJsonata(value) ?? '') };
    case 'template':
      return { $template: value === undefined ? '' : toTemplate(value) };
    case 'comparison':
      return { $op: 'equal', of: [value ?? '', ''] };
    case 'secret':
      return undefined;
    case 'steps':
      return { $do: { actions: [], ...(value !== undefined && value !== empty && { output: value }) } };
  }
}

/** A literal that looks like an expression has to be wrapped; one without is taken as it is. */
export const literal = (value: Json): Json => (holdsExpression(value) ? { $literal: value } : value);

const holdsExpression = (value: Json): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (expressionKind(value) !== undefined || Object.values(value).some(holdsExpression));

function toLiteral(value: Json | undefined, empty: Json): Json {
  if (value === undefined) return empty;
  const steps = stepsIn(value);
  if (steps !== null) return steps.count === 0 && steps.output !== undefined ? toLiteral(steps.output, empty) : empty;
  switch (expressionKind(value)) {
    case '$jsonata': {
      const parsed = asJson((value as { $jsonata: string }).$jsonata);
      return parsed === undefined ? empty : literal(parsed);
    }
    case '$template': {
      const { $template } = value as { $template: string };
      const text = $template.replaceAll('{{"{{"}}', '{{');
      if (typeof empty === 'string') return text;
      // A field for something else than text cannot keep what is none of that.
      const parsed = asJson(text);
      return parsed !== undefined && typeof parsed === typeof empty ? literal(parsed) : empty;
    }
    case '$op':
      return toLiteral((value as { of: Json[] }).of[0], empty);
    case undefined:
    case '$literal':
      return value;
    default:
      return empty;
  }
}

function toReference(value: Json | undefined): Json | undefined {
  if (value === undefined) return undefined;
  switch (expressionKind(value)) {
    case '$jsonata':
      return referenceOf((value as { $jsonata: string }).$jsonata);
    case '$template': {
      const [part, ...others] = templateParts((value as { $template: string }).$template);
      return part !== undefined && others.length === 0 && 'expression' in part
        ? referenceOf(part.expression)
        : undefined;
    }
    case '$op':
      return operandAs(value, '$ref');
    case '$do':
      return expressionKind(stepsIn(value)?.output) === '$ref' ? stepsIn(value)?.output : undefined;
    default:
      return undefined;
  }
}

// In JSONata a name with other signs stands in backticks; without them a hyphen is a minus.
function referenceOf(expression: string): Json | undefined {
  if (!/^(?:[A-Za-z_]\w*|`[^`]+`)(?:\.(?:[A-Za-z_]\w*|`[^`]+`)|\[-?\d+\])*$/.test(expression.trim())) return undefined;
  const read = readReference(expression);
  return 'path' in read ? { $ref: read.path } : undefined;
}

const operandAs = (value: Json, kind: '$ref'): Json | undefined =>
  (value as { of: Json[] }).of.find((operand) => expressionKind(operand) === kind);

function toTemplate(value: Json): string {
  const kind = expressionKind(value);
  if (kind === '$literal') return toTemplate((value as { $literal: Json }).$literal);
  if (value === null) return '';
  if (typeof value === 'string') return value.replaceAll('{{', '{{"{{"}}');
  if (typeof value !== 'object') return String(value);
  const steps = stepsIn(value);
  if (steps !== null) return steps.output === undefined ? '' : toTemplate(steps.output);
  const expression = asJsonata(value);
  if (expression === undefined || expression === '') return '';
  const text = kind === '$jsonata' ? asJson(expression) : undefined;
  return typeof text === 'string' ? toTemplate(text) : `{{${expression}}}`;
}

const stepsIn = (value: Json): { count: number; output: Json | undefined } | null => {
  if (expressionKind(value) !== '$do') return null;
  const { actions, output } = (value as { $do: { actions: Json[]; output?: Json } }).$do;
  return { count: actions.length, output };
};

/** What a text says as JSON; undefined where it is none. */
const asJson = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
};
