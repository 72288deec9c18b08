import { useState } from 'react';
import type { Json, Operation, Simulation } from '../../engine/document/types.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { useOperation, useSession } from '../canvas/session-context.ts';
import { chosenSimulation, runDeskOf } from '../state/run-desk.ts';
import { Icon } from '../ui/icon.tsx';
import { endOf } from './expected.ts';
import { ExpectedOutput } from './expected-output.tsx';
import { hasForm, InputForm } from './input-form.tsx';
import { JsonField } from './json-field.tsx';
import { runSimulation } from './run-simulation.ts';
import { schemaFaults } from './schema-faults.ts';
import { SimulationList } from './simulation-list.tsx';
import { updateSimulation } from './simulations.ts';
import { useElapsed, useRunDesk } from './use-run-desk.ts';
import { msInWords, stateIcons } from './words.ts';

/** Stored inputs of the operation, what they give, and what is expected. */
export function SimulationPane() {
  const operation = useOperation();
  const chosen = useRunDesk((state) => state.chosen);
  if (operation === undefined) return null;
  const simulation = chosenSimulation(operation, chosen);
  return (
    <div className="sim">
      <SimulationList operation={operation} chosen={simulation} />
      <div className="sim-body">
        <Input key={simulation?.id ?? ''} operation={operation} simulation={simulation} />
        <ExpectedOutput simulation={simulation} />
      </div>
      <Foot simulation={simulation} />
    </div>
  );
}

function Input({ operation, simulation }: { operation: Operation; simulation: Simulation | undefined }) {
  const session = useSession();
  const scratch = useRunDesk((state) => state.scratch);
  const input = simulation === undefined ? scratch : simulation.input;
  const canBeForm = hasForm(operation, input);
  const [wantsForm, wantForm] = useState(true);
  const isForm = wantsForm && canBeForm;
  const put = (next: Json): void => {
    if (simulation === undefined) {
      runDeskOf(session).setState({ scratch: next });
      return;
    }
    const { id } = simulation;
    session.edit(
      `Change input of ${id}`,
      (before) => updateSimulation(before, id, (one) => ({ ...one, input: next })),
      `simulation.${id}.input`,
    );
  };
  const schema = 'input' in operation ? operation.input : undefined;
  const faults = schemaFaults(input, schema);
  return (
    <section className="sim-input" aria-label="Input of the simulation">
      <div className="sim-head">
        <h2>Input</h2>
        <span className="grow" />
        <fieldset className="seg" aria-label="Input as">
          <button
            type="button"
            aria-pressed={isForm}
            aria-disabled={!canBeForm || undefined}
            title={canBeForm ? undefined : 'The operation does not say which fields its input has.'}
            onClick={() => wantForm(true)}
          >
            Form
          </button>
          <button type="button" aria-pressed={!isForm} onClick={() => wantForm(false)}>
            JSON
          </button>
        </fieldset>
      </div>
      {isForm ? (
        <InputForm operation={operation} input={input} onChange={put} />
      ) : (
        <JsonField label="Input as JSON" value={input} minLines={6} onChange={(next) => put(next ?? null)} />
      )}
      {faults.length > 0 && (
        <ul className="failure sim-faults" aria-label="What does not fit the schema">
          {faults.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <code className="mono">{path || 'the input'}</code> {message}.
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Runs the chosen one, and says how the last run of it ended. */
function Foot({ simulation }: { simulation: Simulation | undefined }) {
  const session = useSession();
  const tools = useWorkspace();
  const run = useRunDesk((state) => state.results.get(simulation?.id ?? ''));
  const warnings = useRunDesk((state) => state.warnings);
  const running = useRunDesk((state) => state.running);
  const elapsed = useElapsed(running?.since ?? null);
  const whyNot = tools.whyNot('operate');
  const end = run && endOf(simulation, run);
  return (
    <footer className="sim-foot">
      {warnings.length > 0 && (
        <ul className="note sim-warnings" aria-label="Warnings">
          {warnings.slice(0, 5).map((warning) => (
            <li key={warning}>
              <Icon name="warn" size={12} /> {warning}
            </li>
          ))}
        </ul>
      )}
      <div className="sim-head">
        <button
          type="button"
          className="btn"
          aria-disabled={whyNot !== undefined || running !== null || undefined}
          title={whyNot}
          onClick={() => whyNot === undefined && void runSimulation(session, tools)}
        >
          <Icon name="play" size={14} />
          Run
        </button>
        {running !== null && elapsed !== null ? (
          <>
            <Icon name="running" className="spin" />
            <span className="t2">{msInWords(elapsed)}</span>
            <button type="button" className="btn btn-s" onClick={() => running.cancel()}>
              Cancel Run
            </button>
          </>
        ) : (
          run !== undefined &&
          end !== undefined && (
            <button
              type="button"
              className="sim-result"
              onClick={() => session.show(run)}
              title="Show this run on the canvas"
            >
              <Icon
                name={end.differs ? 'failed' : stateIcons[run.state]}
                className={end.tone === 'ok' ? 'is-ok' : 'is-failed'}
              />
              <span>
                {end.differs ? end.words : run.state}
                {run.ms !== null && `, ${msInWords(run.ms)}`}
              </span>
            </button>
          )
        )}
      </div>
    </footer>
  );
}
