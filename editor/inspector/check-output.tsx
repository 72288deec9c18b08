import { useState } from 'react';
import type { Operation } from '../../engine/document/types.ts';
import { useSessionState } from '../canvas/session-context.ts';
import { DataView as Data } from '../data/data-view.tsx';
import { dataBefore, reasonOf, spanAt } from '../state/shown-run.ts';

const views = ['Field Values', 'Output', 'All Data'] as const;
type View = (typeof views)[number];

/** What the shown run had at a node: what its fields came to, its result, or all data before it. */
export function CheckOutput({ node, operation }: { node: string; operation: Operation }) {
  const [shown, show] = useState<View | null>(null);
  const run = useSessionState((state) => state.run);
  return (
    <footer className="insp-foot">
      <div className="insp-foot-bar">
        <span className="t3">Check Output</span>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has a look of its own */}
        <span className="seg" role="group" aria-label="Check Output">
          {views.map((view) => (
            <button
              key={view}
              type="button"
              aria-pressed={shown === view}
              onClick={() => show(shown === view ? null : view)}
            >
              {view}
            </button>
          ))}
        </span>
      </div>
      {shown !== null && (
        <div className="insp-check">
          {run === null ? (
            <p className="note">No run is shown. Simulate, or open a captured run, to see values here.</p>
          ) : (
            <Shown view={shown} node={node} operation={operation} />
          )}
        </div>
      )}
    </footer>
  );
}

function Shown({ view, node, operation }: { view: View; node: string; operation: Operation }) {
  const run = useSessionState((state) => state.run);
  const iterations = useSessionState((state) => state.iterations);
  if (run === null) return null;
  if (view === 'All Data')
    return <Data value={dataBefore(run, node, iterations, operation)} label={`All data before ${node}`} />;
  const span = spanAt(run, node, iterations);
  if (span === undefined) return <p className="note">The run did not get to {node}.</p>;
  if (view === 'Field Values') return <Data value={span.input} label={`Field values of ${node}`} />;
  if (span.error !== null) return <p className="vf-fault vf-fault-error">It failed: {reasonOf(span.error)}</p>;
  return <Data value={span.output} label={`Output of ${node}`} />;
}
