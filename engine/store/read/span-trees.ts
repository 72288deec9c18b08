import type { SpanTree, StoredSpan } from '../run-head.ts';

/** The spans of a capture as trees, in their order. A span that is part of none that is there, or of itself, is a tree of its own. */
export function treesOf(spans: readonly StoredSpan[]): SpanTree[] {
  const trees = spans.map(({ in: _, ...span }): SpanTree => ({ ...span, children: [] }));
  const parents = spans.map((span) => (typeof span.in === 'number' ? trees[span.in] : undefined));
  for (const [i, tree] of trees.entries()) parents[i]?.children.push(tree);
  const roots = trees.filter((_, i) => parents[i] === undefined);
  const reached = new Set<SpanTree>();
  for (const root of roots) reach(root, reached);
  for (const [i, tree] of trees.entries()) {
    if (reached.has(tree)) continue;
    // The spans above it lead back to it.
    const siblings = (parents[i] as SpanTree).children;
    siblings.splice(siblings.indexOf(tree), 1);
    roots.push(tree);
    reach(tree, reached);
  }
  return roots;
}

/** The span that is one run's own, with those that are part of it. */
export function treesOfRun(trees: readonly SpanTree[], run: string): SpanTree[] {
  const reached = new Set<SpanTree>();
  for (const root of trees) reach(root, reached);
  const own = [...reached].find((tree) => tree.run === run);
  return own === undefined ? [] : [own];
}

/** Adds a tree and everything in it, what is above before what is below. */
function reach(root: SpanTree, reached: Set<SpanTree>): void {
  const waiting = [root];
  for (let tree = waiting.pop(); tree !== undefined; tree = waiting.pop()) {
    if (reached.has(tree)) continue;
    reached.add(tree);
    for (const child of tree.children) waiting.push(child);
  }
}
