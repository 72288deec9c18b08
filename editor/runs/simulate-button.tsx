import { useCommands } from '../app/use-commands.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { useSession } from '../canvas/session-context.ts';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { runSimulation } from './run-simulation.ts';
import { useElapsed, useRunDesk } from './use-run-desk.ts';
import { msInWords } from './words.ts';

const keys = 'Mod+Enter';

/** Runs the operation as it is edited; while it runs longer than a moment, says for how long and offers to stop. */
export function SimulateButton() {
  const session = useSession();
  const tools = useWorkspace();
  const running = useRunDesk((state) => state.running);
  const elapsed = useElapsed(running?.since ?? null);
  const whyNot = tools.whyNot('operate');
  const run = (): void => {
    if (whyNot === undefined) void runSimulation(session, tools);
  };
  useCommands(
    () => [
      {
        id: 'simulate',
        icon: 'play',
        label: 'Simulate',
        keys: [keys],
        group: 'Runs',
        keywords: 'run test try',
        whileTyping: true,
        whyNot: () => whyNot,
        perform: run,
      },
    ],
    [session, tools, whyNot],
  );
  if (running !== null && elapsed !== null)
    return (
      <span className="simulating" role="status">
        <Icon name="running" className="spin" />
        <span aria-hidden="true">{msInWords(elapsed)}</span>
        <span className="vh">The simulation is running.</span>
        <button type="button" className="btn" onClick={() => running.cancel()}>
          Cancel
        </button>
      </span>
    );
  return (
    <button
      type="button"
      className="btn btn-primary"
      aria-disabled={whyNot !== undefined || undefined}
      title={whyNot}
      onClick={run}
    >
      <Icon name="play" size={14} />
      Simulate
      <span aria-hidden="true">
        <Keys keys={keys} />
      </span>
    </button>
  );
}
