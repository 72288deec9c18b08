import type { Json, Simulation } from '../../engine/document/types.ts';
import type { OperationSession } from '../state/operation-session.ts';
import { runDeskOf } from '../state/run-desk.ts';
import type { ShownRun } from '../state/shown-run.ts';
import { capturedInput, gapsInWords } from './captured-input.ts';
import { addSimulation, freeName, updateSimulation } from './simulations.ts';
import { timeInWords } from './words.ts';

interface Telling {
  done(message: string, offer?: { label: string; perform(): void }): void;
}

/** Stores a simulation and chooses it. */
export function storeSimulation(session: OperationSession, simulation: Simulation): void {
  session.edit(`Add simulation ${simulation.id}`, (operation) => addSimulation(operation, simulation));
  runDeskOf(session).setState({ chosen: simulation.id });
}

/** What the run gave is what is expected from now on: of the stored simulation that was run, or of a new one with its input. */
export function saveAsExpected(session: OperationSession, run: ShownRun, { done }: Telling): void {
  const operation = session.operation();
  if (operation === undefined) return;
  const desk = runDeskOf(session);
  const id = [...desk.getState().results].find(([, result]) => result === run)?.[0];
  const expected = (run.output ?? null) as Json;
  if (id !== undefined && operation.simulations?.some((one) => one.id === id)) {
    session.edit(`Save the output of ${id} as expected`, (before) =>
      updateSimulation(before, id, (simulation) => ({ ...simulation, expected })),
    );
    desk.setState({ chosen: id });
    done(`${id} is a test now: it passes as long as the output stays what it was.`);
    return;
  }
  const input = capturedInput(run)?.input ?? desk.getState().scratch;
  const name = freeName(operation, 'Test');
  storeSimulation(session, { id: name, input: id === '' ? desk.getState().scratch : input, expected });
  desk.setState(({ results }) => ({ results: new Map(results).set(name, run) }));
  done(`${name} is stored with the input of this run, and expects its output.`);
}

/** Stores what a run was given, and says what is missing of it. */
export function saveAsSimulation(session: OperationSession, run: ShownRun, { done }: Telling): void {
  const operation = session.operation();
  const given = capturedInput(run);
  if (operation === undefined || given === null) return;
  const name = freeName(operation, run.begin === null ? 'Run' : `Run of ${timeInWords(run.begin)}`);
  storeSimulation(session, { id: name, input: given.input });
  session.state.setState({ upper: 'simulation' });
  done(
    given.gaps.length === 0
      ? `${name} is stored as a simulation.`
      : `${name} is stored as a simulation. Fill in what the capture lacks: ${gapsInWords(given.gaps)}.`,
  );
}
