import type { Ast, ConditionNode } from './ast.ts';
import { add, tick, useObject } from './budget.ts';
import { compileApply, compileCall, compileLambda, compilePartial } from './call.ts';
import { EvaluationError, ExpressionFault } from './fault.ts';
import { compileGroup, groupItems } from './group.ts';
import { transformSignature } from './library.ts';
import { LinearRegex, RegexFault } from './linear-regex.ts';
import { compileBinary, compileNegation } from './operators.ts';
import { compileFilter, compilePath, filterItems } from './path.ts';
import { compileTransform } from './transform.ts';
import {
  append,
  boolean,
  CONS,
  type Evaluate,
  Frame,
  isObject,
  keysOf,
  lookup,
  mark,
  marksOf,
  OUTER,
  sequence,
  settle,
  unmark,
} from './value.ts';

/*
 * From the parsed expression to closures. The meaning of every node follows the reference implementation (jsonata
 * 2.2.2, © IBM Corp. 2016–2024, MIT licence); what differs is that nothing is asynchronous, that the data are never
 * written to, and that every loop is counted.
 */

const wildcard: Evaluate = (input) => {
  const context = Array.isArray(input) && marksOf(input) & OUTER && input.length > 0 ? input[0] : input;
  const results = sequence();
  if (!isObject(context)) return results;
  for (const key of keysOf(context)) {
    const value = context[key];
    if (Array.isArray(value)) {
      // The results are one array then, no longer a sequence.
      unmark(results);
      flatten(value, results);
    } else add(results, value);
  }
  return results;
};

const flatten = (value: unknown, into: unknown[]): void => {
  tick();
  if (Array.isArray(value)) for (const item of value) flatten(item, into);
  else add(into, value);
};

const descendants: Evaluate = (input) => {
  if (input === undefined) return undefined;
  const results = sequence();
  const walk = (value: unknown): void => {
    tick();
    if (!Array.isArray(value)) add(results, value);
    if (isObject(value)) for (const key of keysOf(value)) walk(value[key]);
  };
  walk(input);
  return results.length === 1 ? results[0] : results;
};

const compileArray = (ast: Ast & { type: 'unary'; value: '[' }): Evaluate => {
  const items = ast.expressions.map((item) => ({
    evaluate: compile(item),
    nested: item.type === 'unary' && item.value === '[',
  }));
  return (input, frame) => {
    let made: unknown[] = [];
    useObject(48);
    for (const { evaluate, nested } of items) {
      const value = evaluate(input, frame);
      if (value === undefined) continue;
      if (!nested && Array.isArray(value)) made = append(made, value) as unknown[];
      else add(made, value);
    }
    return ast.consarray ? mark(made, CONS) : made;
  };
};

// A call in tail position, as the call that it is.
const plainCall = (ast: Ast): Ast => {
  if (ast.type === 'lambda' && ast.thunk) return ast.body;
  if (ast.type === 'condition')
    // biome-ignore lint/suspicious/noThenProperty: it is the parser's name for the branch
    return { ...ast, then: plainCall(ast.then), ...(ast.else && { else: plainCall(ast.else) }) };
  return ast.type === 'block' ? { ...ast, expressions: ast.expressions.map(plainCall) } : ast;
};

const firstPosition = (ast: Ast): number | undefined => (ast.type === 'path' ? ast.steps[0]?.position : ast.position);

// The parser writes `a ?: b` and `a ?? b` as conditions over a copy of a, which then has the same position. Evaluating a
// once gives the same.
const coalesced = ({ condition, then }: ConditionNode): 'truthy' | 'exists' | undefined => {
  const place = firstPosition(condition);
  if (place === undefined) {
    if (condition.type === 'function') return 'exists';
    return JSON.stringify(condition) === JSON.stringify(then) ? 'truthy' : undefined;
  }
  return place === firstPosition(plainCall(then)) ? 'truthy' : undefined;
};

const compileCondition = (ast: ConditionNode): Evaluate => {
  const otherwise = ast.else ? compile(ast.else) : () => undefined;
  const kind = coalesced(ast);
  const then = compile(kind ? plainCall(ast.then) : ast.then);
  switch (kind) {
    case 'truthy':
      return (input, frame) => {
        const value = then(input, frame);
        return boolean(value) ? value : otherwise(input, frame);
      };
    case 'exists':
      return (input, frame) => {
        const value = then(input, frame);
        return value === undefined ? otherwise(input, frame) : value;
      };
    default: {
      const condition = compile(ast.condition);
      return (input, frame) => (boolean(condition(input, frame)) ? then(input, frame) : otherwise(input, frame));
    }
  }
};

const compileBlock = (ast: Ast & { type: 'block' }): Evaluate => {
  const expressions = ast.expressions.map(compile);
  return (input, frame) => {
    const inner = new Frame(frame);
    let result: unknown;
    for (const expression of expressions) result = expression(input, inner);
    return result;
  };
};

const linear = (pattern: RegExp, position: number): LinearRegex => {
  try {
    return new LinearRegex(pattern);
  } catch (error) {
    if (!(error instanceof RegexFault)) throw error;
    throw new ExpressionFault(`The regular expression cannot be used: ${error.message}.`, position);
  }
};

const compileRegex = (ast: Ast & { type: 'regex' }): Evaluate => {
  const regex = linear(ast.value, ast.position ?? 0);
  return () => {
    const search = regex.searcher();
    const matcher = (value: unknown, from?: unknown): unknown => {
      if (typeof value !== 'string') return undefined;
      const found = search(value, typeof from === 'number' ? from : 0);
      if (!found) return undefined;
      const next = (): unknown => {
        if (found.end >= value.length) return undefined;
        const following = matcher(value, found.end) as { match: string } | undefined;
        // An empty match would be found for ever.
        if (following?.match === '') throw new EvaluationError('D1004', { value: regex.source }, ast.position);
        return following;
      };
      return { ...found, next };
    };
    return Object.assign(matcher, { arity: 2 });
  };
};

const compileVariable = (name: string): Evaluate => {
  if (name !== '') return (_, frame) => frame.lookup(name);
  return (input) => (Array.isArray(input) && marksOf(input) & OUTER ? input[0] : input);
};

const compileCore = (ast: Ast): Evaluate => {
  switch (ast.type) {
    case 'path':
      return compilePath(ast, compile, ast.group && compileGroup(ast.group.lhs, ast.group.position, compile));
    case 'name': {
      const name = String(ast.value);
      return (input) => lookup(input, name);
    }
    case 'string':
    case 'number':
    case 'value': {
      const { value } = ast;
      return () => value;
    }
    case 'variable':
      return compileVariable(ast.value);
    case 'binary':
      return compileBinary(ast, compile);
    case 'unary':
      if (ast.value === '-') return compileNegation(compile(ast.expression), ast.position);
      if (ast.value === '[') return compileArray(ast);
      return objectOf(ast.lhs, ast.position);
    case 'condition':
      return compileCondition(ast);
    case 'block':
      return compileBlock(ast);
    case 'bind': {
      const value = compile(ast.rhs);
      return (input, frame) => {
        const bound = value(input, frame);
        frame.bind(ast.lhs.value, bound);
        return bound;
      };
    }
    case 'function':
      return compileCall(ast, compile);
    case 'partial':
      return compilePartial(ast, compile);
    case 'lambda':
      return compileLambda(ast, compile);
    case 'apply':
      return compileApply(ast, compile);
    case 'transform':
      return compileTransform(ast, transformSignature(), compile);
    case 'regex':
      return compileRegex(ast);
    case 'wildcard':
      return wildcard;
    case 'descendant':
      return descendants;
    case 'parent':
      return (_, frame) => frame.lookup(ast.slot.label);
    default:
      throw new ExpressionFault('This part of the expression cannot stand here.', ast.position ?? 0);
  }
};

const objectOf = (pairs: Parameters<typeof compileGroup>[0], position: number | undefined): Evaluate => {
  const group = compileGroup(pairs, position, compile);
  return (input, frame) => groupItems(group, input, frame);
};

/** Nodes whose value is never a sequence. */
const isScalar = ({ type }: Ast): boolean =>
  type === 'string' || type === 'number' || type === 'value' || type === 'regex' || type === 'lambda';

/** Compiles a node with all that may follow it: predicates, grouping, `[]`. */
export const compile = (ast: Ast): Evaluate => {
  let evaluate = compileCore(ast.predicate || ast.group ? plainCall(ast) : ast);
  for (const { expr } of ast.predicate ?? []) {
    const unfiltered = evaluate;
    const filter = compileFilter(expr, compile);
    evaluate = (input, frame) => filterItems(filter, unfiltered(input, frame), frame);
  }
  if (ast.group && ast.type !== 'path') {
    const ungrouped = evaluate;
    const group = compileGroup(ast.group.lhs, ast.group.position, compile);
    evaluate = (input, frame) => groupItems(group, ungrouped(input, frame), frame);
  }
  if (isScalar(ast) && !ast.predicate && !ast.group) return evaluate;
  const unsettled = evaluate;
  const keep = ast.keepArray === true;
  return (input, frame) => settle(unsettled(input, frame), keep);
};
