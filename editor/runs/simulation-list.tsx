import { useState } from 'react';
import type { Operation, Simulation } from '../../engine/document/types.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { useSession } from '../canvas/session-context.ts';
import { runDeskOf } from '../state/run-desk.ts';
import { Icon } from '../ui/icon.tsx';
import { MenuButton, type MenuGroups } from '../ui/menu.tsx';
import { verdictOf } from './expected.ts';
import { runAll } from './run-all.ts';
import { storeSimulation } from './save-simulation.ts';
import { addSimulation, freeName, nameOf, removeSimulation, updateSimulation } from './simulations.ts';
import { useRunDesk } from './use-run-desk.ts';
import { VerdictMark } from './verdict-mark.tsx';

/** The stored inputs of an operation, each with how its last run went. */
export function SimulationList({ operation, chosen }: { operation: Operation; chosen: Simulation | undefined }) {
  const session = useSession();
  const tools = useWorkspace();
  const results = useRunDesk((state) => state.results);
  const progress = useRunDesk((state) => state.progress);
  const [renaming, rename] = useState<string | null>(null);
  const { simulations = [] } = operation;
  const tests = simulations.filter(({ expected }) => expected !== undefined);
  const add = (): void => {
    const { scratch } = runDeskOf(session).getState();
    storeSimulation(session, {
      id: freeName(operation, simulations.length === 0 ? 'default' : 'Simulation'),
      input: simulations.length === 0 ? scratch : {},
    });
  };
  return (
    <section className="sim-list" aria-label="Stored inputs">
      <div className="sim-head">
        <h2>Stored inputs</h2>
        <span className="grow" />
        {progress !== null && (
          <span className="note" role="status">
            {progress.done} of {progress.of}
          </span>
        )}
        {simulations.length > 1 && (
          <button
            type="button"
            className="btn btn-quiet btn-s"
            aria-disabled={progress !== null || undefined}
            onClick={() => void runAll(session, tools)}
          >
            Run All
          </button>
        )}
        <button type="button" className="btn btn-quiet btn-s" onClick={add}>
          <Icon name="add" size={12} />
          Add Simulation
        </button>
      </div>
      {simulations.length === 0 ? (
        <p className="note">None is stored yet. What stands below is run as it is; Add Simulation keeps it.</p>
      ) : (
        <ul>
          {simulations.map((simulation) => (
            <li key={simulation.id} className={`sim-item${simulation === chosen ? ' is-chosen' : ''}`}>
              {renaming === simulation.id ? (
                <Rename operation={operation} simulation={simulation} onDone={() => rename(null)} />
              ) : (
                <button
                  type="button"
                  className="sim-name"
                  aria-current={simulation === chosen || undefined}
                  onClick={() => runDeskOf(session).setState({ chosen: simulation.id })}
                  onDoubleClick={() => rename(simulation.id)}
                >
                  <VerdictMark simulation={simulation} run={results.get(simulation.id)} />
                  <span className="cut">{nameOf(simulation)}</span>
                </button>
              )}
              <Kebab operation={operation} simulation={simulation} onRename={() => rename(simulation.id)} />
            </li>
          ))}
        </ul>
      )}
      {tests.length > 0 && progress === null && <Tally tests={tests} />}
    </section>
  );
}

/** `2 of 3 tests passed`, once any of them was run. */
function Tally({ tests }: { tests: readonly Simulation[] }) {
  const results = useRunDesk((state) => state.results);
  const verdicts = tests.map((test) => verdictOf(test, results.get(test.id)).kind);
  if (verdicts.every((kind) => kind === 'unknown')) return null;
  const passed = verdicts.filter((kind) => kind === 'passed').length;
  return (
    <p className="note">
      {passed} of {tests.length} {tests.length === 1 ? 'test' : 'tests'} passed
    </p>
  );
}

function Kebab({
  operation,
  simulation,
  onRename,
}: {
  operation: Operation;
  simulation: Simulation;
  onRename(): void;
}) {
  const session = useSession();
  const { done } = useWorkspace();
  const { id } = simulation;
  const index = operation.simulations?.indexOf(simulation) ?? 0;
  const groups: MenuGroups = [
    [
      { id: 'rename', icon: 'edit', label: 'Rename', perform: onRename },
      {
        id: 'duplicate',
        icon: 'duplicate',
        label: 'Duplicate',
        perform: () => storeSimulation(session, { ...simulation, id: freeName(operation, `${id} copy`) }),
      },
    ],
    [
      {
        id: 'delete',
        icon: 'delete',
        label: 'Delete',
        isDanger: true,
        perform() {
          session.edit(`Delete simulation ${id}`, (before) => removeSimulation(before, id));
          done(`The simulation ${id} was deleted.`, {
            label: 'Undo',
            perform: () =>
              session.edit(`Bring simulation ${id} back`, (before) =>
                addSimulation(before, { ...simulation, id: freeName(before, id) }, index),
              ),
          });
        },
      },
    ],
  ];
  return <MenuButton label={`More actions for ${nameOf(simulation)}`} groups={groups} small />;
}

function Rename({ operation, simulation, onDone }: { operation: Operation; simulation: Simulation; onDone(): void }) {
  const session = useSession();
  const [name, setName] = useState(simulation.id);
  const isTaken = name !== simulation.id && freeName(operation, name) !== name;
  const why =
    name.trim() === '' ? 'A name has at least one character.' : isTaken ? 'Another simulation has this name.' : null;
  const commit = (): void => {
    if (why !== null) return;
    onDone();
    if (name === simulation.id) return;
    const { id } = simulation;
    session.edit(`Rename simulation ${id}`, (before) =>
      updateSimulation(before, id, ({ title: _, ...one }) => ({ ...one, id: name })),
    );
    runDeskOf(session).setState(({ results }) => {
      const run = results.get(id);
      return { chosen: name, ...(run !== undefined && { results: new Map(results).set(name, run) }) };
    });
  };
  return (
    <span className="sim-rename grow">
      <span className={`field${why === null ? '' : ' bad'}`}>
        <input
          aria-label={`Name of ${simulation.id}`}
          value={name}
          // biome-ignore lint/a11y/noAutofocus: it was asked for a moment ago, to be typed into.
          autoFocus
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
          onBlur={() => (why === null ? commit() : onDone())}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
            else if (event.key === 'Escape') onDone();
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
      </span>
      {why !== null && <span className="failure">{why}</span>}
    </span>
  );
}
