import { memo, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { Action, Operation } from '../../engine/document/types.ts';
import { useCommands } from '../app/use-commands.ts';
import { useProject, useWorkspace } from '../app/workspace-context.ts';
import { listenToClipboard } from '../commands/canvas-clipboard.ts';
import { canvasCommands, hearsCanvas } from '../commands/canvas-commands.ts';
import { findSteps } from '../graph/find-steps.ts';
import type { Shown } from '../graph/layout.ts';
import type { StepContext } from '../graph/steps.ts';
import { nameOf } from '../graph/walk.ts';
import { type WorkflowGraph, workflowGraph } from '../graph/workflow-graph.ts';
import { Outline } from '../outline/outline.tsx';
import { ActionPicker } from '../palette/action-picker.tsx';
import { Palette } from '../palette/palette.tsx';
import { type NodeRun, runStates } from '../state/shown-run.ts';
import { AboutAction } from './about-action.tsx';
import { reasonOf } from './action-node.tsx';
import { CanvasContext, useCanvas, useCanvasState } from './canvas-context.ts';
import { CanvasView } from './canvas-view.ts';
import { CarriedLoad } from './carried-load.tsx';
import { EmptyCanvas } from './empty-canvas.tsx';

import { ExtractDialog } from './extract-dialog.tsx';
import { FindBar } from './find-bar.tsx';
import { Flow } from './flow.tsx';
import { followHistory } from './follow-history.ts';
import { type FlowEdge, type FlowNode, flowEdges, flowNodes } from './node-data.ts';
import { useSession, useSessionState } from './session-context.ts';
import { useFaults } from './use-faults.ts';

// They follow the state of the canvas by themselves; that the workflow is drawn again is nothing to them.
const beside = (
  <>
    <ActionPicker />
    <AboutAction />
    <CarriedLoad />
    <ExtractDialog />
  </>
);
const palette = <Palette />;

/** The workflow of an operation, as it is edited: the palette, the outline, and the canvas itself. */
export const Canvas = memo(function Canvas({ operation }: { operation: Operation }) {
  const session = useSession();
  const workspace = useWorkspace();
  const tools = useMemo(() => ({ view: new CanvasView(session), session, workspace }), [session, workspace]);
  useCommands(() => canvasCommands(tools), [tools]);
  useEffect(() => listenToClipboard(tools, hearsCanvas), [tools]);
  useEffect(() => followHistory(tools), [tools]);
  return (
    <CanvasContext value={tools}>
      <Workbench operation={operation} />
      {beside}
    </CanvasContext>
  );
});

function Workbench({ operation }: { operation: Operation }) {
  const session = useSession();
  const { graph, runs, faultsOf } = useGraph(operation);
  const hasPalette = useCanvasState((state) => state.hasPalette);
  const hasOutline = useCanvasState((state) => state.hasOutline);
  const isEmpty = operation.workflow.actions.length === 0 && !graph.nodes.some(({ kind }) => kind === 'action');
  const title = operation.title || operation.id;
  return (
    <div className="workbench">
      {hasPalette && session.draft.mayEdit && palette}
      {hasOutline && <Outline graph={graph} label={`Outline of ${title}`} />}
      <div className="stage-frame">
        <Drawn graph={graph} runs={runs} faultsOf={faultsOf} label={`Workflow of ${title}`} />
        <FindBar graph={graph} />
        {isEmpty && <EmptyCanvas operation={operation} />}
      </div>
    </div>
  );
}

const noRuns: ReadonlyMap<string, NodeRun> = new Map();

/** The graph of the operation, with room for what a run or a check has to say. */
function useGraph(operation: Operation) {
  const { view, session } = useCanvas();
  const { library } = useProject();
  const onError = useStore(session.draft.state, ({ document }) =>
    document !== null && 'onError' in document ? document.onError : undefined,
  );
  const collapsed = useCanvasState((state) => state.collapsed);
  const run = useSessionState((state) => state.run);
  const iterations = useSessionState((state) => state.iterations);
  const runs = useMemo(
    () => (run === null ? noRuns : runStates(run, iterations, operation)),
    [run, iterations, operation],
  );
  const faultsOf = useFaults(operation);
  const context = useMemo(
    (): StepContext => ({
      operation: session.address,
      hasResult: (action) => (library.get(action)?.output ?? null) !== null,
      known: new WeakMap(),
    }),
    [session, library],
  );
  const shown = useMemo(
    (): Shown => ({
      hasReason: ({ action }) =>
        reasonOf({ run: runs.get(action.id), faults: action.enabled === false ? [] : faultsOf(action) }) !== null,
      isCollapsed: ({ action }) => collapsed.has(action.id),
    }),
    [collapsed, runs, faultsOf],
  );
  const graph = useMemo(() => {
    const made = workflowGraph(operation, context, onError, shown);
    view.draw(made);
    return made;
  }, [view, operation, context, onError, shown]);
  return { graph, runs, faultsOf };
}

/** Gives React Flow its nodes: those of which nothing changed are the same objects as before. */
function Drawn({
  graph,
  runs,
  faultsOf,
  label,
}: {
  graph: WorkflowGraph;
  runs: ReadonlyMap<string, NodeRun>;
  faultsOf(action: Action): readonly string[];
  label: string;
}) {
  const { nodes: live } = useProject();
  const selected = useSessionState((state) => state.selected);
  const drag = useCanvasState((state) => state.drag?.load);
  const finding = useCanvasState((state) => state.finding);
  const renaming = useCanvasState((state) => state.renaming);
  const lastNodes = useRef<FlowNode[]>([]);
  const lastEdges = useRef<FlowEdge[]>([]);
  const found = useMemo(() => new Set(finding === null ? [] : findSteps(graph, finding)), [graph, finding]);
  const nodes = useMemo(() => {
    const last = selected.at(-1);
    const made = flowNodes(
      graph,
      {
        runs,
        live,
        faultsOf,
        selected: new Set(selected),
        current: last !== undefined && graph.nodes.some((node) => nameOf(node) === last) ? last : 'start',
        lifted: new Set(drag?.kind === 'move' ? drag.ids : []),
        found,
        renaming,
      },
      byId(lastNodes.current),
    );
    lastNodes.current = sameOr(lastNodes.current, made);
    return lastNodes.current;
  }, [graph, runs, live, faultsOf, selected, drag, found, renaming]);
  const edges = useMemo(() => {
    lastEdges.current = sameOr(lastEdges.current, flowEdges(graph, nodes, byId(lastEdges.current)));
    return lastEdges.current;
  }, [graph, nodes]);
  return <Flow graph={graph} nodes={nodes} edges={edges} label={label} />;
}

const byId = <T extends { id: string }>(all: readonly T[]): Map<string, T> => new Map(all.map((one) => [one.id, one]));

/** The list before, when it holds the same things: React Flow then has nothing to do. */
const sameOr = <T,>(before: T[], after: T[]): T[] =>
  before.length === after.length && after.every((one, at) => one === before[at]) ? before : after;
