import { runSimulation } from '../runs/run-simulation.ts';
import { type CanvasTools, chosenActions } from './canvas-tools.ts';

/** Simulates the draft up to the chosen action, and shows the run. A failure to do so is shown by the simulation. */
export function runToHere(tools: CanvasTools, ids: readonly string[] = chosenActions(tools)): void {
  const id = ids.at(-1);
  if (id !== undefined) void runSimulation(tools.session, tools.workspace, { upTo: id });
}
