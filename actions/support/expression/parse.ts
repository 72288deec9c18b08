import { isPlainObject, type Plain } from '../../kit/index.ts';
import { constants, functionFor, functions } from './functions.ts';
import { type Evaluate, finiteAt, infixes, numberAt, prefixes } from './operators.ts';
import { failAt, type Token, tokenise } from './tokens.ts';

// Parsing and evaluating recurse, so both bounds keep a run away from the end of the stack.
const deepest = 100;
const mostOperations = 1000;

const literals: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/**
 * Compiles an expression with a Pratt parser ("Top Down Operator Precedence", 1973): every operator has a binding power.
 * Throws input-invalid with the position when the text cannot be read; what it gives throws likewise when calculating.
 */
export const parse = (text: string): Evaluate => {
  const tokens = tokenise(text);
  let next = 0;
  let depth = 0;
  let operations = 0;
  const peek = (): Token => tokens[next] as Token;
  const take = (): Token => tokens[next++] as Token;
  const unexpected = (found: Token, expected: string): never =>
    failAt(found.at, `found ${found.kind === 'end' ? 'the end' : `\`${found.text}\``}, expected ${expected}`);
  const expect = (sign: string): void => {
    const found = take();
    if (found.text !== sign) unexpected(found, `\`${sign}\``);
  };
  const skip = (sign: string): boolean => {
    if (peek().text !== sign) return false;
    next += 1;
    return true;
  };

  /** Reads operators that bind tighter than `power`. */
  const expression = (power: number): Evaluate => {
    const start = peek();
    depth += 1;
    if (depth > deepest) failAt(start.at, `it is nested deeper than ${deepest} levels; calculate in several steps`);
    let left = operand();
    for (;;) {
      const sign = peek();
      const infix = infixes.get(sign.text);
      if (infix === undefined || infix.power <= power) break;
      next += 1;
      operations += 1;
      if (operations > mostOperations)
        failAt(sign.at, `it has more than ${mostOperations} operators; calculate in several steps`);
      left = infix.combine(left, expression(infix.fromRight ? infix.power - 1 : infix.power), sign.at);
    }
    depth -= 1;
    return left;
  };

  const operand = (): Evaluate => {
    const found = take();
    const prefix = prefixes.get(found.text);
    if (prefix !== undefined) return prefix.apply(expression(prefix.power), found.at);
    if (found.kind === 'number') {
      const value = finiteAt(Number(found.text), found.at);
      if (/^\d+$/.test(found.text) && !Number.isSafeInteger(value)) {
        failAt(found.at, `it is beyond ${Number.MAX_SAFE_INTEGER}, the largest whole number that is exact`);
      }
      return () => value;
    }
    if (literals.has(found.text)) {
      const value = literals.get(found.text);
      return () => value;
    }
    if (found.text === '(') {
      const inner = expression(0);
      expect(')');
      return inner;
    }
    if (found.text === ':') {
      const module = take();
      if (!/^math$/i.test(module.text)) unexpected(module, '`Math`');
      expect('.');
      return named(take(), true);
    }
    if (found.kind !== 'name' || infixes.has(found.text)) return unexpected(found, 'a number, a name or `(`');
    if (found.text === 'Math' && peek().text === '.') {
      const member = tokens[next + 1] as Token;
      if (functions.has(member.text) || constants.has(member.text)) {
        next += 2;
        return named(member, true);
      }
    }
    return named(found, false);
  };

  /** A call, a constant or a variable; only the first two exist below `Math`. */
  const named = (name: Token, ofMath: boolean): Evaluate => {
    if (name.kind !== 'name') return unexpected(name, 'a name');
    if (skip('(')) return call(name);
    const constant = constants.get(name.text);
    if (ofMath) return constant === undefined ? unexpected(peek(), '`(`') : () => constant;
    const path = [name.text];
    while (skip('.')) {
      const part = take();
      if (part.kind !== 'name') unexpected(part, 'a name');
      path.push(part.text);
    }
    return variable(path, name.at, path.length === 1 ? constant : undefined);
  };

  const call = (name: Token): Evaluate => {
    const parameters: Evaluate[] = [];
    if (!skip(')')) {
      do parameters.push(expression(0));
      while (skip(','));
      expect(')');
    }
    // `pi()` is how Erlang's math module spells its constant.
    const constant = constants.get(name.text);
    if (constant !== undefined && parameters.length === 0) return () => constant;
    const { compute } = functionFor(name.text, parameters.length, name.at);
    return (variables) =>
      finiteAt(compute(...parameters.map((parameter) => numberAt(parameter(variables), name.at))), name.at);
  };

  const result = expression(0);
  if (peek().kind !== 'end') unexpected(peek(), 'an operator or the end');
  return result;
};

/** Reads own keys only: nothing that every object inherits can be reached. */
const variable =
  (path: readonly string[], at: number, otherwise: number | undefined): Evaluate =>
  (variables) => {
    let value: unknown = variables;
    for (const key of path) {
      if (!isPlainObject(value) || !Object.hasOwn(value, key)) {
        return otherwise ?? failAt(at, `there is no variable \`${path.join('.')}\`; ${given(variables)}`);
      }
      value = value[key];
    }
    return value;
  };

const given = (variables: Plain): string => {
  const names = Object.keys(variables).slice(0, 10);
  return names.length === 0
    ? '`variables` is empty'
    : `\`variables\` has ${names.map((name) => (name.length > 40 ? `a name of ${name.length} characters` : name)).join(', ')}`;
};
