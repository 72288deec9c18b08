import { type MouseEvent, type PointerEvent, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { Background, BackgroundVariant, MiniMap, ReactFlow, type Viewport, ViewportPortal } from 'reactflow';
import { useTheme } from '../app/theme.ts';
import { move } from '../commands/canvas-edits.ts';
import { chosenActions, namesOf } from '../commands/canvas-tools.ts';
import { type Corner, nodesWithin } from '../graph/drop-targets.ts';
import { nameOf } from '../graph/walk.ts';
import type { WorkflowGraph } from '../graph/workflow-graph.ts';
import { ContextMenu } from '../ui/menu.tsx';
import { ActionNode } from './action-node.tsx';
import { CanvasBar } from './canvas-bar.tsx';
import { useCanvas, useCanvasState } from './canvas-context.ts';
import { canvasMenu } from './canvas-menu.ts';
import { carry } from './carry.ts';
import { FlowLine } from './flow-edge.tsx';
import { BoxNode, LaneNode, PillNode } from './frame-nodes.tsx';
import type { FlowEdge, FlowNode } from './node-data.ts';
import { useSessionState } from './session-context.ts';
import { CanvasStage, seen } from './stage.tsx';
import { Unmeasured } from './unmeasured.tsx';

const nodeTypes = { start: PillNode, end: PillNode, action: ActionNode, lane: LaneNode, box: BoxNode };
const edgeTypes = { flow: FlowLine };
/** So many nodes are drawn even where they are out of sight: the browser's own search and screen readers find them. */
const drawnAtOnce = 200;
const noAttribution = { hideAttribution: true };
// Always the same, so that a change of the nodes draws none of them again.
const ground = <Background variant={BackgroundVariant.Dots} gap={16} size={1.5} />;
const minimap = <MiniMap pannable zoomable position="bottom-right" ariaLabel="Minimap" />;
const bar = <CanvasBar />;

/** Draws a workflow and takes what the pointer does to it: choosing, carrying, the menu, moving and zooming what is seen. */
export function Flow({
  graph,
  nodes,
  edges,
  label,
}: {
  graph: WorkflowGraph;
  nodes: FlowNode[];
  edges: FlowEdge[];
  label: string;
}) {
  const tools = useCanvas();
  const frame = useRef<HTMLElement>(null);
  const [viewport, setViewport] = useState<Viewport | null>(null);
  const [theme] = useTheme();
  const hasMinimap = useCanvasState((state) => state.hasMinimap);
  const isCarrying = useCanvasState((state) => state.drag !== null);
  const pointer = usePointer();
  const menuLabel = useMenuLabel();
  useLayoutEffect(() => {
    // Measured once: asking for a size costs a layout.
    if (viewport === null && frame.current !== null)
      setViewport(firstView(graph, frame.current.getBoundingClientRect(), seen.get(tools.session)));
  }, [graph, viewport, tools]);
  return (
    <ContextMenu label={menuLabel} groups={() => canvasMenu(tools)}>
      <section
        className={`canvas${isCarrying ? ' is-carrying' : ''}`}
        ref={frame}
        aria-label={label}
        data-hears="canvas"
        {...pointer.handlers}
      >
        {viewport && (
          <Unmeasured>
            <ReactFlow<FlowNode, FlowEdge>
              nodes={nodes}
              edges={edges}
              nodeTypes={nodeTypes}
              edgeTypes={edgeTypes}
              defaultViewport={viewport}
              colorMode={theme}
              minZoom={0.1}
              maxZoom={2}
              nodesDraggable={false}
              nodesConnectable={false}
              edgesFocusable={false}
              elementsSelectable={false}
              onlyRenderVisibleElements={nodes.length > drawnAtOnce}
              disableKeyboardA11y
              deleteKeyCode={null}
              selectionKeyCode={null}
              multiSelectionKeyCode={null}
              panOnScroll
              zoomOnDoubleClick={false}
              proOptions={noAttribution}
            >
              {ground}
              {hasMinimap && minimap}
              <CanvasStage frame={frame} />
              <ViewportPortal>
                <DropMark />
              </ViewportPortal>
              {bar}
            </ReactFlow>
          </Unmeasured>
        )}
        {pointer.box !== null && <div className="choose-box" style={pointer.box} />}
      </section>
    </ContextMenu>
  );
}

function useMenuLabel(): string {
  const tools = useCanvas();
  const selected = useSessionState((state) => state.selected);
  return selected.length === 0 ? 'More actions for the canvas' : `More actions for ${namesOf(tools, selected)}`;
}

/** Where what is carried would be put. */
function DropMark() {
  const target = useCanvasState((state) => state.drag?.target ?? null);
  if (target === null) return null;
  const { x, y, width } = target;
  return <div className="drop-mark" style={{ transform: `translate(${x - width / 2}px, ${y}px)`, width }} />;
}

/** What the pointer does on the canvas. A box that is drawn with Shift comes back in pixels of the canvas. */
function usePointer() {
  const tools = useCanvas();
  const { view, session } = tools;
  const [box, setBox] = useState<{ left: number; top: number; width: number; height: number } | null>(null);

  const onPointerDown = useCallback(
    (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || isControl(event.target)) return;
      const name = nameAt(event.target, view);
      const node = name === null ? undefined : view.walk.node(name);
      if (node?.kind !== 'action') {
        if (event.shiftKey && name === null) drawBox(event.nativeEvent, view, session, setBox);
        return;
      }
      if (node.place === null || !session.draft.mayEdit) return;
      const { id } = node.step.action;
      const chosen = chosenActions(tools);
      const ids = chosen.includes(id) ? chosen : [id];
      carry(event.nativeEvent, { kind: 'move', ids, title: namesOf(tools, ids) }, view, (place) =>
        move(tools, ids, place),
      );
    },
    [tools, view, session],
  );
  // React Flow would move the canvas along with the box.
  const onMouseDownCapture = useCallback(
    (event: MouseEvent) => {
      if (event.shiftKey && !isControl(event.target) && nameAt(event.target, view) === null) {
        event.stopPropagation();
        event.preventDefault();
      }
    },
    [view],
  );
  const onClick = useCallback(
    (event: MouseEvent<HTMLElement>) => {
      if (isControl(event.target) || !isOnFlow(event.target)) return;
      const name = nameAt(event.target, view);
      const { selected } = session.state.getState();
      if (event.shiftKey || event.metaKey || event.ctrlKey) {
        if (name === null) return;
        session.select(...(selected.includes(name) ? selected.filter((one) => one !== name) : [...selected, name]));
      } else if (name === null) session.select();
      else {
        session.select(name);
        view.stage?.focus(name);
      }
    },
    [view, session],
  );
  const onDoubleClick = useCallback(
    (event: MouseEvent<HTMLElement>) => {
      if (!session.draft.mayEdit || isControl(event.target) || !(event.target as Element).closest('.node-head')) return;
      const name = nameAt(event.target, view);
      if (name !== null && view.walk.node(name)?.kind === 'action') view.state.setState({ renaming: name });
    },
    [view, session],
  );
  // Ahead of the menu itself, which then is that of what lies under the pointer.
  const onContextMenuCapture = useCallback(
    (event: MouseEvent<HTMLElement>) => {
      if (!event.isTrusted) return;
      const name = nameAt(event.target, view);
      if (name === null) session.select();
      else if (!session.state.getState().selected.includes(name)) session.select(name);
    },
    [view, session],
  );
  const onFocusCapture = useCallback(
    (event: { target: EventTarget }) => {
      const name = nameAt(event.target, view);
      if (name !== null && (event.target as Element).matches(':focus-visible')) view.stage?.reveal(name);
    },
    [view],
  );
  // Browsers scroll to what gets the focus or is found; here that moves what is seen.
  const onScrollCapture = useCallback(
    ({ target }: { target: EventTarget }) => {
      if (!(target instanceof Element) || !target.matches('.react-flow')) return;
      const { scrollLeft, scrollTop } = target;
      if (scrollLeft === 0 && scrollTop === 0) return;
      target.scrollTo({ left: 0, top: 0, behavior: 'instant' });
      view.stage?.panBy(-scrollLeft, -scrollTop);
    },
    [view],
  );
  return {
    box,
    handlers: {
      onScrollCapture,
      onPointerDown,
      onMouseDownCapture,
      onClick,
      onDoubleClick,
      onContextMenuCapture,
      onFocusCapture,
    },
  };
}

const isControl = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('button, a, input, fieldset, .float, .react-flow__minimap') !== null;

const isOnFlow = (target: EventTarget): boolean => target instanceof Element && target.closest('.react-flow') !== null;

/** What the session calls the node at a place of the page; null for the ground, which lanes are too. */
function nameAt(target: EventTarget, view: { graph: WorkflowGraph }): string | null {
  const id = target instanceof Element ? target.closest<HTMLElement>('.react-flow__node')?.dataset.id : undefined;
  const node = id === undefined ? undefined : view.graph.nodes.find((one) => one.id === id);
  return node === undefined ? null : nameOf(node);
}

/** Chooses all nodes that a box drawn by the pointer touches. */
function drawBox(
  press: globalThis.PointerEvent,
  view: ReturnType<typeof useCanvas>['view'],
  session: ReturnType<typeof useCanvas>['session'],
  show: (box: { left: number; top: number; width: number; height: number } | null) => void,
): void {
  const { stage } = view;
  const from = stage?.pointAt(press.clientX, press.clientY) ?? null;
  if (stage === null || from === null) return;
  const frame = stage.box();
  const listeners = new AbortController();
  const { signal } = listeners;
  const earlier = session.state.getState().selected;
  const choose = (to: Corner): void => {
    const names = nodesWithin(view.graph, from, to).flatMap((node) =>
      node.kind === 'action' ? [node.step.action.id] : [],
    );
    session.select(...new Set([...earlier, ...names]));
  };
  addEventListener(
    'pointermove',
    (event) => {
      const [left, top] = [Math.min(press.clientX, event.clientX), Math.min(press.clientY, event.clientY)];
      show({
        left: left - frame.left,
        top: top - frame.top,
        width: Math.abs(event.clientX - press.clientX),
        height: Math.abs(event.clientY - press.clientY),
      });
      const to = stage.pointAt(event.clientX, event.clientY);
      if (to !== null) choose(to);
    },
    { signal },
  );
  const end = (): void => {
    listeners.abort();
    show(null);
    const stop = (event: Event): void => event.stopPropagation();
    addEventListener('click', stop, { capture: true, once: true });
    setTimeout(() => removeEventListener('click', stop, { capture: true }));
  };
  addEventListener('pointerup', end, { signal });
  addEventListener('pointercancel', end, { signal });
}

const margin = 24;

/**
 * What was seen before; else the start on top, in full size unless the main column is wider than the frame, and all in the
 * middle where it fits.
 */
function firstView(
  { width, mainWidth }: WorkflowGraph,
  frame: { width: number },
  before: { middle: number; y: number; zoom: number } | undefined,
): Viewport {
  if (before !== undefined) return { x: frame.width / 2 - before.middle * before.zoom, y: before.y, zoom: before.zoom };
  const room = frame.width - 2 * margin;
  const zoom = Math.min(1, Math.max(0.4, room / mainWidth));
  const shown = width * zoom <= room ? width : mainWidth;
  return { x: (frame.width - shown * zoom) / 2, y: margin, zoom };
}
