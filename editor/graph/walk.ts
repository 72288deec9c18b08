import type { InsertPlace } from './place.ts';
import type { GraphNode, WorkflowGraph } from './workflow-graph.ts';

export type Direction = 'up' | 'down' | 'left' | 'right' | 'in' | 'out' | 'first' | 'last';

/** What the session calls a node: the action's id, or `start`, `end`, `onError`; null for what cannot be chosen. */
export function nameOf(node: GraphNode): string | null {
  if (node.kind === 'action') return node.step.action.id;
  if (node.kind === 'start' || node.kind === 'end' || node.id === 'onError') return node.id;
  return null;
}

/** How the nodes of a graph follow each other, for those who go through them by keyboard. */
export class Walk {
  private readonly inside = new Map<string | null, GraphNode[]>();
  private readonly nodes = new Map<string, GraphNode>();
  private readonly named = new Map<string, GraphNode>();

  constructor(graph: WorkflowGraph) {
    for (const node of graph.nodes) {
      this.nodes.set(node.id, node);
      const name = nameOf(node);
      if (name !== null) this.named.set(name, node);
      const siblings = this.inside.get(node.parent);
      if (siblings === undefined) this.inside.set(node.parent, [node]);
      else siblings.push(node);
    }
  }

  /** The node of an action's id, or of `start`, `end`, `onError`. */
  node(name: string): GraphNode | undefined {
    return this.named.get(name);
  }

  /** The names of all that can be chosen, from top to bottom, what is nested after what holds it. */
  names(): string[] {
    return [...this.named.keys()];
  }

  /** What comes in a direction: up and down the flow, to the lane beside, into a container and out of it. */
  from(name: string, direction: Direction): string | undefined {
    const node = this.named.get(name);
    if (node === undefined) return direction === 'last' ? this.last() : this.names()[0];
    switch (direction) {
      case 'down':
        return this.after(node);
      case 'up':
        return this.before(node);
      case 'left':
        return this.beside(node, -1);
      case 'right':
        return this.beside(node, 1);
      case 'in':
        return this.firstIn(node);
      case 'out':
        return this.nameAbove(node);
      case 'first':
        return this.names()[0];
      case 'last':
        return this.last();
    }
  }

  /** The place one step up or down in its list, or out of or into a container; undefined where there is none. */
  placeTowards(name: string, direction: 'up' | 'down' | 'in' | 'out'): InsertPlace | undefined {
    const node = this.named.get(name);
    if (node?.kind !== 'action' || node.place === null) return undefined;
    const { place } = node;
    if (direction === 'up') return place.index === 0 ? undefined : { ...place, index: place.index - 1 };
    const siblings = this.column(node.parent).filter((one) => one.kind === 'action');
    if (direction === 'down')
      return place.index === siblings.length - 1 ? undefined : { ...place, index: place.index + 2 };
    if (direction === 'out') return this.container(node)?.next ?? undefined;
    const above = siblings[place.index - 1];
    const lane = above && this.lanes(above).find((one) => one.next !== null);
    return lane?.next ? { ...lane.next, index: this.column(lane.id).filter(isAction).length } : undefined;
  }

  private last(): string | undefined {
    return this.named.has('end') ? 'end' : this.names().at(-1);
  }

  private column(parent: string | null): GraphNode[] {
    return (this.inside.get(parent) ?? []).filter((node) => node.kind !== 'lane' && node.id !== 'onError');
  }

  private lanes(node: GraphNode): GraphNode[] {
    return (this.inside.get(node.id) ?? []).filter((one) => one.kind === 'lane');
  }

  /** The container of the lane in which a node stands. */
  private container(node: GraphNode): GraphNode | undefined {
    const lane = node.parent === null ? undefined : this.nodes.get(node.parent);
    return lane?.parent == null ? undefined : this.nodes.get(lane.parent);
  }

  private nameAbove(node: GraphNode): string | undefined {
    const container = this.container(node);
    if (container === undefined) return undefined;
    return nameOf(container) ?? this.nameAbove(container);
  }

  private after(node: GraphNode): string | undefined {
    if (node.id === 'onError') return this.firstIn(node);
    const column = this.column(node.parent);
    const next = column[column.indexOf(node) + 1];
    if (next !== undefined) return nameOf(next) ?? this.firstIn(next) ?? this.after(next);
    const container = this.container(node);
    return container === undefined || container.id === 'onError' ? undefined : this.after(container);
  }

  private before(node: GraphNode): string | undefined {
    const column = this.column(node.parent);
    const previous = column[column.indexOf(node) - 1];
    if (previous !== undefined) return nameOf(previous) ?? this.firstIn(previous) ?? this.before(previous);
    return this.nameAbove(node);
  }

  private firstIn(node: GraphNode): string | undefined {
    for (const lane of this.lanes(node)) {
      for (const step of this.column(lane.id)) {
        const name = nameOf(step) ?? this.firstIn(step);
        if (name !== undefined) return name;
      }
    }
    return undefined;
  }

  private beside(node: GraphNode, by: 1 | -1): string | undefined {
    const container = this.container(node);
    if (container === undefined) {
      if (by === 1 && node.id !== 'onError') return this.named.has('onError') ? 'onError' : undefined;
      return by === -1 && node.id === 'onError' ? 'start' : undefined;
    }
    const lanes = this.lanes(container);
    for (let at = lanes.findIndex(({ id }) => id === node.parent) + by; lanes[at] !== undefined; at += by) {
      const [step] = this.column((lanes[at] as GraphNode).id);
      const name = step && (nameOf(step) ?? this.firstIn(step));
      if (name !== undefined) return name;
    }
    return this.beside(container, by);
  }
}

const isAction = (node: GraphNode): boolean => node.kind === 'action';
