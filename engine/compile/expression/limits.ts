/** What one evaluation of an expression may use. docs/expressions.md prints these figures. */
export const expressionLimits = {
  /** Milliseconds. */
  timeMs: 500,
  /** Nested evaluations. A function that calls itself uses about five per call. */
  depth: 2000,
  /** Items of one sequence or range. */
  items: 1_000_000,
  /** Characters of a text that $pad or $join makes, and estimated bytes of a result. */
  size: 10 * 1024 * 1024,
  /** Characters of a picture for dates and numbers. */
  picture: 1000,
  /** Characters of a regular expression, and instructions it compiles to. */
  patternLength: 10_000,
  patternProgram: 20_000,
  /** Instructions of a regular expression × characters it searches. */
  regexWork: 50_000_000,
} as const;

/** Code of our own for what a single step may not do; the library has no message of that code, so ours is kept. */
export const sizeLimit = 'D9001';
