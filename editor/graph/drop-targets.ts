import { sizes } from './layout.ts';
import type { InsertPlace } from './place.ts';
import type { GraphNode, WorkflowGraph } from './workflow-graph.ts';

/** A place for actions, as a mark on the canvas: a line of `width` around a middle, in pixels of the graph. */
export interface DropTarget {
  place: InsertPlace;
  x: number;
  y: number;
  width: number;
}

/** A node's corner, in pixels of the whole graph. */
export interface Corner {
  x: number;
  y: number;
}

/** How far from a place something can be let go, where the place is not in the lane under the pointer. */
const reach = 96;

/** The corners of all nodes, counted from the graph's own. */
export function corners(nodes: readonly GraphNode[]): ReadonlyMap<string, Corner> {
  const found = new Map<string, Corner>();
  for (const { id, parent, x, y } of nodes) {
    const outer = parent === null ? undefined : found.get(parent);
    found.set(id, outer === undefined ? { x, y } : { x: outer.x + x, y: outer.y + y });
  }
  return found;
}

/**
 * The place for actions that is meant by a point: within the innermost lane below it, else the nearest one close by;
 * null when none is near. Nothing is put into the nodes in `without`, since they are what is moved.
 */
export function dropTargetAt(graph: WorkflowGraph, point: Corner, without: ReadonlySet<string>): DropTarget | null {
  const at = corners(graph.nodes);
  const left = new Set<string>();
  let lane: string | null = null;
  for (const node of graph.nodes) {
    if (without.has(node.id) || (node.parent !== null && left.has(node.parent))) left.add(node.id);
    else if (node.kind === 'lane' && node.next !== null && holds(node, at.get(node.id), point)) lane = node.id;
  }
  let best: DropTarget | null = null;
  let least = lane === null ? reach : Number.POSITIVE_INFINITY;
  for (const node of graph.nodes) {
    if (node.next === null || left.has(node.id)) continue;
    if (lane !== null && node.id !== lane && node.parent !== lane) continue;
    const target = targetOf(node, at.get(node.id) as Corner, node.next);
    const aside = Math.max(0, Math.abs(point.x - target.x) - target.width / 2);
    const distance = Math.hypot(aside, point.y - target.y);
    if (distance >= least) continue;
    best = target;
    least = distance;
  }
  return best;
}

function targetOf(node: GraphNode, { x, y }: Corner, place: InsertPlace): DropTarget {
  const middle = x + node.width / 2;
  const width = Math.min(node.width, sizes.nodeWidth);
  if (node.kind !== 'lane') return { place, x: middle, y: y + node.height + sizes.gap / 2, width };
  const isEmpty = node.lane.steps.length === 0;
  return { place, x: middle, y: y + (isEmpty ? 56 : sizes.laneHead - 10), width: width - 2 * sizes.lanePad };
}

const holds = (node: GraphNode, corner: Corner | undefined, point: Corner): boolean =>
  corner !== undefined &&
  point.x >= corner.x &&
  point.x <= corner.x + node.width &&
  point.y >= corner.y &&
  point.y <= corner.y + node.height;

/** Ids of the nodes of a kind that a rectangle touches, which is given by two of its corners. */
export function nodesWithin(graph: WorkflowGraph, from: Corner, to: Corner): GraphNode[] {
  const at = corners(graph.nodes);
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  return graph.nodes.filter((node) => {
    const { x, y } = at.get(node.id) as Corner;
    // A container is meant when all of it is inside: its steps can be chosen without it.
    if (node.kind === 'action' && node.isOpen)
      return x >= left && y >= top && x + node.width <= right && y + node.height <= bottom;
    return x <= right && y <= bottom && x + node.width >= left && y + node.height >= top;
  });
}
