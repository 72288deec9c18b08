// Some schemas take time beyond measure: references that double at every level, each pair of a long array compared. The
// code that the validator generates therefore counts what it does.

/** One is a turn of a small loop. */
export const mostSteps = 3_000_000;
const mostErrors = 1_000;

export class StepsUsedUp extends Error {}
export class ManyErrors extends Error {}

let left = 0;
let sawErrors = false;

export const refill = (steps: number): void => {
  left = steps;
  sawErrors = false;
};

/** Whether there were any since the last refill, so that a check that ends with the first would be another one. */
export const hadErrors = (): boolean => sawErrors;

/** Called by generated code. Errors of parts that may still turn out not to matter are counted too. */
export const step = (weight: number, errors = 0): void => {
  // Errors of parts are copied to those of the whole again and again.
  left -= weight + errors / 4;
  if (errors > 0) sawErrors = true;
  if (left < 0) throw new StepsUsedUp();
  if (errors > mostErrors) throw new ManyErrors();
};

// Quoted texts come first, since what looks like code may stand in them.
const places =
  /"(?:[^"\\]|\\.)*"|\bfor\((?:[^(){}"]|\([^(){}"]*\))*\)\{|let vErrors = null;let errors = 0;|errors = vErrors\.length;/g;

/** Makes each function, each turn of a loop and each adding of errors count, by the length of the function. */
export const withSteps = (code: string): string => {
  const weight = Math.ceil(code.length / 2000);
  return code.replace(places, (found) => (found.startsWith('"') ? found : `${found}self.step(${weight}, errors);`));
};
