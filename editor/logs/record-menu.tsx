import { use } from 'react';
import { useWorkspace, type WorkspaceTools } from '../app/workspace-context.ts';
import { SessionContext } from '../canvas/session-context.ts';
import { copyText } from '../commands/copy-text.ts';
import { carry, openRun, replayRun } from '../runs/replay-run.ts';
import { pathToAddress } from '../state/address-path.ts';
import { OperationSession } from '../state/operation-session.ts';
import { MenuButton, type MenuGroups } from '../ui/menu.tsx';
import type { RecordAnswer } from './record-answer.ts';
import { likeThis, timeText } from './record-text.ts';

/** What can be done with one record. */
export function RecordMenu({ record, onFilter }: { record: RecordAnswer; onFilter(text: string): void }) {
  const tools = useWorkspace();
  const session = use(SessionContext);
  return (
    <MenuButton
      small
      label={`More actions for ${record.event} at ${timeText(record.time)}`}
      groups={() => entriesOf(record, { tools, session, onFilter })}
    />
  );
}

interface Place {
  tools: WorkspaceTools;
  /** The operation on screen, if one is. */
  session: OperationSession | null;
  onFilter(text: string): void;
}

function entriesOf(record: RecordAnswer, { tools, session, onFilter }: Place): MenuGroups {
  const { node, run, event } = record;
  const operation = node?.split('/').slice(0, 3).join('/');
  const isOfOperation = operation?.split('/').length === 3;
  const noRun = run === undefined || !isOfOperation ? 'This record is of no run.' : undefined;
  return [
    [
      {
        id: 'source',
        icon: 'open',
        label: 'Navigate To Source',
        whyNot: node === undefined ? 'This record is of the system, not of a node.' : undefined,
        perform: () => tools.go(pathToAddress(node as string)),
      },
      {
        id: 'run',
        icon: 'steps',
        label: 'Open Run',
        whyNot: noRun,
        perform: () => tools.go(pathToAddress(operation as string, run)),
      },
      {
        id: 'replay',
        icon: 'replay',
        label: 'Replay Run',
        whyNot: noRun ?? tools.whyNot('operate'),
        perform: () => void replay(operation as string, run as string, tools, session),
      },
    ],
    [
      {
        id: 'copy',
        icon: 'copy',
        label: 'Copy',
        value: 'JSON',
        perform: () =>
          tools.attempt('The record was not copied', async () => {
            await copyText(JSON.stringify(record, null, 2));
            tools.say(`The record ${event} is on the clipboard.`);
          }),
      },
      {
        id: 'filter',
        icon: 'filter',
        label: 'Filter By This',
        value: node === undefined ? event : `${event}, same node`,
        perform: () => onFilter(likeThis(record)),
      },
    ],
  ];
}

/** Runs the operation again with what a run was given, and shows what came of it on the canvas. */
async function replay(
  operation: string,
  run: string,
  tools: WorkspaceTools,
  session: OperationSession | null,
): Promise<void> {
  const isHere = session?.address === operation;
  const resource = operation.split('/').slice(0, 2).join('/');
  const target = isHere ? session : new OperationSession(operation, tools.drafts.of(resource));
  const made = await replayRun(target, tools, run);
  if (made === null || isHere) return;
  carry(made);
  openRun(tools.go, operation, made.id);
}
