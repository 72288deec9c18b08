import { begin, limits, useText } from './budget.ts';
import { asFailure, prepare } from './expression.ts';
import { asEvaluationError, ExpressionFault, faultOf } from './fault.ts';
import { type Roots, rootsOf } from './roots.ts';
import { lexemes } from './scan.ts';
import { measure, text as textOf } from './text-of.ts';
import { isAtom, isObject } from './value.ts';

/** A compiled text with expressions in it. */
export interface Template {
  /** The text itself, if it holds no expression. */
  readonly constant: string | undefined;
  /** The top-level keys of the data that its expressions can touch. */
  readonly roots: Roots;
  /** Fails with an ActionFailure: expression-failed or expression-limit. */
  evaluate(data: unknown): string;
}

// Two closing braces end an expression unless they close braces of its own or stand in one of its texts.
const endOf = (template: string, start: number): number | undefined => {
  let depth = 0;
  for (const { kind, text, start: at } of lexemes(template, start)) {
    if (depth === 0 && text === '}' && template[at + 1] === '}') return at;
    if (kind === 'open') depth++;
    else if (kind === 'close') depth--;
  }
  return undefined;
};

/** An expression and where it begins in the template. */
interface Embedded {
  readonly source: string;
  readonly at: number;
}

const split = (template: string): (string | Embedded)[] => {
  const parts: (string | Embedded)[] = [];
  let from = 0;
  for (let open = template.indexOf('{{'); open >= 0; open = template.indexOf('{{', from)) {
    const close = endOf(template, open + 2);
    if (close === undefined) {
      throw new ExpressionFault(
        '"{{" is not closed. Write "}}" after the expression, or {{"{{"}} for two braces as text.',
        open,
        '{{',
      );
    }
    if (open > from) parts.push(template.slice(from, open));
    parts.push({ source: template.slice(open + 2, close), at: open + 2 });
    from = close + 2;
  }
  if (from < template.length) parts.push(template.slice(from));
  return parts;
};

const evaluateAt = (at: number, evaluate: (data: unknown) => unknown, data: unknown): unknown => {
  try {
    return evaluate(data);
  } catch (error) {
    const known = asEvaluationError(error);
    if (known?.position !== undefined) known.position += at;
    throw known ?? error;
  }
};

// Faults and failures are placed in the template, not in the expression.
const prepareAt = ({ source, at }: Embedded) => {
  try {
    const { ast, evaluate } = prepare(source);
    return { ast, evaluate: (data: unknown): unknown => evaluateAt(at, evaluate, data) };
  } catch (error) {
    throw error instanceof ExpressionFault
      ? new ExpressionFault(error.message, at + error.position, error.token)
      : error;
  }
};

const union = (all: readonly Roots[]): Roots => {
  const names = new Set<string>();
  for (const roots of all) {
    if (roots === 'all') return 'all';
    for (const name of roots) names.add(name);
  }
  return names;
};

const inserted = (value: unknown): string => {
  if (value === null) return '';
  if (!isObject(value) || isAtom(value)) return typeof value === 'number' ? String(value) : textOf(value);
  useText(measure(value, limits.text, 'a value'));
  return JSON.stringify(value);
};

/**
 * Compiles a text in which `{{…}}` holds JSONata. Texts are inserted as they are, null and nothing as '', numbers,
 * booleans, arrays and objects as JSON. The limits of one expression hold for the whole template. Compiling fails with
 * an ExpressionFault whose position counts from the start of the template.
 */
export const compileTemplate = (template: string): Template => {
  const parts = split(template);
  const prepared = parts.map((part) => (typeof part === 'string' ? part : prepareAt(part)));
  const expressions = prepared.filter((part) => typeof part !== 'string');
  return {
    constant: expressions.length === 0 ? template : undefined,
    roots: union(expressions.map(({ ast }) => rootsOf(ast))),
    evaluate: (data) => {
      begin();
      try {
        let result = '';
        for (const part of prepared) {
          const value = typeof part === 'string' ? part : part.evaluate(data);
          result += inserted(value);
          useText(result.length);
        }
        return result;
      } catch (error) {
        throw asFailure(error);
      }
    },
  };
};

/** What is wrong with a template and where (characters from its start, from 0), or undefined if it is fine. */
export const checkTemplate = (template: string): { message: string; position: number } | undefined =>
  faultOf(() => compileTemplate(template));
