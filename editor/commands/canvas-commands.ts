import type { Direction } from '../graph/walk.ts';
import { askToCopy, askToPaste } from './canvas-clipboard.ts';
import {
  areOff,
  duplicate,
  moveTowards,
  remove,
  toggleEnabled,
  whyNotWrapped,
  wrap,
  wrappers,
} from './canvas-edits.ts';
import { runToHere } from './canvas-run.ts';
import { type CanvasTools, chosenActions } from './canvas-tools.ts';
import type { AppCommand } from './command.ts';
import { addErrorHandler, whyNoErrorHandler } from './error-handler.ts';

/** Whether a key press is meant for the workflow: on the canvas, in the outline, or where nothing has the focus. */
export const hearsCanvas = (target: EventTarget | null): boolean =>
  target === document.body ||
  target === null ||
  (target instanceof Element && target.closest('[data-hears="canvas"]') !== null);

/** The same without buttons, which take some keys themselves. */
const hearsNode = (target: EventTarget | null): boolean =>
  hearsCanvas(target) && !(target instanceof Element && target.matches('button, a, [role="menuitem"]'));

const never = (): boolean => false;

/** Everything that the keyboard can do to the workflow on screen. */
export function canvasCommands(tools: CanvasTools): AppCommand[] {
  const chosen = (): string[] => chosenActions(tools);
  const whyNoEdit = (): string | undefined => tools.workspace.whyNot('edit');
  const whyNone = (): string | undefined => (chosen().length === 0 ? 'No action is selected.' : undefined);
  const edit = (command: Omit<AppCommand, 'group' | 'hears'> & Partial<AppCommand>): AppCommand => ({
    group: 'Actions',
    hears: hearsCanvas,
    ...command,
    whyNot: () => whyNoEdit() ?? (command.whyNot ?? whyNone)(),
  });
  const use = (command: Omit<AppCommand, 'group' | 'hears'> & Partial<AppCommand>): AppCommand => ({
    group: 'Actions',
    hears: hearsCanvas,
    whyNot: whyNone,
    ...command,
  });
  return [
    {
      id: 'canvas.add',
      icon: 'add',
      label: 'Add an Action',
      keys: ['/'],
      group: 'Actions',
      whyNot: whyNoEdit,
      perform: () => openAdding(tools),
    },
    use({
      id: 'canvas.copy',
      icon: 'copy',
      label: 'Copy',
      keys: ['Mod+C'],
      hears: never,
      perform: () => askToCopy('copy'),
    }),
    edit({
      id: 'canvas.cut',
      icon: 'cut',
      label: 'Cut',
      keys: ['Mod+X'],
      hears: never,
      perform: () => askToCopy('cut'),
    }),
    {
      id: 'canvas.paste',
      icon: 'paste',
      label: 'Paste',
      keys: ['Mod+V'],
      group: 'Actions',
      hears: never,
      whyNot: whyNoEdit,
      perform: () => void askToPaste(tools),
    },
    edit({
      id: 'canvas.duplicate',
      icon: 'duplicate',
      label: 'Duplicate',
      keys: ['Mod+D'],
      perform: () => duplicate(tools),
    }),
    ...wrappers.map(({ action, title }) =>
      edit({
        id: `canvas.wrap ${action}`,
        icon: 'wrap',
        label: `Wrap In ${title}`,
        ...(action === 'conditional/if' && { keys: ['Mod+Shift+G'] }),
        whyNot: () => whyNotWrapped(tools, chosen(), action),
        perform: () => wrap(tools, action, title),
      }),
    ),
    edit({
      id: 'canvas.rename',
      icon: 'edit',
      label: 'Rename',
      keys: ['F2'],
      perform: () => tools.view.state.setState({ renaming: chosen().at(-1) ?? null }),
    }),
    edit({
      id: 'canvas.enable',
      icon: 'off',
      label: 'Enable or Disable',
      keys: ['D'],
      perform: () => {
        tools.workspace.say(areOff(tools, chosen()) ? 'Enabled.' : 'Disabled.');
        toggleEnabled(tools);
      },
    }),
    use({ id: 'canvas.run', icon: 'play', label: 'Run To Here', keys: ['Shift+R'], perform: () => runToHere(tools) }),
    edit({
      id: 'canvas.delete',
      icon: 'delete',
      label: 'Delete',
      keys: ['Delete', 'Backspace'],
      perform: () => remove(tools),
    }),
    edit({
      id: 'canvas.up',
      icon: 'up',
      label: 'Move Up',
      keys: ['Alt+ArrowUp'],
      perform: () => moveTowards(tools, 'up'),
    }),
    edit({
      id: 'canvas.down',
      icon: 'down',
      label: 'Move Down',
      keys: ['Alt+ArrowDown'],
      perform: () => moveTowards(tools, 'down'),
    }),
    edit({
      id: 'canvas.in',
      icon: 'right',
      label: 'Move Into the Container Above',
      keys: ['Alt+ArrowRight'],
      perform: () => moveTowards(tools, 'in'),
    }),
    edit({
      id: 'canvas.out',
      icon: 'left',
      label: 'Move Out of the Container',
      keys: ['Alt+ArrowLeft'],
      perform: () => moveTowards(tools, 'out'),
    }),
    {
      id: 'canvas.error-handler',
      icon: 'warn',
      label: 'Add Error Handler',
      group: 'Actions',
      keywords: 'catch failure on error',
      whyNot: () => whyNoEdit() ?? whyNoErrorHandler(tools.session.operation()),
      perform: () => addErrorHandler(tools.session),
    },
    ...selection(tools),
    ...looks(tools),
  ];
}

/** Shows where an action is chosen: the palette's search, or the picker after what is selected. */
export function openAdding({ view, session }: CanvasTools): void {
  if (!session.draft.mayEdit) return;
  const search = document.querySelector<HTMLInputElement>('.palette input');
  if (search !== null && view.state.getState().hasPalette) {
    search.focus();
    search.select();
    return;
  }
  const name = session.state.getState().selected.at(-1) ?? 'start';
  const at = view.stage?.boxOf(name) ?? view.stage?.box();
  if (at !== undefined) view.state.setState({ picker: { place: view.placeForNew(), at } });
}

function selection(tools: CanvasTools): AppCommand[] {
  const { view, session } = tools;
  const go = (direction: Direction) => () => {
    const name = session.state.getState().selected.at(-1) ?? view.stage?.focused() ?? undefined;
    const next = view.walk.from(name ?? '', direction);
    if (next !== undefined) view.go(next);
    else if (name !== undefined) view.stage?.reveal(name);
  };
  const group = 'Selection';
  const step = (id: string, label: string, key: string, direction: Direction): AppCommand => ({
    id: `canvas.${id}`,
    icon: 'pointer',
    label,
    keys: [key],
    group,
    hears: hearsNode,
    perform: go(direction),
  });
  return [
    step('next', 'Select the Next Action', 'ArrowDown', 'down'),
    step('previous', 'Select the Action Before', 'ArrowUp', 'up'),
    step('lane-left', 'Select in the Lane to the Left', 'ArrowLeft', 'left'),
    step('lane-right', 'Select in the Lane to the Right', 'ArrowRight', 'right'),
    step('first', 'Select the Start', 'Home', 'first'),
    step('last', 'Select the End', 'End', 'last'),
    {
      id: 'canvas.enter',
      icon: 'enter',
      label: 'Go Into the Container or the Inspector',
      keys: ['Enter'],
      group,
      hears: hearsNode,
      perform: () => enter(tools),
    },
    {
      id: 'canvas.leave',
      icon: 'close',
      label: 'Go Out of the Container or Deselect',
      keys: ['Escape'],
      group,
      hears: hearsCanvas,
      perform: () => leave(tools),
    },
    {
      id: 'canvas.other-pane',
      icon: 'panelRight',
      label: 'Go to the Inspector or the Canvas',
      keys: ['F6'],
      group,
      whileTyping: true,
      perform: () => (hearsCanvas(document.activeElement) ? goToInspector(tools) : goToCanvas(tools)),
    },
    {
      id: 'canvas.all',
      icon: 'pointer',
      label: 'Select All Actions',
      keys: ['Mod+A'],
      group,
      hears: hearsCanvas,
      perform: () => selectAll(tools),
    },
    {
      id: 'canvas.menu',
      icon: 'kebab',
      label: 'Open the Menu of What Is Selected',
      keys: ['.', 'Shift+F10', 'ContextMenu'],
      group,
      hears: hearsCanvas,
      whyNot: () => (session.state.getState().selected.length === 0 ? 'Nothing is selected.' : undefined),
      perform() {
        const name = session.state.getState().selected.at(-1);
        if (name !== undefined) view.stage?.openMenu(name);
      },
    },
  ];
}

function enter({ view, session }: CanvasTools): void {
  const name = session.state.getState().selected.at(-1);
  if (name === undefined) return;
  const node = view.walk.node(name);
  if (node?.kind === 'action' && node.step.lanes.length > 0 && !node.isOpen) view.collapse(name, false);
  const inside = view.walk.from(name, 'in');
  if (inside !== undefined) {
    view.go(inside);
    return;
  }
  goToInspector({ session });
}

function goToInspector({ session }: Pick<CanvasTools, 'session'>): void {
  session.state.setState({ upper: 'inspector' });
  requestAnimationFrame(() =>
    document
      .querySelector<HTMLElement>('#upper [role="tabpanel"] :is(input, select, textarea, [contenteditable="true"])')
      ?.focus(),
  );
}

/** The chosen node, or the start where none is. */
function goToCanvas({ view, session }: CanvasTools): void {
  view.go(session.state.getState().selected.at(-1) ?? 'start');
}

function leave({ view, session }: CanvasTools): void {
  const { selected } = session.state.getState();
  const name = selected.at(-1);
  const outer = name === undefined || selected.length > 1 ? undefined : view.walk.from(name, 'out');
  if (outer !== undefined) view.go(outer);
  else session.select();
}

/** All actions; nested ones go with what holds them. */
function selectAll({ view, session }: CanvasTools): void {
  session.select(
    ...view.graph.nodes.flatMap((node) =>
      node.kind === 'action' && node.parent === null ? [node.step.action.id] : [],
    ),
  );
}

function looks({ view }: CanvasTools): AppCommand[] {
  const group = 'Canvas';
  const zoom = (by: 'in' | 'out' | 'actual' | 'fit', label: string, ...keys: string[]): AppCommand => ({
    id: `canvas.zoom-${by}`,
    icon: by === 'in' ? 'add' : by === 'out' ? 'minus' : 'fit',
    label,
    keys,
    group,
    hears: hearsCanvas,
    perform: () => view.stage?.zoom(by),
  });
  const toggle = (part: 'hasPalette' | 'hasOutline' | 'hasMinimap', label: string, key: string): AppCommand => ({
    id: `canvas.${part}`,
    icon: part === 'hasOutline' ? 'outline' : part === 'hasMinimap' ? 'map' : 'panelLeft',
    label,
    keys: [key],
    group,
    hears: hearsCanvas,
    perform: () => view.toggle(part),
  });
  return [
    {
      id: 'canvas.find',
      icon: 'search',
      label: 'Find On Canvas',
      keys: ['Mod+F'],
      group,
      perform: () => view.state.setState({ finding: view.state.getState().finding ?? '' }),
    },
    zoom('in', 'Zoom In', '+', '='),
    zoom('out', 'Zoom Out', '-'),
    zoom('actual', 'Zoom to 100 %', '0'),
    zoom('fit', 'Fit the Workflow', 'Shift+1', '!'),
    toggle('hasPalette', 'Show or Hide the Palette', 'P'),
    toggle('hasOutline', 'Show or Hide the Outline', 'O'),
    toggle('hasMinimap', 'Show or Hide the Minimap', 'M'),
  ];
}
