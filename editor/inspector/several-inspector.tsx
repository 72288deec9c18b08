import { useSyncExternalStore } from 'react';
import type { Operation } from '../../engine/document/types.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { useSession } from '../canvas/session-context.ts';
import { findAction, removeActions, updateAction } from '../graph/edits/index.ts';
import { isOwnOn } from '../state/switch-text.ts';
import { Icon } from '../ui/icon.tsx';
import { Switch } from '../ui/switch.tsx';
import { LogSwitch } from './log-switch.tsx';
import { withKey } from './with-key.ts';

/** What several chosen actions share. */
export function SeveralInspector({ operation, ids }: { operation: Operation; ids: readonly string[] }) {
  const session = useSession();
  const tools = useWorkspace();
  const nodes = useSyncExternalStore(tools.project.subscribe, () => tools.project.snapshot().nodes);
  const actions = ids.map((id) => findAction(operation, id)).filter((found) => found !== undefined);
  const chosen = actions.map(({ id }) => id);
  const live = chosen.flatMap((id) => nodes.get(`${session.address}/${id}`) ?? []);
  const isOn = actions.some(({ enabled }) => enabled !== false);
  const names = `${chosen.length} Actions`;

  const whyNotEdit = tools.whyNot('edit');
  const setEnabled = (on: boolean): void =>
    session.edit(`${on ? 'Enable' : 'Disable'} ${names}`, (before) =>
      chosen.reduce(
        (all, id) => updateAction(all, id, (one) => withKey(one, 'enabled', on ? undefined : false)),
        before,
      ),
    );
  const setLogged = (on: boolean): void =>
    tools.attempt('Not every log was switched', async () => {
      for (const { address } of live) await tools.project.change(address, { log: on });
      tools.say(on ? `${live.length} actions are logged.` : `${live.length} actions are no longer logged.`);
    });
  const remove = (): void => {
    session.edit(`Delete ${names}`, (before) => removeActions(before, chosen));
    session.select();
  };
  return (
    <div className="insp" data-hears="document">
      <header className="insp-head">
        <div className="row">
          <h2 className="cut">{chosen.length} actions</h2>
          <span className="grow" />
          <button
            type="button"
            className="btn btn-s"
            aria-disabled={whyNotEdit !== undefined}
            title={whyNotEdit}
            onClick={() => whyNotEdit === undefined && remove()}
          >
            <Icon name="delete" size={12} />
            Delete
          </button>
        </div>
      </header>
      <div className="insp-body">
        {whyNotEdit !== undefined && <p className="note">Read only. {whyNotEdit}</p>}
        <div className="insp-shared">
          <LogSwitch
            label="Log These Actions"
            checked={live.length > 0 && live.every((node) => isOwnOn(node, 'log', Date.now()))}
            whyNot={tools.whyNot('operate') ?? (live.length === 0 ? 'None of them was ever deployed.' : undefined)}
            onChange={setLogged}
          />
          <span className="insp-log">
            <Icon name="power" size={14} />
            <span aria-hidden="true">Enabled</span>
            <Switch label="Enabled" checked={isOn} disabled={whyNotEdit !== undefined} onChange={setEnabled} />
          </span>
        </div>
        <ul className="insp-chosen">
          {actions.map(({ id, title, action }) => (
            <li key={id}>
              <button type="button" className="link cut" onClick={() => session.select(id)}>
                {title || id}
              </button>
              <span className="mono t3 cut">{action}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
