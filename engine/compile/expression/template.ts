import { type CompiledExpression, compileJsonata, ExpressionFault } from './jsonata.ts';

export interface CompiledTemplate {
  /** The text itself when nothing is embedded in it. */
  readonly constant: string | undefined;
  readonly roots: ReadonlySet<string> | 'all';
  /** Gives the text: at once while every embedded expression does. */
  evaluate(data: unknown): string | Promise<string>;
}

/**
 * Compiles text with JSONata between `{{` and `}}`. An embedded null is empty, a text stands as it is, anything else as JSON.
 * @throws ExpressionFault at the position in the whole text
 */
export function compileTemplate(text: string): CompiledTemplate {
  const parts: (string | CompiledExpression)[] = [];
  for (const piece of pieces(text)) parts.push(typeof piece === 'string' ? piece : compileAt(piece));
  const expressions = parts.filter((part) => typeof part !== 'string');
  if (expressions.length === 0) return { constant: text, roots: new Set(), evaluate: () => text };
  const roots = expressions.some((part) => part.roots === 'all')
    ? 'all'
    : new Set(expressions.flatMap((part) => [...part.roots]));
  return { constant: undefined, roots, evaluate: (data) => fill(parts, data, 0, '') };
}

/** The fault of a template; undefined when it is one. */
export function checkTemplate(text: string): ExpressionFault | undefined {
  try {
    compileTemplate(text);
    return undefined;
  } catch (thrown) {
    return thrown as ExpressionFault;
  }
}

interface Embedded {
  expression: string;
  position: number;
}

function compileAt({ expression, position }: Embedded): CompiledExpression {
  try {
    return compileJsonata(expression);
  } catch (thrown) {
    const fault = thrown as ExpressionFault;
    throw new ExpressionFault(fault.message, position + fault.position);
  }
}

function* pieces(text: string): Generator<string | Embedded> {
  let at = 0;
  for (;;) {
    const open = text.indexOf('{{', at);
    if (open < 0) {
      if (at < text.length) yield text.slice(at);
      return;
    }
    if (open > at) yield text.slice(at, open);
    const close = closing(text, open + 2);
    if (close < 0)
      throw new ExpressionFault(
        '"{{" is never closed; end the expression with "}}", or write {{"{{"}} for the two braces themselves.',
        open,
      );
    yield { expression: text.slice(open + 2, close), position: open + 2 };
    at = close + 2;
  }
}

/** Where the expression that begins at `from` is closed; braces of objects and inside texts do not close it. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '"' || char === "'" || char === '`') {
      const end = endOfText(text, at, char);
      if (end < 0) return -1;
      at = end;
    } else if (char === '{') depth++;
    else if (char === '}') {
      if (depth === 0) return text[at + 1] === '}' ? at : -1;
      depth--;
    }
  }
  return -1;
}

function endOfText(text: string, from: number, quote: string): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === quote) return at;
    if (text[at] === '\\' && quote !== '`') at++;
  }
  return -1;
}

const shown = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

function fill(
  parts: readonly (string | CompiledExpression)[],
  data: unknown,
  from: number,
  before: string,
): string | Promise<string> {
  let text = before;
  for (let i = from; i < parts.length; i++) {
    const part = parts[i] as string | CompiledExpression;
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const value = part.evaluate(data);
    if (value instanceof Promise) return value.then((settled) => fill(parts, data, i + 1, text + shown(settled)));
    text += shown(value);
  }
  return text;
}
