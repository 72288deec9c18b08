import { ApiProblem } from '../api/problem.ts';
import type { WorkspaceTools } from '../app/workspace-context.ts';
import type { OperationSession } from '../state/operation-session.ts';
import type { ShownRun } from '../state/shown-run.ts';
import type { MenuGroups } from '../ui/menu.tsx';
import { capturedInput } from './captured-input.ts';
import { replayRun, whyNoReplay } from './replay-run.ts';
import { saveAsSimulation } from './save-simulation.ts';

/** What can be done with a run that was captured, as the groups of a menu. */
export const runActions = (session: OperationSession, tools: WorkspaceTools, run: ShownRun): MenuGroups => [
  [
    {
      id: 'replay-run',
      icon: 'replay',
      label: 'Replay Against Current Version',
      whyNot: tools.whyNot('edit') ?? whyNoReplay(run),
      perform: () => void replayRun(session, tools, run),
    },
    {
      id: 'save-as-simulation',
      icon: 'save',
      label: 'Save As Simulation',
      whyNot: capturedInput(run) === null ? 'What this run was given was not captured.' : undefined,
      perform: () => saveAsSimulation(session, run, tools),
    },
  ],
  [copyRunId(tools, run.id)],
];

/** Puts the id of a run on the clipboard. */
export const copyRunId = (tools: WorkspaceTools, id: string): MenuGroups[number][number] => ({
  id: 'copy-run-id',
  icon: 'copy',
  label: 'Copy Run Id',
  perform: () =>
    tools.attempt('The id was not copied', async () => {
      await navigator.clipboard.writeText(id).catch(() => {
        throw new ApiProblem(403, `This browser does not let the page use the clipboard. The id is ${id}.`);
      });
      tools.say('The id of the run is on the clipboard.');
    }),
});
