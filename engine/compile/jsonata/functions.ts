import { LimitReached, work } from './budget.ts';
import { asEvaluationError, EvaluationError, ExpressionFault } from './fault.ts';
import { native } from './library.ts';
import { listFunctions } from './list-functions.ts';
import { describe } from './messages.ts';
import { numberFunctions } from './number-functions.ts';
import { textFunctions } from './text-functions.ts';
import { clone } from './transform.ts';
import { type Evaluate, isSequence, type Library, mark, type Native, OUTER, sequence } from './value.ts';

// Parsing counts as much as a thousand steps, so that a loop of $eval looks at the clock often.
const parsing = 1_000;

/** $eval: an expression in a text, bounded like the one around it. Fails with D3120 and D3121. */
const evaluateText = (compileText: (text: string) => Evaluate): Native =>
  native('eval', ([text, focus], context, frame) => {
    if (text === undefined) return undefined;
    const input = focus === undefined ? context : focus;
    let evaluate: Evaluate;
    work(parsing);
    try {
      evaluate = compileText(text as string);
    } catch (error) {
      if (!(error instanceof ExpressionFault)) throw error;
      throw new EvaluationError('D3120', { message: error.message });
    }
    try {
      return evaluate(Array.isArray(input) && !isSequence(input) ? mark(sequence(input), OUTER) : input, frame);
    } catch (error) {
      if (error instanceof LimitReached || !asEvaluationError(error)) throw error;
      throw new EvaluationError('D3121', { message: describe(error) });
    }
  });

/** The built-in functions by name. */
export const makeLibrary = (compileText: (text: string) => Evaluate): Library =>
  new Map(
    [
      ...textFunctions(),
      ...listFunctions(),
      ...numberFunctions(),
      evaluateText(compileText),
      native('clone', ([value]) => clone(value)),
    ].map((one) => [one.name, one]),
  );
