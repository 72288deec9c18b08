import type { OperationSession } from '../state/operation-session.ts';
import { runDeskOf } from '../state/run-desk.ts';
import { verdictOf } from './expected.ts';
import { type RunTools, runSimulation } from './run-simulation.ts';

/** Runs all stored simulations one after the other, and shows the first one that did not go as expected. */
export async function runAll(session: OperationSession, tools: RunTools): Promise<void> {
  const desk = runDeskOf(session);
  const ids = session.operation()?.simulations?.map(({ id }) => id) ?? [];
  if (desk.getState().progress !== null || desk.getState().running !== null) return;
  let failed: string | null = null;
  try {
    for (const [done, simulation] of ids.entries()) {
      desk.setState({ progress: { done, of: ids.length } });
      const run = await runSimulation(session, tools, { simulation, isQuiet: true });
      if (run === null) return;
      const stored = session.operation()?.simulations?.find(({ id }) => id === simulation);
      const { kind } = stored === undefined ? { kind: 'none' } : verdictOf(stored, run);
      if (kind === 'failed' || (kind === 'none' && run.state !== 'succeeded')) failed ??= simulation;
    }
    if (failed === null) return;
    desk.setState({ chosen: failed });
    session.show(desk.getState().results.get(failed) ?? null);
  } finally {
    desk.setState({ progress: null });
  }
}
