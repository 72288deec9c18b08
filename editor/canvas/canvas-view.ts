import { createStore } from 'zustand/vanilla';
import type { Corner, DropTarget } from '../graph/drop-targets.ts';
import type { InsertPlace } from '../graph/place.ts';
import { Walk } from '../graph/walk.ts';
import type { WorkflowGraph } from '../graph/workflow-graph.ts';
import { tabStore } from '../state/browser-store.ts';
import type { OperationSession } from '../state/operation-session.ts';
import { isTold, tell } from './remembered.ts';

/** What is carried over the canvas: chosen actions, or a new one of the palette. */
export type Load =
  | { kind: 'move'; ids: readonly string[]; title: string }
  | { kind: 'new'; action: string; title: string };

export interface CanvasState {
  /** Ids of containers that show their head alone. */
  collapsed: ReadonlySet<string>;
  /** Where the picker puts what is picked, and where it is open, in pixels of the page; null while it is closed. */
  picker: { place: InsertPlace; at: DOMRect } | null;
  /** What is carried, and where it would be put now. */
  drag: { load: Load; target: DropTarget | null } | null;
  /** The text that is looked for on the canvas; null while nothing is. */
  finding: string | null;
  /** Ids of the actions that are to become an operation of a service. */
  extracting: readonly string[] | null;
  /** Id of the action whose title is typed. */
  renaming: string | null;
  /** The node whose title, description and switch are shown, and beside what. */
  about: { name: string; at: DOMRect } | null;
  hasPalette: boolean;
  hasOutline: boolean;
  hasMinimap: boolean;
}

/** What the drawn canvas can be told to do; given by the component that draws it. */
export interface Stage {
  /** Moves a node into sight, if it is not. */
  reveal(name: string): void;
  /** Gives the node the focus of the keyboard, once it is drawn. */
  focus(name: string): void;
  /** The node that has the focus of the keyboard; null when none has. */
  focused(): string | null;
  zoom(by: 'in' | 'out' | 'actual' | 'fit'): void;
  /** A point of the page in pixels of the graph; null outside of the canvas. */
  pointAt(x: number, y: number): Corner | null;
  /** Where a node is on the page; null while it is not drawn. */
  boxOf(name: string): DOMRect | null;
  /** Opens the menu of the chosen nodes at a node, or at a point of the page. */
  openMenu(name: string, at?: Corner): void;
  /** Moves what is seen, in pixels of the page. */
  panBy(x: number, y: number): void;
  /** The canvas on the page. */
  box(): DOMRect;
}

/** Wide enough for palette, canvas and panel beside each other, in CSS pixels. */
const wide = 1400;

/** How the workflow is looked at: nothing of it is part of the document. */
export class CanvasView {
  readonly state;
  /** The graph as it is drawn. */
  graph: WorkflowGraph = { nodes: [], edges: [], width: 0, height: 0, mainWidth: 0 };
  private walked: Walk | null = null;
  stage: Stage | null = null;
  /** Puts what is carried under the pointer. */
  placeLoad: ((x: number, y: number) => void) | null = null;

  constructor(readonly session: OperationSession) {
    this.state = createStore<CanvasState>(() => ({
      collapsed: new Set(collapsedIn(session.address)),
      picker: null,
      drag: null,
      finding: null,
      extracting: null,
      renaming: null,
      about: null,
      hasPalette: isTold('palette') ?? innerWidth >= wide,
      hasOutline: isTold('outline') ?? false,
      hasMinimap: isTold('minimap') ?? false,
    }));
  }

  draw(graph: WorkflowGraph): void {
    if (this.graph === graph) return;
    this.graph = graph;
    this.walked = null;
  }

  /** How its nodes follow each other; made when it is first asked for. */
  get walk(): Walk {
    this.walked ??= new Walk(this.graph);
    return this.walked;
  }

  toggle(part: 'hasPalette' | 'hasOutline' | 'hasMinimap'): void {
    const next = !this.state.getState()[part];
    tell(part === 'hasPalette' ? 'palette' : part === 'hasOutline' ? 'outline' : 'minimap', next);
    this.state.setState({ [part]: next });
  }

  collapse(id: string, isCollapsed: boolean): void {
    const collapsed = new Set(this.state.getState().collapsed);
    if (isCollapsed) collapsed.add(id);
    else collapsed.delete(id);
    tabStore.setItem(keyOf(this.session.address), JSON.stringify([...collapsed]));
    this.state.setState({ collapsed });
  }

  /** Chooses a node and goes there. */
  go(name: string): void {
    this.session.select(name);
    this.stage?.reveal(name);
    this.stage?.focus(name);
  }

  /** Where a new action goes when nothing else is said: after what is chosen, else before the end. */
  placeForNew(): InsertPlace {
    const name = this.session.state.getState().selected.at(-1);
    const node = name === undefined ? undefined : this.walk.node(name);
    if (node?.next != null) return node.next;
    if (node?.id === 'onError') {
      const lane = this.graph.nodes.find((one) => one.kind === 'lane' && one.parent === 'onError');
      if (lane?.next != null) return { ...lane.next, index: this.countIn(lane.id) };
    }
    return { owner: 'workflow', path: [], index: this.countIn(null) };
  }

  private countIn(parent: string | null): number {
    return this.graph.nodes.filter((node) => node.parent === parent && node.kind === 'action').length;
  }
}

const keyOf = (address: string): string => `sluice.collapsed ${address}`;

function collapsedIn(address: string): string[] {
  const stored: unknown = JSON.parse(tabStore.getItem(keyOf(address)) ?? '[]');
  return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
}
