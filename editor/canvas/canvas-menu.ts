import type { NodeAnswer } from '../../engine/control/control.ts';
import { nodeMenuOf } from '../app/node-menu.tsx';
import { askToCopy, askToPaste } from '../commands/canvas-clipboard.ts';
import { openAdding } from '../commands/canvas-commands.ts';
import { areOff, duplicate, remove, toggleEnabled, whyNotWrapped, wrap, wrappers } from '../commands/canvas-edits.ts';
import { runToHere } from '../commands/canvas-run.ts';
import { type CanvasTools, chosenActions } from '../commands/canvas-tools.ts';
import { addErrorHandler, whyNoErrorHandler } from '../commands/error-handler.ts';
import { mockWith } from '../commands/mock-with.ts';
import { draftNode } from '../state/draft-node.ts';
import type { MenuGroups, MenuItem } from '../ui/menu.tsx';

/** What can be done to the chosen nodes, or to the canvas when nothing is chosen. */
export function canvasMenu(tools: CanvasTools): MenuGroups {
  const ids = chosenActions(tools);
  if (ids.length > 0) return actionMenu(tools, ids);
  const { view, session } = tools;
  return [
    ...switchGroups(tools, inheritedActions(tools)),
    [
      {
        id: 'add',
        icon: 'add',
        label: 'Add an Action',
        keys: '/',
        whyNot: tools.workspace.whyNot('edit'),
        perform: () => openAdding(tools),
      },
      {
        id: 'add-error-handler',
        icon: 'warn',
        label: 'Add Error Handler',
        whyNot: tools.workspace.whyNot('edit') ?? whyNoErrorHandler(session.operation()),
        perform: () => addErrorHandler(session),
      },
      pasteItem(tools),
    ],
    [{ id: 'fit', icon: 'fit', label: 'Fit the Workflow', keys: 'Shift+1', perform: () => view.stage?.zoom('fit') }],
  ];
}

function actionMenu(tools: CanvasTools, ids: readonly string[]): MenuGroups {
  const { view, session } = tools;
  const [record = [], ...others] = switchGroups(tools, ids);
  const whyNotEdit = tools.workspace.whyNot('edit');
  const whyNotOne = ids.length > 1 ? 'This is for one action at a time.' : undefined;
  const whyNotAlone = whyNotWrapped(tools, ids);
  const isOff = areOff(tools, ids);
  return [
    [
      ...record,
      {
        id: 'mock',
        icon: 'mock',
        label: 'Mock With…',
        whyNot: whyNotEdit ?? whyNotOne,
        perform: () => mockWith(session, ids[0] as string),
      },
    ],
    [
      {
        id: 'run',
        icon: 'play',
        label: 'Run To Here',
        keys: 'Shift+R',
        whyNot: whyNotOne,
        perform: () => runToHere(tools, ids),
      },
      ...others.flat(),
    ],
    [
      { id: 'copy', icon: 'copy', label: 'Copy', keys: 'Mod+C', perform: () => askToCopy('copy') },
      { id: 'cut', icon: 'cut', label: 'Cut', keys: 'Mod+X', whyNot: whyNotEdit, perform: () => askToCopy('cut') },
      pasteItem(tools),
      {
        id: 'duplicate',
        icon: 'duplicate',
        label: 'Duplicate',
        keys: 'Mod+D',
        whyNot: whyNotEdit,
        perform: () => duplicate(tools, ids),
      },
      {
        id: 'wrap',
        icon: 'wrap',
        label: 'Wrap In…',
        value: 'if, try, map',
        whyNot: whyNotAlone,
        items: [
          wrappers.map(({ action, title }) => ({
            id: action,
            label: title,
            whyNot: whyNotWrapped(tools, ids, action),
            ...(action === 'conditional/if' && { keys: 'Mod+Shift+G' }),
            perform: () => wrap(tools, action, title, ids),
          })),
        ],
      },
      {
        id: 'extract',
        icon: 'service',
        label: 'Extract To Service…',
        whyNot: whyNotAlone,
        perform: () => view.state.setState({ extracting: ids }),
      },
    ],
    [
      {
        id: 'rename',
        icon: 'edit',
        label: 'Rename',
        keys: 'F2',
        whyNot: whyNotEdit ?? whyNotOne,
        perform: () => view.state.setState({ renaming: ids[0] ?? null }),
      },
      {
        id: 'enable',
        icon: 'off',
        label: isOff ? 'Enable' : 'Disable',
        keys: 'D',
        whyNot: whyNotEdit,
        perform: () => toggleEnabled(tools, ids),
      },
    ],
    [
      {
        id: 'delete',
        icon: 'delete',
        label: 'Delete',
        keys: 'Delete',
        whyNot: whyNotEdit,
        isDanger: true,
        perform: () => remove(tools, ids),
      },
    ],
  ];
}

const pasteItem = (tools: CanvasTools): MenuItem => ({
  id: 'paste',
  icon: 'paste',
  label: 'Paste',
  keys: 'Mod+V',
  whyNot: tools.workspace.whyNot('edit'),
  perform: () => void askToPaste(tools),
});

/** Steps of the resource's error handler can be logged, though this is not the place to edit them. */
function inheritedActions({ session, view }: CanvasTools): string[] {
  return session.state.getState().selected.filter((name) => view.walk.node(name)?.kind === 'action');
}

/** The switches of the chosen actions; each entry acts on all of them. */
function switchGroups({ session, workspace, view }: CanvasTools, ids: readonly string[]): MenuGroups {
  const nodes = ids.map((id): NodeAnswer => {
    const address = `${session.address}/${id}`;
    const node = view.walk.node(id);
    const title = node?.kind === 'action' ? node.step.title : id;
    return workspace.project.snapshot().nodes.get(address) ?? draftNode(address, 'action', title);
  });
  const [first, ...others] = nodes.map((node) => nodeMenuOf(node, workspace));
  if (first === undefined) return [];
  return others.reduce(
    (all, groups) => all.map((group, at) => group.map((item) => both(item, find(groups[at], item)))),
    first,
  );
}

const find = (items: readonly MenuItem[] | undefined, { id }: MenuItem): MenuItem | undefined =>
  items?.find((item) => item.id === id);

/** One entry that does what two do. */
function both(item: MenuItem, other: MenuItem | undefined): MenuItem {
  if (other === undefined) return item;
  const isAlike = item.value === other.value;
  return {
    ...item,
    value: isAlike ? item.value : 'mixed',
    checked: item.checked === other.checked ? item.checked : 'mixed',
    whyNot: item.whyNot ?? other.whyNot,
    items: item.items?.map((group, at) => group.map((one) => both(one, find(other.items?.[at], one)))),
    perform() {
      item.perform?.();
      // What goes to another screen or opens a dialog is for one of them.
      if (item.id === 'open-logs' || item.label.endsWith('…')) return;
      other.perform?.();
    },
  };
}
