import type { Ast, CallNode, VariableNode } from './ast.ts';
import { builtIns, type FunctionName, signatureOf } from './library.ts';

/** The top-level keys of the data that an expression can touch, or 'all' where that cannot be told. */
export type Roots = ReadonlySet<string> | 'all';

class Unclear extends Error {}

const names: readonly string[] = builtIns;

/** Arguments without which a built-in function takes the context in their place; 0 for one that never does. */
const neededArguments = (name: string): number => {
  if (!names.includes(name)) return 0;
  const { definition } = signatureOf(name as FunctionName);
  if (!definition.includes('-')) return 0;
  // <s-f<s:o>n?:a<o>>: each parameter is a letter or a group, `?` makes it optional, `<…>` says more about it.
  const [list = ''] = definition
    .slice(1, -1)
    .replace(/<[^<>]*>/g, '')
    .split(':');
  const parameters = list.match(/(?:[a-z]|\([a-z]+\))[-?+]?/g) ?? [];
  return parameters.filter((parameter) => !parameter.endsWith('?')).length;
};

/**
 * The top-level keys of the data that an expression can touch. It follows the context through the expression: `atRoot`
 * is true where `$` is the data itself. Whatever can hand on the data as a whole makes the answer 'all'.
 */
export const rootsOf = (ast: Ast): Roots => {
  const found = new Set<string>();
  try {
    visit(ast, true, found);
    return found;
  } catch (error) {
    if (error instanceof Unclear) return 'all';
    throw error;
  }
};

const visitPath = (steps: readonly Ast[], atRoot: boolean, found: Set<string>): void => {
  let root = atRoot;
  steps.forEach((step, index) => {
    const next = steps[index + 1];
    // `$.request` and `$$.request` are `request`.
    if (step.type === 'variable' && (step.value === '$' || (step.value === '' && root))) {
      if (index > 0 || next?.type !== 'name' || step.predicate || step.stages || step.group || step.focus || step.index)
        throw new Unclear();
      root = true;
      return;
    }
    if (step.focus !== undefined || step.ancestor) throw new Unclear();
    visit(step, root, found);
    root = false;
  });
};

const isBare = (ast: Ast): ast is VariableNode => ast.type === 'variable' && !ast.predicate && !ast.group;
const isBuiltIn = (ast: Ast): boolean => isBare(ast) && ast.value !== 'eval' && names.includes(ast.value);

const visitCall = (call: CallNode, atRoot: boolean, found: Set<string>, given: number): void => {
  const { procedure } = call;
  const builtIn = isBuiltIn(procedure);
  if (!isBare(procedure)) visit(procedure, atRoot, found);
  else if (procedure.value === 'eval') throw new Unclear();
  else if (atRoot && (builtIn ? given < neededArguments(procedure.value) : given === 0)) throw new Unclear();
  for (const argument of call.arguments) {
    // A built-in function that is handed to another one gets its arguments, and no context, from that.
    if (!builtIn || !isBuiltIn(argument)) visit(argument, atRoot, found);
  }
};

/** The parts of a node by the context they are evaluated in: that of the node, or one that is not the data itself. */
interface Parts {
  readonly same: readonly (Ast | undefined)[];
  readonly other?: readonly (Ast | undefined)[];
}

const partsOf = (ast: Ast): Parts => {
  switch (ast.type) {
    case 'string':
    case 'number':
    case 'value':
    case 'regex':
    case 'operator':
      return { same: [] };
    case 'binary':
      return { same: [ast.lhs, ast.rhs] };
    case 'unary':
      if (ast.value === '-') return { same: [ast.expression] };
      return { same: ast.value === '[' ? ast.expressions : ast.lhs.flat() };
    case 'condition':
      return { same: [ast.condition, ast.then, ast.else] };
    case 'block':
      return { same: ast.expressions };
    case 'bind':
      return { same: [ast.rhs] };
    case 'partial':
      return { same: [isBuiltIn(ast.procedure) ? undefined : ast.procedure, ...ast.arguments] };
    case 'lambda':
      // Such a signature takes the context for a first argument that is left out.
      if (ast.signature?.definition.includes('-')) throw new Unclear();
      return { same: [ast.body] };
    case 'apply':
      return { same: [ast.lhs, isBuiltIn(ast.rhs) ? undefined : ast.rhs] };
    case 'sort':
      return { same: [], other: ast.terms.map((term) => term.expression) };
    case 'transform':
      return { same: [], other: [ast.pattern, ast.update, ast.delete] };
    default:
      throw new Unclear();
  }
};

const visitVariable = ({ value }: VariableNode, atRoot: boolean): void => {
  // A built-in function as a value could be called without an argument later, and then sees the context.
  if (value === '$' || (value === '' && atRoot) || names.includes(value)) throw new Unclear();
};

const visit = (ast: Ast, atRoot: boolean, found: Set<string>): void => {
  for (const { expr } of [...(ast.predicate ?? []), ...(ast.stages ?? [])]) if (expr) visit(expr, false, found);
  for (const part of (ast.group?.lhs ?? []).flat()) visit(part, false, found);
  if (ast.type === 'path') visitPath(ast.steps, atRoot, found);
  else if (ast.type === 'variable') visitVariable(ast, atRoot);
  else if (ast.type === 'function') visitCall(ast, atRoot, found, ast.arguments.length);
  else if (ast.type === 'apply' && ast.rhs.type === 'function') {
    visit(ast.lhs, atRoot, found);
    visitCall(ast.rhs, atRoot, found, ast.rhs.arguments.length + 1);
  } else if (ast.type === 'name') {
    if (atRoot) found.add(String(ast.value));
  } else if (ast.type === 'wildcard' || ast.type === 'descendant') {
    if (atRoot) throw new Unclear();
  } else {
    const { same, other = [] } = partsOf(ast);
    for (const part of same) if (part) visit(part, atRoot, found);
    for (const part of other) if (part) visit(part, false, found);
  }
};
