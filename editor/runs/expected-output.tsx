import { useState } from 'react';
import type { Difference } from '../../engine/document/difference.ts';
import type { Json, Simulation } from '../../engine/document/types.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { useSession } from '../canvas/session-context.ts';
import { shortValue } from '../data/short-value.ts';
import { Icon } from '../ui/icon.tsx';
import { pathOf, pointerInWords, verdictOf } from './expected.ts';
import { JsonField } from './json-field.tsx';
import { saveAsExpected } from './save-simulation.ts';
import { updateSimulation } from './simulations.ts';
import { useRunDesk } from './use-run-desk.ts';

const mostShown = 20;

/** What a simulation is to give; with it, it is a test. */
export function ExpectedOutput({ simulation }: { simulation: Simulation | undefined }) {
  const session = useSession();
  const tools = useWorkspace();
  const run = useRunDesk((state) => state.results.get(simulation?.id ?? ''));
  const [isOpen, open] = useState(false);
  const change = (label: string, part: (simulation: Simulation) => Simulation, merge?: string): void => {
    if (simulation === undefined) return;
    const { id } = simulation;
    session.edit(
      `${label} of ${id}`,
      (before) => updateSimulation(before, id, part),
      merge && `simulation.${id}.${merge}`,
    );
  };
  const isRun = run !== undefined && run.upTo === undefined;
  const verdict = simulation === undefined ? null : verdictOf(simulation, run);
  const isTest = simulation?.expected !== undefined;
  return (
    <section className="sim-expected" aria-label="Expected output">
      <div className="sim-head">
        <h2>Expected output</h2>
        {verdict?.kind === 'passed' && <span className="badge badge-ok">passed</span>}
        {verdict?.kind === 'failed' && <span className="badge badge-error">failed</span>}
        <span className="grow" />
        <button
          type="button"
          className="btn btn-s"
          aria-disabled={!isRun || undefined}
          title={isRun ? undefined : 'Run it first; its output is what is stored.'}
          onClick={() => isRun && saveAsExpected(session, run, tools)}
        >
          Save As Expected
        </button>
      </div>
      {!isTest && (
        <p className="note">With an expected output a simulation is a test: it passes when it gives the same again.</p>
      )}
      {verdict?.kind === 'failed' && <Differences differences={verdict.differences} />}
      {isTest && simulation !== undefined && (
        <>
          <Ignored
            key={simulation.id}
            simulation={simulation}
            onChange={(ignore) =>
              change(
                'Change ignored paths',
                ({ ignore: _, ...one }) => (ignore.length === 0 ? one : { ...one, ignore }),
                'ignore',
              )
            }
          />
          <div className="sim-head">
            <button type="button" className="expand" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
              <Icon name="right" size={12} />
              What is stored
            </button>
            <span className="grow" />
            <button
              type="button"
              className="btn btn-quiet btn-s"
              onClick={() => change('Remove expected output', ({ expected: _, ignore: __, ...one }) => one)}
            >
              Remove Expected Output
            </button>
          </div>
          {isOpen && (
            <JsonField
              key={simulation.id}
              label="Expected output as JSON"
              value={simulation.expected}
              onChange={(expected) =>
                expected !== undefined && change('Change expected output', (one) => ({ ...one, expected }), 'expected')
              }
            />
          )}
        </>
      )}
    </section>
  );
}

const Differences = ({ differences }: { differences: readonly Difference[] }) =>
  differences.length === 0 ? (
    <p className="failure">The run failed and gave no output.</p>
  ) : (
    <table className="sim-differences">
      <caption className="vh">Where the output differs from what is expected</caption>
      <thead>
        <tr>
          <th scope="col">Where</th>
          <th scope="col">Expected</th>
          <th scope="col">Found</th>
        </tr>
      </thead>
      <tbody>
        {differences.slice(0, mostShown).map(({ path, kind, before, after }) => (
          <tr key={`${path} ${kind}`}>
            <th scope="row" className="mono">
              {pointerInWords(path)}
            </th>
            <td className="mono sim-wanted">{before === undefined ? 'nothing' : shortValue(before)}</td>
            <td className="mono sim-got">{after === undefined ? 'nothing' : shortValue(after)}</td>
          </tr>
        ))}
        {differences.length > mostShown && (
          <tr>
            <td colSpan={3} className="note">
              and {differences.length - mostShown} more
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );

/** Paths that may differ, separated by commas. */
function Ignored({ simulation, onChange }: { simulation: Simulation; onChange(ignore: Json[]): void }) {
  const [text, setText] = useState(() => (simulation.ignore ?? []).map((path) => pathOf(path).join('.')).join(', '));
  return (
    <label className="sim-row">
      <span>Ignored paths</span>
      <span className="field">
        <input
          className="mono"
          value={text}
          placeholder="body.id, body.lines.*.time"
          spellCheck={false}
          onChange={(event) => {
            setText(event.target.value);
            onChange(
              event.target.value
                .split(',')
                .map((path) => path.trim())
                .filter((path) => path !== ''),
            );
          }}
        />
      </span>
    </label>
  );
}
