import type { NodeAnswer } from '../../engine/control/control.ts';
import { captureAction } from '../commands/capture-action.ts';
import type { NodeCommand } from '../commands/command.ts';
import { copyAsCurl } from '../commands/copy-as-curl.ts';
import { deleteOperation, deleteResource } from '../commands/delete-node.ts';
import { duplicateOperation } from '../commands/duplicate-operation.ts';
import { editResource } from '../commands/edit-resource.ts';
import { exportResource } from '../commands/export-resource.ts';
import { logAllActions } from '../commands/log-all-actions.ts';
import { logLevel } from '../commands/log-level.ts';
import { logThisAction } from '../commands/log-this-action.ts';
import { newOperation } from '../commands/new-operation.ts';
import { openLogs } from '../commands/open-logs.ts';
import { simulate } from '../commands/simulate.ts';
import { toggleCapture } from '../commands/toggle-capture.ts';
import { toggleLog } from '../commands/toggle-log.ts';
import { toggleRunning } from '../commands/toggle-running.ts';
import { MenuButton, type MenuGroups, type MenuItem } from '../ui/menu.tsx';
import { useWorkspace, type WorkspaceTools } from './workspace-context.ts';

const record = [toggleLog, toggleCapture, logLevel, openLogs] as const;
const change = [editResource, newOperation] as const;
const resource = [record, change, [exportResource], [deleteResource]] as const;

/** What can be done to each kind of node, in groups. */
const commandsOf: Record<NodeAnswer['kind'], readonly (readonly NodeCommand[])[]> = {
  server: [[toggleRunning], ...resource],
  service: resource,
  client: [[toggleRunning], ...resource],
  operation: [
    [simulate],
    [toggleLog, toggleCapture, logAllActions, logLevel, openLogs],
    [editResource, copyAsCurl, duplicateOperation],
    [deleteOperation],
  ],
  action: [[logThisAction, logLevel, captureAction], [openLogs]],
};

/** A command as an entry of a menu. */
function menuItemOf(command: NodeCommand, node: NodeAnswer, tools: WorkspaceTools): MenuItem {
  const { id, icon, keys, right, needsLive, isDanger, isInForce, variants, note } = command;
  const { project } = tools;
  const isDraft = needsLive === true && !project.snapshot().nodes.has(node.address);
  return {
    id,
    icon,
    label: command.label(node),
    value: command.value?.(node),
    keys,
    checked: command.checked?.(node, project),
    whyNot:
      tools.whyNot(right) ?? (isDraft ? 'It was never deployed. Deploy it first.' : command.whyNot?.(node, tools)),
    isDanger,
    note,
    items: variants?.(node, project).map((group) =>
      group.map((variant) => ({ ...menuItemOf(variant, node, tools), icon: variant.isInForce ? 'check' : undefined })),
    ),
    perform: () => tools.run(command, node),
    ...(isInForce && { icon: 'check' }),
  };
}

/** What can be done to a node, as the groups of a menu. */
export const nodeMenuOf = (node: NodeAnswer, tools: WorkspaceTools): MenuGroups =>
  commandsOf[node.kind].map((commands) =>
    commands.filter((command) => command.appliesTo?.(node) ?? true).map((command) => menuItemOf(command, node, tools)),
  );

/** The kebab of a node with its menu. `more` are groups that only the place where it stands knows. */
export function NodeMenu({ node, small = false, more = [] }: { node: NodeAnswer; small?: boolean; more?: MenuGroups }) {
  const tools = useWorkspace();
  const load = () =>
    tools.attempt(`The actions of ${node.title} could not be loaded`, () => tools.project.load(node.address));
  return (
    <MenuButton
      label={`More actions for ${node.title}`}
      groups={() => [...nodeMenuOf(node, tools), ...more]}
      onOpen={node.kind === 'operation' && tools.project.snapshot().nodes.has(node.address) ? load : undefined}
      small={small}
    />
  );
}
