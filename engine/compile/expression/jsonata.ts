import type { ExprNode } from 'jsonata';
import { ActionFailure } from '../../../actions/kit/define.ts';
import { isPlainObject } from '../../../actions/kit/fields.ts';
import { builtInsLoaded, guard, loadBuiltIns } from './guards.ts';
import { jsonata } from './library.ts';
import { expressionLimits as limits, sizeLimit } from './limits.ts';
import { compileLinear, LinearRegex } from './linear-regex.ts';
import { rootsOf } from './roots.ts';
import { settle, TooLarge } from './settle.ts';

/** A text that is no JSONata expression; `position` counts characters from 0. */
export class ExpressionFault extends Error {
  constructor(
    message: string,
    readonly position: number,
  ) {
    super(message);
  }
}

export interface CompiledExpression {
  /** Gives the value over data whose keys are the scopes: at once for plain paths, else a promise. Fails with expression-failed or expression-limit. */
  evaluate(data: unknown): unknown;
  /** Top-level names that it can touch. */
  readonly roots: ReadonlySet<string> | 'all';
}

const options = {
  timeout: limits.timeMs,
  stack: limits.depth,
  sequence: limits.items,
  RegexEngine: LinearRegex as unknown as RegExpConstructor,
};

/**
 * Compiles a JSONata 2 expression, bounded in time, depth and size (limits.ts).
 * @throws ExpressionFault when the text does not parse or uses what linear-time regular expressions lack
 */
export function compileJsonata(text: string): CompiledExpression {
  const expression = parse(text);
  const ast = expression.ast();
  checkRegexes(ast);
  // `path[]` makes the library mark the array that it finds; the data is not ours to mark.
  const own = marksData(ast) ? copyOf : (data: unknown) => data;
  let guarded = false;
  const full = (data: unknown): Promise<unknown> => {
    if (!builtInsLoaded()) return loadBuiltIns().then(() => full(data));
    if (!guarded) guard(expression);
    guarded = true;
    return expression.evaluate(own(data)).then(settle).catch(fail);
  };
  const path = plainPath(ast);
  return { roots: rootsOf(ast), evaluate: path === null ? full : (data) => read(data, path, full) };
}

/** The fault of a text that is no expression; undefined when it is one. */
export function checkJsonata(text: string): ExpressionFault | undefined {
  try {
    checkRegexes(parse(text).ast());
    return undefined;
  } catch (thrown) {
    return thrown as ExpressionFault;
  }
}

function parse(text: string) {
  try {
    return jsonata()(text, options);
  } catch (thrown) {
    const { message, position } = thrown as { message?: string; position?: number };
    throw new ExpressionFault(message ?? 'The expression cannot be parsed.', position ?? 0);
  }
}

function checkRegexes(part: unknown, position = 0): void {
  if (part instanceof RegExp) {
    try {
      compileLinear(part.source, part.flags);
    } catch (thrown) {
      throw new ExpressionFault((thrown as Error).message, position);
    }
    return;
  }
  if (typeof part !== 'object' || part === null) return;
  const at = (part as { position?: unknown }).position;
  for (const member of Object.values(part)) checkRegexes(member, typeof at === 'number' ? at : position);
}

const marksData = (part: unknown): boolean => {
  if (typeof part !== 'object' || part === null) return false;
  const { keepArray, value } = part as { keepArray?: unknown; value?: unknown };
  return keepArray === true || value === 'eval' || Object.values(part).some(marksData);
};

function copyOf(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(copyOf);
  if (!isPlainObject(data)) return data;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(data))
    Object.defineProperty(copy, key, {
      value: copyOf(data[key]),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return copy;
}

const overLimit = new Set(['D1011', 'D1012', 'D2014', 'D2015', sizeLimit]);

function fail(thrown: unknown): never {
  if (thrown instanceof TooLarge) throw new ActionFailure('expression-limit', thrown.message);
  if (thrown instanceof RangeError)
    throw new ActionFailure(
      'expression-limit',
      `The expression needs more stack or memory than it may use: ${thrown.message}.`,
    );
  const { code, message, position } = thrown as { code?: string; message?: string; position?: number };
  const where = typeof position === 'number' ? ` (${code}, character ${position})` : code ? ` (${code})` : '';
  throw new ActionFailure(
    code !== undefined && overLimit.has(code) ? 'expression-limit' : 'expression-failed',
    `${message ?? 'The expression failed.'}${where}`,
  );
}

/** The keys of an expression that is nothing but a path of names; null for any other. */
function plainPath(ast: ExprNode): string[] | null {
  const keys = Object.keys(ast).filter((key) => ast[key as keyof ExprNode] !== undefined);
  if ((ast.type as string) !== 'path' || keys.some((key) => key !== 'type' && key !== 'steps')) return null;
  const steps = (ast.steps ?? []) as ExprNode[];
  const plain = steps.every(
    (step) => step.type === 'name' && Object.keys(step).every((key) => ['type', 'value', 'position'].includes(key)),
  );
  return plain ? steps.map((step) => String(step.value)) : null;
}

/** Reads a path over plain objects. Arrays have meanings of their own in JSONata, so whatever meets one is evaluated in full. */
function read(data: unknown, path: readonly string[], full: (data: unknown) => Promise<unknown>): unknown {
  let value = data;
  for (const key of path) {
    if (Array.isArray(value)) return full(data);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
    value = (value as Record<string, unknown>)[key];
  }
  return Array.isArray(value) ? full(data) : (value ?? null);
}
