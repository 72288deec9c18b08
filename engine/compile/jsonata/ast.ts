import { limits } from './budget.ts';
import { ExpressionFault } from './fault.ts';
import { jsonata } from './library.ts';
import { copyLevels, lexemes } from './scan.ts';
import type { Signature } from './value.ts';

export interface Stage {
  type: 'filter' | 'index';
  expr: Ast;
  /** Of an index: the variable. */
  value?: string;
}
export type Pair = [key: Ast, value: Ast];
export interface Group {
  lhs: Pair[];
  position?: number;
}

/** What any node may carry besides its own. */
interface Common {
  position?: number;
  /** Marked by `[]`: a single item stays an array. */
  keepArray?: boolean;
  predicate?: Stage[];
  stages?: Stage[];
  group?: Group;
  /** The step carries variables along. */
  tuple?: boolean;
  focus?: string;
  index?: string;
  ancestor?: { label: string };
  /** An array constructor at an end of a path: not flattened. */
  consarray?: boolean;
}

type Node<Type extends string, Own> = Common & { type: Type } & Own;
export type PathNode = Node<'path', { steps: Ast[]; keepSingletonArray?: boolean }>;
export type SortNode = Node<'sort', { terms: { descending: boolean; expression: Ast }[] }>;
export type VariableNode = Node<'variable', { value: string }>;
export type BinaryNode = Node<'binary', { value: string; lhs: Ast; rhs: Ast }>;
export type CallNode = Node<'function', { procedure: Ast; arguments: Ast[] }>;
export type PartialNode = Node<'partial', { procedure: Ast; arguments: (Ast | Node<'operator', { value: '?' }>)[] }>;
export type LambdaNode = Node<
  'lambda',
  { arguments: VariableNode[]; signature?: Signature; body: Ast; thunk?: boolean }
>;
export type TransformNode = Node<'transform', { pattern: Ast; update: Ast; delete?: Ast }>;
export type ConditionNode = Node<'condition', { condition: Ast; then: Ast; else?: Ast }>;

/** The parsed expression, as the library's parser leaves it. */
export type Ast =
  | PathNode
  | SortNode
  | VariableNode
  | BinaryNode
  | CallNode
  | PartialNode
  | LambdaNode
  | TransformNode
  | ConditionNode
  | Node<'name', { value: string }>
  | Node<'string' | 'number' | 'value', { value: string | number | boolean | null }>
  | Node<'regex', { value: RegExp }>
  | Node<'wildcard' | 'descendant', object>
  | Node<'parent', { slot: { label: string } }>
  | Node<'unary', { value: '-'; expression: Ast } | { value: '['; expressions: Ast[] } | { value: '{'; lhs: Pair[] }>
  | Node<'block', { expressions: Ast[] }>
  | Node<'bind', { lhs: VariableNode; rhs: Ast }>
  | Node<'apply', { lhs: Ast; rhs: Ast }>
  | Node<'operator', { value: string }>;

/** Deeper nesting of `?:` and `??` on their left side is refused: the parser doubles the tree at each level. */
const maximumCopyLevels = 6;

/** Parses an expression. Fails with an ExpressionFault. */
export const parse = (text: string): Ast => {
  if (text.length > limits.source) {
    throw new ExpressionFault(
      `The expression has ${text.length} characters; at most ${limits.source} are allowed. Move parts of it into actions of their own.`,
      limits.source,
    );
  }
  if (copyLevels(text) > maximumCopyLevels) {
    throw new ExpressionFault(
      `"?:" and "??" are nested more than ${maximumCopyLevels} deep on their left side. Give the inner value a name first, as in ($x := …; $x ?: …).`,
      0,
    );
  }
  try {
    return withPatterns(jsonata()(text).ast() as unknown as Ast, text);
  } catch (error) {
    throw asFault(error, text);
  }
};

// The copies that `?:` and `??` make go through JSON, which loses patterns; the original has the same position.
const withPatterns = (ast: Ast, text: string): Ast => {
  if (!text.includes('?:') && !text.includes('??')) return ast;
  const patterns = new Map<unknown, RegExp>();
  const copies: { value: unknown; position?: number }[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || node instanceof RegExp) return;
    const { type, value, position } = node as Ast & { value?: unknown };
    if (type !== 'regex') Object.values(node).forEach(walk);
    else if (value instanceof RegExp) patterns.set(position, value);
    else copies.push(node as { value: unknown; position?: number });
  };
  walk(ast);
  for (const copy of copies) copy.value = patterns.get(copy.position);
  return ast;
};

const asFault = (error: unknown, text: string): ExpressionFault => {
  if (error instanceof RangeError) {
    return new ExpressionFault(
      'The expression is nested too deeply. Give inner parts a name with :=, or use several actions.',
      0,
    );
  }
  if (error instanceof SyntaxError) return new ExpressionFault(error.message, positionOfBadRegex(text));
  const { message, position, token } = error as { message?: string; position?: number; token?: unknown };
  return new ExpressionFault(
    message ?? 'This is not a JSONata expression.',
    position ?? 0,
    token === undefined ? undefined : String(token),
  );
};

// The parser hands patterns to RegExp, whose error does not say where in the expression it was.
const positionOfBadRegex = (text: string): number => {
  for (const { kind, text: piece, start } of lexemes(text)) {
    if (kind !== 'opaque' || piece[0] !== '/' || piece[1] === '*') continue;
    try {
      new RegExp(piece.slice(1, piece.lastIndexOf('/')));
    } catch {
      return start;
    }
  }
  return 0;
};
