import type { Action } from '../../engine/document/types.ts';
import { nodeMenuOf } from '../app/node-menu.tsx';
import { useNode, useWorkspace } from '../app/workspace-context.ts';
import { useSession } from '../canvas/session-context.ts';
import { duplicateActions, removeActions, updateAction } from '../graph/edits/index.ts';
import { draftNode } from '../state/draft-node.ts';
import { isOwnOn } from '../state/switch-text.ts';
import { MenuButton, type MenuGroups } from '../ui/menu.tsx';
import { AboutButton } from './about-button.tsx';
import { AddressLine } from './address-line.tsx';
import { LogSwitch } from './log-switch.tsx';
import { TitleInput } from './title-input.tsx';
import { withKey } from './with-key.ts';

/** What the action is called, where it is, whether it is logged, and what can be done with it. */
export function ActionHead({ action }: { action: Action }) {
  const session = useSession();
  const tools = useWorkspace();
  const { id } = action;
  const address = `${session.address}/${id}`;
  const title = action.title || id;
  const live = useNode(address);
  const isLogged = live === undefined ? Boolean(action.log) : isOwnOn(live, 'log', Date.now());

  const edit = (label: string, change: (own: Action) => Action, merge?: string): void =>
    session.edit(label, (before) => updateAction(before, id, change), merge);
  const setLogged = (on: boolean): void => {
    // What was never deployed has no switch yet: there it is part of what will be deployed.
    if (live === undefined)
      edit(`${on ? 'Log' : 'Stop Logging'} ${title}`, (own) => withKey(own, 'log', on || undefined));
    else
      tools.attempt(`The log of ${title} was not switched`, async () => {
        await tools.project.change(address, { log: on });
        tools.say(on ? `${title} is logged.` : `${title} is no longer logged.`);
      });
  };
  const isOff = action.enabled === false;
  const whyNot = tools.whyNot('edit');
  const editMenu: MenuGroups = [
    [
      {
        id: 'enable',
        icon: 'off',
        label: isOff ? 'Enable' : 'Disable',
        whyNot,
        perform: () =>
          edit(`${isOff ? 'Enable' : 'Disable'} ${title}`, (own) => withKey(own, 'enabled', isOff ? undefined : false)),
      },
      {
        id: 'duplicate',
        icon: 'duplicate',
        label: 'Duplicate',
        whyNot,
        perform: () => {
          let copies: string[] = [];
          session.edit(`Duplicate ${title}`, (before) => {
            const { operation, ids } = duplicateActions(before, [id]);
            copies = ids;
            return operation;
          });
          session.select(...copies);
        },
      },
    ],
    [
      {
        id: 'delete',
        icon: 'delete',
        label: 'Delete',
        whyNot,
        isDanger: true,
        perform: () => {
          const label = `Delete ${title}`;
          session.edit(label, (before) => removeActions(before, [id]));
          session.select();
          tools.done(`Deleted ${title}.`, {
            label: 'Undo',
            perform: () => {
              if (session.draft.state.getState().undo?.label === label) session.draft.undo();
            },
          });
        },
      },
    ],
  ];
  return (
    <header className="insp-head">
      <div className="row">
        <TitleInput
          label={`Title of ${id}`}
          value={action.title ?? ''}
          placeholder={id}
          onChange={(typed) => edit(`Rename ${id}`, (own) => withTitle(own, typed), `${id} title`)}
        />
        <AboutButton
          title={title}
          description={action.description ?? ''}
          onChange={(typed) =>
            edit(`Describe ${title}`, (own) => withKey(own, 'description', typed || undefined), `${id} description`)
          }
        />
        <span className="grow" />
        <LogSwitch checked={isLogged} whyNot={tools.whyNot('operate')} onChange={setLogged} />
        <MenuButton
          label={`Menu of ${title}`}
          small
          groups={() => [...nodeMenuOf(live ?? draftNode(address, 'action', title), tools), ...editMenu]}
        />
      </div>
      <AddressLine address={address}>
        <button
          type="button"
          className="link mono cut"
          title="Open its documentation"
          onClick={() => session.state.setState({ upper: 'help' })}
        >
          {action.action}
        </button>
      </AddressLine>
    </header>
  );
}

/** The title keeps its place behind the action's id, as documents are written. */
function withTitle(action: Action, title: string): Action {
  if (title === '') return withKey(action, 'title', undefined);
  const { id, action: kind, title: _, ...others } = action;
  return { id, action: kind, title, ...others };
}
