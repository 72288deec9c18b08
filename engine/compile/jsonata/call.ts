import type { Ast, CallNode, LambdaNode, PartialNode } from './ast.ts';
import { enter, leave, tick, useObject } from './budget.ts';
import { EvaluationError, ExpressionFault, locate } from './fault.ts';
import {
  arityOf,
  type Closure,
  type Evaluate,
  Frame,
  type FunctionValue,
  isFunction,
  Lambda,
  Native,
  TailCall,
} from './value.ts';

type Compile = (ast: Ast) => Evaluate;

const applyOnce = (procedure: unknown, args: unknown[], context: unknown, frame: Frame): unknown => {
  if (procedure instanceof Lambda) {
    const given = procedure.signature ? procedure.signature.validate(args, context) : args;
    const inner = new Frame(
      procedure.frame,
      [...procedure.parameters],
      procedure.parameters.map((_, index) => given[index]),
    );
    enter();
    const result = procedure.body(procedure.input, inner);
    leave();
    return result;
  }
  if (procedure instanceof Native) {
    tick();
    return procedure.run(procedure.signature ? procedure.signature.validate(args, context) : args, context, frame);
  }
  if (typeof procedure === 'function') return (procedure as Closure)(...args);
  throw new EvaluationError('T1006');
};

/** Calls a function. The context stands in for a first argument that is left out. Fails with T1006 for what is none. */
export const apply = (procedure: unknown, args: unknown[], context: unknown, frame: Frame): unknown => {
  let result = applyOnce(procedure, args, context, frame);
  while (result instanceof TailCall) {
    const call: TailCall = result;
    tick();
    try {
      const next = call.procedure(call.input, call.frame);
      result = applyOnce(
        next,
        call.args.map((argument) => argument(call.input, call.frame)),
        context,
        frame,
      );
    } catch (error) {
      throw locate(error, call.position, call.token);
    }
  }
  return result;
};

/** Calls a function that was handed to another one, with as many of the arguments as it takes, but at least one. */
export const callBack = (procedure: unknown, args: unknown[], frame: Frame): unknown =>
  apply(procedure, args.slice(0, Math.max(1, arityOf(procedure))), null, frame);

// A function that is passed on no longer sees the context of the call.
const pass = (value: unknown, frame: Frame): unknown => {
  if (!isFunction(value)) return value;
  const closure = (...args: unknown[]): unknown => apply(value, args, null, frame);
  return Object.assign(closure, { arity: arityOf(value) });
};

const nameOf = (procedure: Ast): string | undefined => {
  const named = procedure.type === 'path' ? procedure.steps[0] : procedure;
  return named && 'value' in named && typeof named.value === 'string' ? named.value : undefined;
};

// A function's name without its $ is the commonest slip.
const orForgottenDollar = (
  procedure: Ast,
  value: unknown,
  frame: Frame,
  code: string,
  position: number | undefined,
): unknown => {
  if (value === undefined && procedure.type === 'path') {
    const name = nameOf(procedure);
    if (name !== undefined && frame.lookup(name)) throw new EvaluationError(code, {}, position, name);
  }
  return value;
};

/** A call whose first argument may come from the left side of `~>`. */
export type Call = (input: unknown, frame: Frame, first?: { readonly value: unknown }) => unknown;

export const compileCall = (ast: CallNode, compile: Compile): Call => {
  const procedure = compile(ast.procedure);
  const args = ast.arguments.map(compile);
  const name = nameOf(ast.procedure);
  return (input, frame, first) => {
    const callee = orForgottenDollar(ast.procedure, procedure(input, frame), frame, 'T1005', ast.position);
    const given: unknown[] = first ? [first.value] : [];
    for (const argument of args) given.push(pass(argument(input, frame), frame));
    try {
      return apply(callee, given, input, frame);
    } catch (error) {
      throw locate(error, ast.position, name);
    }
  };
};

/** More optional parameters than this make the library try all combinations. */
const maximumOptional = 8;

const checkSignature = ({ signature, position }: LambdaNode): void => {
  const parameters =
    signature?.definition
      .slice(1, -1)
      .replace(/<[^<>]*>/g, '')
      .split(':')[0] ?? '';
  const optional = parameters.match(/[-?]/g)?.length ?? 0;
  const repeated = parameters.match(/\+/g)?.length ?? 0;
  if (optional > maximumOptional || repeated > 1) {
    throw new ExpressionFault(
      `The signature ${signature?.definition} has too many parameters that may be left out or repeated: at most ${maximumOptional} with ? or -, and one with +.`,
      position ?? 0,
    );
  }
};

/** Compiles `function(…){…}`, or a call in tail position of one. */
export const compileLambda = (ast: LambdaNode, compile: Compile): Evaluate => {
  if (ast.thunk && ast.body.type === 'function') {
    const { body } = ast;
    // Something is still to be done with the result, so this is no call in tail position.
    if (body.group || body.keepArray) return compile(body);
    const procedure = compile(body.procedure);
    const args = body.arguments.map(compile);
    const name = nameOf(body.procedure);
    return (input, frame) => new TailCall(procedure, args, input, frame, body.position, name);
  }
  checkSignature(ast);
  const parameters = ast.arguments.map(({ value }) => value);
  const body = compile(ast.body);
  return (input, frame) => {
    useObject(256);
    return new Lambda(parameters, body, input, frame, ast.signature);
  };
};

const partOfLambda = (lambda: Lambda, given: readonly unknown[], open: ReadonlySet<number>): Lambda => {
  const frame = new Frame(lambda.frame);
  const rest: string[] = [];
  lambda.parameters.forEach((parameter, index) => {
    if (open.has(index)) rest.push(parameter);
    else frame.bind(parameter, given[index]);
  });
  return new Lambda(rest, lambda.body, lambda.input, frame);
};

const partOfFunction = (
  callee: FunctionValue | Closure,
  given: readonly unknown[],
  open: ReadonlySet<number>,
  frame: Frame,
): Lambda => {
  const places = [...open];
  const parameters = places.map((place) => `${place}`);
  const body: Evaluate = (_, inner) => {
    const args = [...given];
    for (const place of places) args[place] = inner.lookup(`${place}`);
    return apply(callee, args, undefined, inner);
  };
  return new Lambda(parameters, body, undefined, frame);
};

/** Compiles `f(?, 2)`: a function of the open arguments. Fails with T1007 and T1008. */
export const compilePartial = (ast: PartialNode, compile: Compile): Evaluate => {
  const open = new Set<number>();
  const args = ast.arguments.map((argument, index) => {
    if (argument.type !== 'operator') return compile(argument);
    open.add(index);
    return () => undefined;
  });
  const procedure = compile(ast.procedure);
  return (input, frame) => {
    useObject(512);
    const given = args.map((argument) => argument(input, frame));
    const callee = orForgottenDollar(ast.procedure, procedure(input, frame), frame, 'T1007', ast.position);
    if (callee instanceof Lambda) return partOfLambda(callee, given, open);
    if (isFunction(callee)) return partOfFunction(callee, given, open, frame);
    throw new EvaluationError('T1008', {}, ast.position, nameOf(ast.procedure));
  };
};

/** Compiles `left ~> right`: a call, or the composition of two functions. Fails with T2006. */
export const compileApply = (ast: Ast & { type: 'apply' }, compile: Compile): Evaluate => {
  const left = compile(ast.lhs);
  if (ast.rhs.type === 'function') {
    const call = compileCall(ast.rhs, compile);
    return (input, frame) => call(input, frame, { value: left(input, frame) });
  }
  const right = compile(ast.rhs);
  return (input, frame) => {
    const value = left(input, frame);
    const callee = right(input, frame);
    if (!isFunction(callee)) throw new EvaluationError('T2006', { value: callee }, ast.position);
    if (!isFunction(value)) return apply(callee, [value], null, frame);
    useObject(512);
    const composed: Evaluate = (_, inner) =>
      apply(callee, [pass(apply(value, [inner.lookup('x')], null, inner), inner)], null, inner);
    return new Lambda(['x'], composed, null, frame);
  };
};
