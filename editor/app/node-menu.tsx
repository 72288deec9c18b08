import type { NodeAnswer } from '../../engine/control/control.ts';
import type { NodeCommand } from '../commands/command.ts';
import { downloadLogs } from '../commands/download-logs.ts';
import { logAllActions } from '../commands/log-all-actions.ts';
import { logThisAction } from '../commands/log-this-action.ts';
import { toggleCapture } from '../commands/toggle-capture.ts';
import { toggleLog } from '../commands/toggle-log.ts';
import { MenuButton } from '../ui/menu.tsx';
import { useWorkspace } from './workspace-context.ts';

/** What can be done to each kind of node, in groups. */
const commandsOf: Record<NodeAnswer['kind'], readonly (readonly NodeCommand[])[]> = {
  server: [[toggleLog, toggleCapture], [downloadLogs]],
  service: [[toggleLog, toggleCapture], [downloadLogs]],
  client: [[toggleLog, toggleCapture], [downloadLogs]],
  operation: [[toggleLog, toggleCapture, logAllActions], [downloadLogs]],
  action: [[logThisAction]],
};

/** The kebab of a node with its menu. */
export function NodeMenu({ node, small = false }: { node: NodeAnswer; small?: boolean }) {
  const { project, run, attempt, whyNot } = useWorkspace();
  const groups = commandsOf[node.kind].map((commands) =>
    commands.map((command) => ({
      id: command.id,
      icon: command.icon,
      label: command.label(node),
      value: command.value?.(node),
      checked: command.checked?.(node, project),
      whyNot: whyNot(command.right),
      perform: () => run(command, node),
    })),
  );
  const load = () => attempt(`The actions of ${node.title} could not be loaded`, () => project.load(node.address));
  return (
    <MenuButton
      label={`More actions for ${node.title}`}
      groups={groups}
      onOpen={node.kind === 'operation' ? load : undefined}
      small={small}
    />
  );
}
