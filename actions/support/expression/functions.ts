import { failAt } from './tokens.ts';

export interface MathFunction {
  readonly least: number;
  readonly most: number;
  readonly compute: (...numbers: number[]) => number;
}

const unary = (compute: (x: number) => number): MathFunction => ({ least: 1, most: 1, compute });
const binary = (compute: (x: number, y: number) => number): MathFunction => ({ least: 2, most: 2, compute });
const many = (compute: (...numbers: number[]) => number): MathFunction => ({ least: 1, most: 100, compute });

/** What an expression may call, by name. Angles are radians, `log` is the natural logarithm. */
export const functions: ReadonlyMap<string, MathFunction> = new Map([
  ['abs', unary(Math.abs)],
  ['acos', unary(Math.acos)],
  ['asin', unary(Math.asin)],
  ['atan', unary(Math.atan)],
  ['atan2', binary(Math.atan2)],
  ['ceil', unary(Math.ceil)],
  ['cos', unary(Math.cos)],
  ['exp', unary(Math.exp)],
  ['floor', unary(Math.floor)],
  ['log', unary(Math.log)],
  ['log10', unary(Math.log10)],
  ['log2', unary(Math.log2)],
  ['max', many(Math.max)],
  ['min', many(Math.min)],
  ['pow', binary((x, y) => x ** y)],
  // Halves go away from zero, as in school and in Elixir; Math.round takes them up.
  ['round', unary((x) => Math.sign(x) * Math.round(Math.abs(x)))],
  ['sin', unary(Math.sin)],
  ['sqrt', unary(Math.sqrt)],
  ['tan', unary(Math.tan)],
]);

export const constants: ReadonlyMap<string, number> = new Map([
  ['e', Math.E],
  ['pi', Math.PI],
]);

/** The function of that name, if it takes so many arguments. Throws input-invalid otherwise. */
export const functionFor = (name: string, count: number, at: number): MathFunction => {
  const found = functions.get(name);
  if (found === undefined) {
    return failAt(at, `there is no function \`${name}\`; there are ${[...functions.keys()].join(', ')}`);
  }
  if (count >= found.least && count <= found.most) return found;
  const allowed = found.least === found.most ? `${found.least}` : `${found.least} to ${found.most}`;
  return failAt(at, `\`${name}\` takes ${allowed} argument${allowed === '1' ? '' : 's'}, found ${count}`);
};
