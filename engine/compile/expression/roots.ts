import type { ExprNode } from 'jsonata';

type Node = ExprNode & Record<string, unknown>;

/** Whether a call of a built-in with so many arguments takes the one it lacks from the context. */
const takesContext = (name: string, count: number): boolean =>
  count === 0
    ? !['now', 'millis', 'random'].includes(name)
    : count === 1 && ['lookup', 'sift', 'each', 'eval'].includes(name);

/**
 * The top-level names of its data that an expression can touch, or 'all' when that cannot be told from its text. It
 * errs on the side of too many: every name anywhere counts, since a name inside a path may also be one of the data's.
 */
export function rootsOf(ast: unknown): Set<string> | 'all' {
  const names = new Set<string>();
  return visit(ast, true, names) ? names : 'all';
}

/** False as soon as the whole data may be touched. `atRoot`: the context is still the data itself. */
function visit(part: unknown, atRoot: boolean, names: Set<string>): boolean {
  if (Array.isArray(part)) return part.every((item) => visit(item, atRoot, names));
  if (typeof part !== 'object' || part === null || part instanceof RegExp) return true;
  const node = part as Node;
  switch (node.type as string) {
    case 'name':
      names.add(String(node.value));
      return visitMembers(node, atRoot, names);
    case 'variable':
      if (node.value === '$' || (node.value === '' && atRoot)) return false;
      return visitMembers(node, atRoot, names);
    case 'wildcard':
    case 'descendant':
      return !atRoot && visitMembers(node, atRoot, names);
    case 'parent':
      return false;
    case 'path': {
      const [first, ...rest] = (node.steps ?? []) as Node[];
      const { steps: _, ...others } = node;
      return visit(first, atRoot, names) && visit(rest, false, names) && visitMembers(others as Node, false, names);
    }
    case 'function':
    case 'partial': {
      const callee = (node.procedure as Node | undefined)?.value;
      if (atRoot && typeof callee === 'string' && takesContext(callee, node.arguments?.length ?? 0)) return false;
      return visitMembers(node, atRoot, names);
    }
    default:
      return visitMembers(node, atRoot, names);
  }
}

function visitMembers(node: Node, atRoot: boolean, names: Set<string>): boolean {
  for (const [key, member] of Object.entries(node)) {
    // Predicates, groupings and sort terms are evaluated with what the path gave as their context.
    const inside = key === 'predicate' || key === 'stages' || key === 'group' || key === 'terms';
    if (typeof member === 'object' && member !== null && !visit(member, atRoot && !inside, names)) return false;
  }
  return true;
}
