import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import {
  Background,
  BackgroundVariant,
  Controls,
  type Edge,
  type Node,
  Position,
  ReactFlow,
  type Viewport,
} from 'reactflow';
import { useTheme } from '../app/theme.ts';
import type { GraphNode, WorkflowGraph } from '../graph/workflow-graph.ts';
import { ActionNode } from './action-node.tsx';
import { actionSummary } from './action-summary.ts';
import { BoxNode, LaneNode, PillNode } from './frame-nodes.tsx';

/** What React Flow hands to a node's component. */
export type FlowNode = Node<{ node: GraphNode }>;

const nodeTypes = { start: PillNode, end: PillNode, action: ActionNode, lane: LaneNode, box: BoxNode };

/** Draws a graph, read only: it can be moved and zoomed, its nodes stay where the layout put them. */
export function Flow({ graph, label }: { graph: WorkflowGraph; label: string }) {
  const frame = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState<Viewport | null>(null);
  const [theme] = useTheme();
  const nodes = useMemo(() => graph.nodes.map(flowNode), [graph]);
  const edges = useMemo(
    () => graph.edges.map((edge): Edge => ({ ...edge, type: 'smoothstep', focusable: false })),
    [graph],
  );
  useLayoutEffect(() => {
    const size = frame.current?.getBoundingClientRect();
    if (size) setViewport((before) => before ?? firstView(graph, size));
  }, [graph]);
  return (
    <section className="canvas" ref={frame} aria-label={label}>
      {viewport && (
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          defaultViewport={viewport}
          colorMode={theme}
          minZoom={0.2}
          maxZoom={2}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          deleteKeyCode={null}
          panOnScroll
          zoomOnDoubleClick={false}
        >
          <Background variant={BackgroundVariant.Dots} gap={16} size={1.5} />
          <Controls showInteractive={false} orientation="horizontal" position="bottom-left" />
        </ReactFlow>
      )}
    </section>
  );
}

const flowNode = (node: GraphNode): FlowNode => ({
  id: node.id,
  type: node.kind,
  position: { x: node.x, y: node.y },
  width: node.width,
  height: node.height,
  ...(node.parent !== null && { parentId: node.parent }),
  data: { node },
  // React Flow makes nodes that can be neither dragged nor selected blind for the pointer; their menus need it.
  style: { pointerEvents: 'all' },
  focusable: node.kind === 'action',
  ...(node.kind === 'action' && { ariaLabel: actionSummary(node.step) }),
  // Given here, edges are drawn at once and stay while the document changes.
  handles: [
    { type: 'target', position: Position.Top, x: node.width / 2, y: 0, width: 1, height: 1 },
    { type: 'source', position: Position.Bottom, x: node.width / 2, y: node.height, width: 1, height: 1 },
  ],
});

const margin = 24;

/** The start on top, in full size unless the main column is wider than the frame; all in the middle where it fits. */
function firstView({ width, mainWidth }: WorkflowGraph, frame: { width: number }): Viewport {
  const room = frame.width - 2 * margin;
  const zoom = Math.min(1, Math.max(0.4, room / mainWidth));
  const shown = width * zoom <= room ? width : mainWidth;
  return { x: (frame.width - shown * zoom) / 2, y: margin, zoom };
}
