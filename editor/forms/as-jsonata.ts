import { expressionKind, type Operator } from '../../engine/document/expression.ts';
import type { Json } from '../../engine/document/types.ts';
import { templateParts } from './template-parts.ts';

const signs: Record<Exclude<Operator, 'not'>, string> = {
  equal: '=',
  'not-equal': '!=',
  'less-than': '<',
  'less-than-or-equal': '<=',
  'greater-than': '>',
  'greater-than-or-equal': '>=',
  and: 'and',
  or: 'or',
};

const words = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

/** The same value as a JSONata expression; undefined where JSONata has none, such as for a secret or steps. */
export function asJsonata(value: Json): string | undefined {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return joined(value.map(asJsonata), (items) => `[${items.join(', ')}]`);
  switch (expressionKind(value)) {
    case '$jsonata':
      return (value.$jsonata as string).trim();
    case '$template':
      return ofTemplate(value.$template as string);
    case '$ref':
      return pathAsJsonata(value.$ref as Json[]);
    case '$op':
      return ofOperator(value.$op as Operator, value.of as Json[]);
    case '$literal':
      return JSON.stringify(value.$literal);
    case '$secret':
    case '$do':
      return undefined;
    default: {
      const keys = Object.keys(value);
      return joined(Object.values(value).map(asJsonata), (members) =>
        members.length === 0
          ? '{}'
          : `{${members.map((member, at) => `${JSON.stringify(keys[at])}: ${member}`).join(', ')}}`,
      );
    }
  }
}

/** A path as JSONata writes it; undefined where a part is an expression. */
function pathAsJsonata(path: readonly Json[]): string | undefined {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (typeof part !== 'string' || part.includes('`')) return undefined;
    else {
      const name = /^[A-Za-z_]\w*$/.test(part) && !words.has(part) ? part : `\`${part}\``;
      text += text === '' ? name : `.${name}`;
    }
  }
  return text === '' ? undefined : text;
}

function ofTemplate(template: string): string {
  const parts = templateParts(template).map((part) =>
    'text' in part ? JSON.stringify(part.text) : inBrackets(part.expression),
  );
  // A template always gives a text, one part alone would give whatever it is.
  if (parts.length === 0) return '""';
  return parts.length === 1 && !parts[0]?.startsWith('"') ? `$string(${parts[0]})` : parts.join(' & ');
}

function ofOperator(operator: Operator, operands: Json[]): string | undefined {
  return joined(
    operands.map((operand) => {
      const text = asJsonata(operand);
      return text === undefined || operator === 'not' ? text : inBrackets(text);
    }),
    (texts) => (operator === 'not' ? `$not(${texts.join(', ')})` : texts.join(` ${signs[operator] ?? '='} `)),
  );
}

const joined = (parts: (string | undefined)[], join: (parts: string[]) => string): string | undefined =>
  parts.includes(undefined) ? undefined : join(parts as string[]);

/** Brackets around what has operators of its own. */
const inBrackets = (expression: string): string =>
  /^[\w.`[\]$]+$|^"(?:[^"\\]|\\.)*"$/.test(expression) ? expression : `(${expression})`;
