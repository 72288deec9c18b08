import type { Edge, Node } from 'reactflow';
import { Position } from 'reactflow';
import type { ActionAnswer } from '../../engine/control/api/library.ts';
import type { NodeAnswer } from '../../engine/control/control.ts';
import type { Action } from '../../engine/document/types.ts';
import type { SchemaOfCall } from '../graph/call-arguments.ts';
import { checkAction } from '../graph/check-action.ts';
import { nameOf } from '../graph/walk.ts';
import type { GraphNode, WorkflowGraph } from '../graph/workflow-graph.ts';
import type { NodeRun } from '../state/shown-run.ts';
import { actionSummary } from './action-summary.ts';

/** What a node's component draws. */
export interface NodeData extends Record<string, unknown> {
  node: GraphNode;
  /** What the session calls it; null for what cannot be chosen. */
  name: string | null;
  /** What became of it in the shown run. */
  run: NodeRun | undefined;
  /** Of a branch, whether the shown run took it. */
  isTaken: boolean | undefined;
  /** Its switches; undefined for what was never deployed. */
  live: NodeAnswer | undefined;
  /** Why it cannot run yet. */
  faults: readonly string[];
  isSelected: boolean;
  /** It is the one that Tab reaches; what belongs to it is reached then too. */
  isCurrent: boolean;
  /** It is carried to another place. */
  isLifted: boolean;
  /** The search on the canvas found it. */
  isFound: boolean;
  isRenaming: boolean;
}

export type FlowNode = Node<NodeData>;
export type FlowEdge = Edge<{ state: 'rest' | 'ok' | 'off' }>;

/** What is known about nodes beside the document. */
export interface Beside {
  runs: ReadonlyMap<string, NodeRun>;
  live: ReadonlyMap<string, NodeAnswer>;
  faultsOf(action: Action): readonly string[];
  selected: ReadonlySet<string>;
  current: string;
  lifted: ReadonlySet<string>;
  found: ReadonlySet<string>;
  renaming: string | null;
}

/** React Flow's nodes of a graph. One of which nothing changed is the same object as `before`, and is not drawn again. */
export function flowNodes(graph: WorkflowGraph, beside: Beside, before: ReadonlyMap<string, FlowNode>): FlowNode[] {
  const current = new Set<string>();
  return graph.nodes.map((node) => {
    const data = dataOf(node, beside, current, graph);
    const known = before.get(node.id);
    if (known === undefined || !isSameData(known.data, data)) return flowNode(node, data);
    // One that only moved keeps its data, which says nothing of where it stands now.
    return isSamePlace(known, node) ? known : flowNode(node, known.data);
  });
}

function dataOf(node: GraphNode, beside: Beside, current: Set<string>, graph: WorkflowGraph): NodeData {
  const name = nameOf(node);
  const action = node.kind === 'action' ? node.step.action : undefined;
  // The lanes of the current container are reached with it.
  const isCurrent = name === beside.current || (node.kind === 'lane' && current.has(node.parent ?? ''));
  if (isCurrent) current.add(node.id);
  return {
    node,
    name,
    run: name === null ? undefined : beside.runs.get(name),
    isTaken: node.kind === 'lane' ? isTaken(node, beside, graph) : undefined,
    live: action && beside.live.get(node.id),
    faults: action === undefined || action.enabled === false ? none : beside.faultsOf(action),
    isSelected: name !== null && beside.selected.has(name),
    isCurrent,
    isLifted: name !== null && beside.lifted.has(name),
    isFound: name !== null && beside.found.has(name),
    isRenaming: name !== null && beside.renaming === name,
  };
}

const none: readonly string[] = [];

type LaneNode = Extract<GraphNode, { kind: 'lane' }>;

/** A branch was taken when a step of it ran; of one without steps that is known only of an Else, which the others leave. */
function isTaken({ parent, lane }: LaneNode, beside: Beside, graph: WorkflowGraph): boolean | undefined {
  const { runs } = beside;
  const container = parent === null ? undefined : runs.get(parent.slice(parent.lastIndexOf('/') + 1));
  if (container === undefined || container.state === 'not-reached') return undefined;
  if (lane.label === 'Else' && lane.steps.length === 0 && container.state === 'ok') {
    const others = graph.nodes
      .filter((node): node is LaneNode => node.kind === 'lane' && node.parent === parent && node.lane !== lane)
      .map((node) => isTaken(node, beside, graph));
    return others.includes(true) ? false : others.includes(undefined) ? undefined : true;
  }
  const steps = lane.steps.flatMap((step) => (step.kind === 'action' ? [step.action] : []));
  if (steps.every(({ enabled }) => enabled === false)) return undefined;
  return steps.some(({ id }) => (runs.get(id)?.state ?? 'not-reached') !== 'not-reached');
}

const isSamePlace = ({ position, width, height, parentId }: FlowNode, node: GraphNode): boolean =>
  position.x === node.x &&
  position.y === node.y &&
  width === node.width &&
  height === node.height &&
  (parentId ?? null) === node.parent;

const isSameData = (a: NodeData, b: NodeData): boolean =>
  isSameContent(a.node, b.node) &&
  isSameRun(a.run, b.run) &&
  a.isTaken === b.isTaken &&
  isSameLive(a.live, b.live) &&
  a.faults === b.faults &&
  a.isSelected === b.isSelected &&
  a.isCurrent === b.isCurrent &&
  a.isLifted === b.isLifted &&
  a.isFound === b.isFound &&
  a.isRenaming === b.isRenaming;

function isSameContent(a: GraphNode, b: GraphNode): boolean {
  if (a.next?.index !== b.next?.index || a.next?.owner !== b.next?.owner) return false;
  if (a.kind === 'action') return b.kind === 'action' && a.step === b.step && a.isOpen === b.isOpen;
  if (a.kind === 'lane') return b.kind === 'lane' && a.lane === b.lane && a.of === b.of;
  return a.kind === b.kind && a.label === b.label && a.detail === b.detail;
}

/** Answers of the engine are new objects each time. */
const isSameLive = (a: NodeAnswer | undefined, b: NodeAnswer | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));

function isSameRun(a: NodeRun | undefined, b: NodeRun | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return JSON.stringify(a) === JSON.stringify(b);
}

const flowNode = (node: GraphNode, data: NodeData): FlowNode => {
  const { id, kind, x, y, width, height, parent } = node;
  const isFocusable = data.name !== null;
  return {
    id,
    type: kind,
    position: { x, y },
    width,
    height,
    // Said here, nodes need not be measured: their size is that of the layout.
    measured: { width, height },
    ...(parent !== null && { parentId: parent }),
    data,
    className: `${kind === 'lane' ? '' : 'nopan '}${data.isSelected ? 'is-selected' : ''}`,
    style: { pointerEvents: 'all' },
    focusable: isFocusable,
    domAttributes: {
      'aria-roledescription': undefined,
      ...(isFocusable && {
        tabIndex: data.isCurrent ? 0 : -1,
        'aria-current': data.isSelected || undefined,
      }),
    },
    ...labelOf(data),
    // Given here, edges are drawn at once and stay while the document changes.
    handles: [
      { type: 'target', position: Position.Top, x: width / 2, y: 0, width: 1, height: 1 },
      { type: 'source', position: Position.Bottom, x: width / 2, y: height, width: 1, height: 1 },
    ],
  };
};

function labelOf(data: NodeData): { ariaLabel?: string } {
  const { node } = data;
  if (node.kind === 'lane') return {};
  if (node.kind === 'action') return { ariaLabel: actionSummary(node.step, data) };
  return data.name === null ? {} : { ariaLabel: `${node.label} ${node.detail}`.trim() };
}

/** React Flow's edges; one that did not change is the same object as `before`. */
export function flowEdges(
  graph: WorkflowGraph,
  nodes: readonly FlowNode[],
  before: ReadonlyMap<string, FlowEdge>,
): FlowEdge[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return graph.edges.map((edge) => {
    const [source, target] = [byId.get(edge.source), byId.get(edge.target)];
    const state = edgeState(source?.data.run, target?.data.run);
    const known = before.get(edge.id);
    if (known?.data?.state === state) return known;
    return { ...edge, type: 'flow', focusable: false, selectable: false, data: { state } };
  });
}

function edgeState(from: NodeRun | undefined, to: NodeRun | undefined): 'rest' | 'ok' | 'off' {
  if (to?.state === 'not-reached' || from?.state === 'not-reached') return 'off';
  return from?.state === 'ok' && to !== undefined ? 'ok' : 'rest';
}

/**
 * The faults of actions; each action is checked once, as long as the library stays the same. `said` are those that the engine
 * found in an action, by its id.
 */
export function faultsWith(
  library: ReadonlyMap<string, ActionAnswer>,
  schemaOf: SchemaOfCall = () => undefined,
  said: ReadonlyMap<string, readonly string[]> = new Map(),
): (action: Action) => readonly string[] {
  const known = new WeakMap<Action, readonly string[]>();
  return (action) => {
    // Before the library came, nothing is known to be wrong.
    if (library.size === 0) return none;
    const before = known.get(action);
    if (before !== undefined) return before;
    const faults = [...checkAction(action, library.get(action.action), schemaOf), ...(said.get(action.id) ?? [])];
    const found = faults.length === 0 ? none : faults;
    known.set(action, found);
    return found;
  };
}
