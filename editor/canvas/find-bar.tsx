import { useEffect, useMemo, useRef } from 'react';
import { findSteps } from '../graph/find-steps.ts';
import type { WorkflowGraph } from '../graph/workflow-graph.ts';
import { Icon } from '../ui/icon.tsx';
import { useCanvas, useCanvasState } from './canvas-context.ts';
import { useSessionState } from './session-context.ts';

/** Looks for nodes by what they are called and by what they get; Enter goes from one to the next. */
export function FindBar({ graph }: { graph: WorkflowGraph }) {
  const finding = useCanvasState((state) => state.finding);
  return finding === null ? null : <OpenBar graph={graph} finding={finding} />;
}

function OpenBar({ graph, finding }: { graph: WorkflowGraph; finding: string }) {
  const { view, session } = useCanvas();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const found = useMemo(() => findSteps(graph, finding), [graph, finding]);
  const selected = useSessionState((state) => state.selected.at(-1));
  const at = selected === undefined ? -1 : found.indexOf(selected);
  const go = (by: 1 | -1): void => {
    const name = found[at === -1 ? (by === 1 ? 0 : found.length - 1) : (at + by + found.length) % found.length];
    if (name === undefined) return;
    session.select(name);
    view.stage?.reveal(name);
  };
  const close = (): void => {
    view.state.setState({ finding: null });
    view.stage?.focus(selected ?? 'start');
  };
  return (
    <search className="float float-top find-bar">
      <label className="field">
        <Icon name="search" size={14} />
        <input
          ref={field}
          aria-label="Find On Canvas"
          placeholder="Title, id, action, or text"
          value={finding}
          onChange={(event) => view.state.setState({ finding: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
            else if (event.key === 'Escape') close();
            else return;
            event.preventDefault();
          }}
        />
      </label>
      <output aria-live="polite">
        {finding.trim() === '' ? '' : at === -1 ? `${found.length} found` : `${at + 1} of ${found.length}`}
      </output>
      <button
        type="button"
        className="btn btn-quiet btn-icon btn-s"
        aria-label="Previous"
        disabled={found.length === 0}
        onClick={() => go(-1)}
      >
        <Icon name="up" size={14} />
      </button>
      <button
        type="button"
        className="btn btn-quiet btn-icon btn-s"
        aria-label="Next"
        disabled={found.length === 0}
        onClick={() => go(1)}
      >
        <Icon name="down" size={14} />
      </button>
      <button type="button" className="btn btn-quiet btn-icon btn-s" aria-label="Close" onClick={close}>
        <Icon name="close" size={14} />
      </button>
    </search>
  );
}
