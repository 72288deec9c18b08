/** A text that is not an expression: what is wrong, and where (characters from the start of the text, from 0). */
export class ExpressionFault extends Error {
  override readonly name = 'ExpressionFault';
  constructor(
    message: string,
    readonly position: number,
    readonly token?: string,
  ) {
    super(message);
  }
}

/** What is wrong with a text and where, or undefined if compiling it goes well. */
export const faultOf = (compile: () => unknown): { message: string; position: number } | undefined => {
  try {
    compile();
    return undefined;
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error;
    return { message: error.message, position: error.position };
  }
};

/** What an error says besides its code. `value` and `value2` are the data that were found. */
export interface ErrorDetails {
  value?: unknown;
  value2?: unknown;
  /** Number of the argument, from 1. */
  index?: number;
  /** What the argument must be an array of. */
  type?: string;
  /** Text given to $error or $assert, or the message of an inner failure. */
  message?: string;
  functionName?: string;
  exp?: unknown;
}

/** An expression that failed while it ran; the codes are those of the JSONata documentation. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  position?: number;
  token?: string;
  constructor(
    readonly code: string,
    readonly details: ErrorDetails = {},
    position?: number,
    token?: string,
  ) {
    super(code);
    if (position !== undefined) this.position = position;
    if (token !== undefined) this.token = token;
  }
}

/** Adds where it happened, unless something further inside said so already. */
export const locate = (error: unknown, position: number | undefined, token: string | undefined): unknown => {
  const located = asEvaluationError(error);
  if (located) {
    located.position ??= position;
    located.token ??= token;
  }
  return located ?? error;
};

/** The library's own functions throw bare objects; they become errors like all others. */
export const asEvaluationError = (error: unknown): EvaluationError | undefined => {
  if (error instanceof EvaluationError) return error;
  if (typeof error !== 'object' || error === null || error instanceof Error) return undefined;
  const { code, position, token, ...details } = error as ErrorDetails & {
    code?: unknown;
    position?: number;
    token?: string;
  };
  return typeof code === 'string' ? new EvaluationError(code, details, position, token) : undefined;
};
