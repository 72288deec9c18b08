import { describeValue, isPlainObject, type Plain } from '../../kit/index.ts';
import { checkTotal } from '../../support/bounds.ts';
import { toText } from '../../support/text.ts';
import { functionFor } from './functions.ts';
import { type Evaluate, failed, infixes, prefixes } from './operators.ts';
import { invalidAt, type Token, tokenise } from './tokens.ts';

// Parsing and evaluating recurse, so both bounds keep a run away from the end of the stack.
const deepest = 100;
const mostParts = 5_000;
const longest = 20_000;

const literals: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['nil', null],
]);

/** Compiles an expression. Throws expression-invalid with the position; what it gives throws expression-failed. */
export const parse = (source: string): Evaluate => {
  if (source.length > longest) invalidAt(longest, `it has ${source.length} characters, and ${longest} are allowed`);
  return parseFrom(source, 0);
};

const parseFrom = (source: string, around: number): Evaluate => {
  const tokens = tokenise(source);
  if (tokens.length > mostParts) invalidAt(0, `it has more than ${mostParts} parts`);
  let next = 0;
  let depth = around;
  const peek = (): Token => tokens[next] as Token;
  const take = (): Token => tokens[next++] as Token;
  const textOf = (found: Token): string => ('text' in found ? found.text : '');
  const unexpected = (found: Token, expected: string): never =>
    invalidAt(found.at, `found ${textOf(found) || `a ${found.kind}`}, expected ${expected}`);
  const skip = (sign: string): boolean => {
    if (textOf(peek()) !== sign) return false;
    next += 1;
    return true;
  };
  const expect = (sign: string): void => {
    if (!skip(sign)) unexpected(peek(), sign);
  };
  /** What stands between commas, up to the closing sign. */
  const listed = <T>(close: string, member: () => T): T[] => {
    const members: T[] = [];
    if (skip(close)) return members;
    do members.push(member());
    while (skip(','));
    expect(close);
    return members;
  };

  const expression = (power: number): Evaluate => {
    depth += 1;
    if (depth > deepest) invalidAt(peek().at, `it is nested deeper than ${deepest} levels`);
    let left = operand();
    for (;;) {
      const infix = infixes.get(textOf(peek()));
      if (infix === undefined || infix.power <= power) break;
      next += 1;
      left = infix.combine(left, expression(infix.fromRight ? infix.power - 1 : infix.power));
    }
    depth -= 1;
    return left;
  };

  const operand = (): Evaluate => {
    const prefix = prefixes.get(textOf(peek()));
    if (prefix === undefined) return reached(primary());
    next += 1;
    depth += 1;
    if (depth > deepest) invalidAt(peek().at, `it is nested deeper than ${deepest} levels`);
    const value = prefix(operand());
    depth -= 1;
    return value;
  };

  const primary = (): Evaluate => {
    const found = take();
    if (found.kind === 'number') return () => found.value;
    if (found.kind === 'string') return interpolated(found.parts, depth);
    if (found.text === '(') {
      const inner = expression(0);
      expect(')');
      return inner;
    }
    if (found.text === '[') {
      const items = listed(']', () => expression(0));
      return (variables) => items.map((item) => item(variables));
    }
    if (found.text === '%{') {
      const members = listed('}', member);
      return (variables) => Object.fromEntries(members.map(([key, value]) => [key(variables), value(variables)]));
    }
    if (found.kind !== 'name') return unexpected(found, 'a value');
    if (skip('(')) {
      const compute = functionFor(
        found.text,
        listed(')', () => expression(0)),
        found.at,
      );
      return compute;
    }
    if (literals.has(found.text)) {
      const value = literals.get(found.text);
      return () => value;
    }
    return variable(found.text);
  };

  /** `"key" => value` or `key: value`. */
  const member = (): [Evaluate, Evaluate] => {
    const first = peek();
    if (first.kind === 'name' && textOf(tokens[next + 1] as Token) === ':') {
      next += 2;
      return [() => first.text, expression(0)];
    }
    const key = expression(0);
    expect('=>');
    return [(variables) => keyOf(key(variables)), expression(0)];
  };

  /** `.key` and `[key]` after a value. */
  const reached = (from: Evaluate): Evaluate => {
    let value = from;
    for (;;) {
      const inner = value;
      if (skip('.')) {
        const name = take();
        if (name.kind !== 'name') return unexpected(name, 'a key');
        const key = name.text;
        value = (variables) => memberOf(inner(variables), key);
      } else if (skip('[')) {
        const key = expression(0);
        expect(']');
        value = (variables) => {
          const map = inner(variables);
          const at = key(variables);
          if (map === null) return null;
          if (!isPlainObject(map)) return failed(`[…] reads maps by key, found ${describeValue(map)}`);
          return typeof at === 'string' && Object.hasOwn(map, at) ? (map[at] ?? null) : null;
        };
      } else return value;
    }
  };

  const result = expression(0);
  if (peek().kind !== 'end') unexpected(peek(), 'an operator or the end');
  return result;
};

const keyOf = (key: unknown): string => (typeof key === 'string' ? key : failed('keys of maps are texts here'));

const memberOf = (map: unknown, key: string): unknown =>
  isPlainObject(map) && Object.hasOwn(map, key)
    ? (map[key] ?? null)
    : failed(`there is no key ${key} in ${describeValue(map)}`);

/** Reads own keys only: nothing that every object inherits can be reached. */
const variable =
  (name: string): Evaluate =>
  (variables: Plain) =>
    Object.hasOwn(variables, name)
      ? (variables[name] ?? null)
      : failed(`there is no variable ${name} in \`variables\``);

const interpolated = (parts: readonly (string | { source: string; at: number })[], depth: number): Evaluate => {
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'string') return () => only;
  const pieces = parts.map((part) => (typeof part === 'string' ? part : parseFrom(part.source, depth + 1)));
  return (variables) => {
    let text = '';
    for (const piece of pieces) {
      text += typeof piece === 'string' ? piece : toText(piece(variables), 'What `#{…}` gives');
      checkTotal(text.length, 'elixir', 'characters');
    }
    return text;
  };
};
