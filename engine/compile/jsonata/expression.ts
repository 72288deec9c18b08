import { ActionFailure } from '../../../actions/kit/define.ts';
import { type Ast, parse } from './ast.ts';
import { begin, LimitReached } from './budget.ts';
import { compile } from './evaluate.ts';
import { asEvaluationError, ExpressionFault, faultOf } from './fault.ts';
import { makeLibrary } from './functions.ts';
import { forgetPatterns } from './linear-regex.ts';
import { describe } from './messages.ts';
import { isPlainPath } from './path.ts';
import { release, releaseSelected } from './result.ts';
import { type Roots, rootsOf } from './roots.ts';
import { type Evaluate, Frame, type Library, mark, OUTER, sequence } from './value.ts';

/** Compiles the closures of an expression. Fails with an ExpressionFault. */
const compileText = (text: string): { ast: Ast; evaluate: Evaluate } => {
  try {
    const ast = parse(text);
    return { ast, evaluate: compile(ast) };
  } catch (error) {
    if (error instanceof RangeError)
      throw new ExpressionFault(
        'The expression is nested too deeply. Give inner parts a name with :=, or use several actions.',
        0,
      );
    throw error;
  }
};

let functions: Library | undefined;
const library = (): Library => {
  functions ??= makeLibrary((text) => compileText(text).evaluate);
  return functions;
};

/** What the engine records of a failed evaluation: expression-limit or expression-failed, never a bare error. */
export const asFailure = (error: unknown): ActionFailure => {
  if (error instanceof ActionFailure) return error;
  if (error instanceof RangeError && /call stack/.test(error.message)) {
    // A search may have been torn off in the middle.
    forgetPatterns();
    return limitFailure('depth', 'its data or functions are nested too deeply');
  }
  if (error instanceof RangeError && /Invalid (string|array) length/.test(error.message)) {
    return limitFailure('size', 'a value is too large');
  }
  if (error instanceof LimitReached) return limitFailure(error.limit, error.reason, error.position);
  const known = asEvaluationError(error);
  return new ActionFailure(
    'expression-failed',
    describe(error),
    known && { code: known.code, position: known.position, token: known.token },
  );
};

const limitFailure = (limit: LimitReached['limit'], reason: string, position?: number): ActionFailure =>
  new ActionFailure(
    'expression-limit',
    `The expression was stopped: ${reason}. Work on less data at once, or spread the work over several actions.`,
    { limit, position },
  );

/** A compiled expression, to be evaluated between `begin` and `asFailure`. */
export const prepare = (text: string): { readonly ast: Ast; evaluate(data: unknown): unknown } => {
  const { ast, evaluate } = compileText(text);
  const ordinary = isPlainPath(ast) ? releaseSelected : release;
  const outermost = library();
  return {
    ast,
    evaluate: (data) => {
      const input = Array.isArray(data) ? mark(sequence(data), OUTER) : data;
      return ordinary(evaluate(input, new Frame(outermost, ['$'], [data])));
    },
  };
};

/** A compiled expression: its value for some data, at once. */
export interface Expression {
  (data: unknown): unknown;
  /** The top-level keys of the data that it can touch, or 'all' where that cannot be told. */
  readonly roots: Roots;
}

/**
 * Compiles a JSONata expression (language version 2.2). Its value is JSON, with null for nothing, or a part of the data
 * as it is; the data are never changed. Evaluating fails with an ActionFailure: expression-failed (what JSONata says, its
 * code and place) or expression-limit (time, depth, sequence, size). Compiling fails with an ExpressionFault.
 */
export const compileJsonata = (text: string): Expression => {
  const { ast, evaluate } = prepare(text);
  const bounded = (data: unknown): unknown => {
    begin();
    try {
      return evaluate(data);
    } catch (error) {
      throw asFailure(error);
    }
  };
  return Object.assign(bounded, { roots: rootsOf(ast) });
};

/** Texts that were found to be in order, and their characters: documents are checked again whenever they are saved. */
const inOrder = new Set<string>();
let inOrderLength = 0;
const mostInOrder = 4 * 1024 * 1024;

/** What is wrong with an expression and where (characters from its start, from 0), or undefined if it is fine. */
export function checkJsonata(text: string): { message: string; position: number } | undefined {
  if (inOrder.has(text)) return undefined;
  const fault = faultOf(() => compileText(text));
  if (fault !== undefined) return fault;
  if (inOrderLength > mostInOrder) {
    inOrder.clear();
    inOrderLength = 0;
  }
  inOrder.add(text);
  inOrderLength += text.length;
  return undefined;
}
