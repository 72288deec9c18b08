import { nameOf } from '../graph/walk.ts';
import type { GraphNode, WorkflowGraph } from '../graph/workflow-graph.ts';

/** One row of the outline. */
export interface OutlineRow {
  /** Id of the node in the graph. */
  id: string;
  /** What the session calls it; null for lanes, which cannot be chosen. */
  name: string | null;
  title: string;
  /** The action's id, or what a lane decides by. */
  note: string;
  /** Id of the action in the library; null for what is none. */
  action: string | null;
  isOff: boolean;
  /** From 1. */
  level: number;
  /** Its place among those beside it, from 1, and how many they are. */
  position: number;
  count: number;
  hasRows: boolean;
}

/** The nodes of a graph as rows of a tree, without those inside of `folded` ones. */
export function outlineRows(graph: WorkflowGraph, folded: ReadonlySet<string>): OutlineRow[] {
  const inside = new Map<string | null, GraphNode[]>();
  for (const node of graph.nodes) {
    const siblings = inside.get(node.parent);
    if (siblings === undefined) inside.set(node.parent, [node]);
    else siblings.push(node);
  }
  const rows: OutlineRow[] = [];
  const add = (parent: string | null, level: number): void => {
    const siblings = inside.get(parent) ?? [];
    siblings.forEach((node, index) => {
      const hasRows = inside.has(node.id);
      rows.push({ ...contentOf(node), level, position: index + 1, count: siblings.length, hasRows });
      if (hasRows && !folded.has(node.id)) add(node.id, level + 1);
    });
  };
  add(null, 1);
  return rows;
}

function contentOf(node: GraphNode): Pick<OutlineRow, 'id' | 'name' | 'title' | 'note' | 'action' | 'isOff'> {
  const base = { id: node.id, name: nameOf(node), action: null, isOff: false };
  switch (node.kind) {
    case 'action': {
      const { title, action } = node.step;
      return { ...base, title, note: action.action, action: action.action, isOff: action.enabled === false };
    }
    case 'lane':
      return { ...base, title: node.lane.label, note: node.lane.note };
    default:
      return { ...base, title: node.label, note: node.detail };
  }
}
