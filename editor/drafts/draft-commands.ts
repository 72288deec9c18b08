import type { Scope } from '../../engine/control/auth/user.ts';
import type { Resource } from '../../engine/document/types.ts';
import { pathToAddress } from '../app/route.ts';
import type { AppCommand, CommandContext } from '../commands/command.ts';
import type { Edit, ResourceDraft } from '../state/resource-draft.ts';
import { titleOf } from './use-drafts.ts';

interface Tools extends Pick<CommandContext, 'ask' | 'go' | 'say' | 'done'> {
  whyNot(right: Scope): string | undefined;
  attempt(what: string, work: () => Promise<unknown>): void;
}

/** What can be done with the draft that is on screen. */
export function draftCommands(
  draft: ResourceDraft,
  tools: Tools,
): Record<'undo' | 'redo' | 'deploy' | 'discard', AppCommand> {
  const { name } = draft;
  const state = () => draft.state.getState();
  const group = 'Edit';
  const follow = (what: string, step: () => Edit | null): void => {
    const before = operationsIn(state().document);
    const edit = step();
    if (edit === null) return;
    tools.say(`${what}: ${edit.label}`);
    if (edit.operation === null) return;
    // The edit may be the one that gave the operation its id.
    const now = operationsIn(state().document);
    const id = now.includes(edit.operation) ? edit.operation : now[before.indexOf(edit.operation)];
    if (id !== undefined && !isOnScreen(`${name}/${id}`)) tools.go(pathToAddress(`${name}/${id}`));
  };
  return {
    undo: {
      id: 'undo',
      icon: 'undo',
      label: 'Undo',
      keys: ['Mod+Z'],
      group,
      note: state().undo?.label ?? '',
      whileTyping: true,
      hears: hearsEdits,
      whyNot: () => (state().undo === null ? 'Nothing was edited yet.' : undefined),
      perform: () => follow('Taken back', () => draft.undo()),
    },
    redo: {
      id: 'redo',
      icon: 'redo',
      label: 'Redo',
      keys: ['Mod+Shift+Z', 'Mod+Y'],
      group,
      note: state().redo?.label ?? '',
      whileTyping: true,
      hears: hearsEdits,
      whyNot: () => (state().redo === null ? 'Nothing was taken back.' : undefined),
      perform: () => follow('Done again', () => draft.redo()),
    },
    deploy: {
      id: 'deploy',
      icon: 'deploy',
      label: 'Deploy…',
      keys: ['Mod+S'],
      group: 'Deploy',
      keywords: 'save publish live release',
      whileTyping: true,
      whyNot: () => tools.whyNot('edit') ?? (differs(draft) ? undefined : 'Nothing differs from what is live.'),
      perform: () => tools.ask({ dialog: 'deploy', resources: [name] }),
    },
    discard: {
      id: 'discard-draft',
      icon: 'clear',
      label: 'Discard Draft',
      group: 'Deploy',
      keywords: 'revert reset',
      whyNot: () => tools.whyNot('edit') ?? (differs(draft) ? undefined : 'There is no draft.'),
      perform: () =>
        tools.attempt('The draft was not discarded', async () => {
          const title = titleOf(name, state().document);
          await draft.discard();
          tools.done(`Discarded the draft of ${title}.`, { label: 'Undo', perform: () => void draft.undo() });
        }),
    },
  };
}

const differs = (draft: ResourceDraft): boolean => {
  const { saving, document } = draft.state.getState();
  return document !== null && (saving.state !== 'live' || draft.isDirty);
};

const operationsIn = (document: Resource | null): string[] =>
  document !== null && 'operations' in document ? (document.operations ?? []).map(({ id }) => id) : [];

const isOnScreen = (address: string): boolean => location.pathname === pathToAddress(address);

/** A field that writes to the document as one types leaves undo to the document; any other takes back its own typing. */
const hearsEdits = (target: EventTarget | null): boolean =>
  !(target instanceof HTMLElement) ||
  !(target.isContentEditable || target.matches('input, textarea')) ||
  target.closest('[data-hears="document"]') !== null;
