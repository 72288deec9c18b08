import type { NodeAnswer } from '../../engine/control/control.ts';
import type { NodeCommand } from '../commands/command.ts';
import { downloadLogs } from '../commands/download-logs.ts';
import { logAllActions } from '../commands/log-all-actions.ts';
import { logThisAction } from '../commands/log-this-action.ts';
import { toggleCapture } from '../commands/toggle-capture.ts';
import { toggleLog } from '../commands/toggle-log.ts';
import { MenuButton, type MenuGroups, type MenuItem } from '../ui/menu.tsx';
import { useWorkspace } from './workspace-context.ts';

/** What can be done to each kind of node, in groups. */
const commandsOf: Record<NodeAnswer['kind'], readonly (readonly NodeCommand[])[]> = {
  server: [[toggleLog, toggleCapture], [downloadLogs]],
  service: [[toggleLog, toggleCapture], [downloadLogs]],
  client: [[toggleLog, toggleCapture], [downloadLogs]],
  operation: [[toggleLog, toggleCapture, logAllActions], [downloadLogs]],
  action: [[logThisAction]],
};

/** What can be done to a node, as the groups of a menu. */
export function useNodeMenu(node: NodeAnswer | undefined): MenuGroups {
  const tools = useWorkspace();
  if (node === undefined) return [];
  const itemOf = (command: NodeCommand): MenuItem => ({
    id: command.id,
    icon: command.icon,
    label: command.label(node),
    value: command.value?.(node),
    keys: command.keys,
    checked: command.checked?.(node, tools.project),
    whyNot: tools.whyNot(command.right) ?? command.whyNot?.(node, tools),
    isDanger: command.isDanger,
    items: command.variants?.(node).map((group) => group.map(itemOf)),
    perform: () => tools.run(command, node),
  });
  return commandsOf[node.kind].map((commands) => commands.map(itemOf));
}

/** The kebab of a node with its menu. `more` are groups that only the place where it stands knows. */
export function NodeMenu({ node, small = false, more = [] }: { node: NodeAnswer; small?: boolean; more?: MenuGroups }) {
  const { project, attempt } = useWorkspace();
  const groups = useNodeMenu(node);
  const load = () => attempt(`The actions of ${node.title} could not be loaded`, () => project.load(node.address));
  return (
    <MenuButton
      label={`More actions for ${node.title}`}
      groups={[...groups, ...more]}
      onOpen={node.kind === 'operation' ? load : undefined}
      small={small}
    />
  );
}
