import { useState } from 'react';
import { useWorkspace } from '../app/workspace-context.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { useNotices } from '../ui/notices.tsx';
import { FormDialog } from './form-dialog.tsx';
import { TextField } from './text-field.tsx';
import { useAsked } from './use-asked.ts';

interface UserAnswer {
  name: string;
  role: Role;
  suspended: boolean;
  created: string;
}

const roles = ['administrator', 'editor', 'viewer'] as const;
type Role = (typeof roles)[number];
const means: Record<Role, string> = {
  administrator: 'everything, also settings, users and secrets',
  editor: 'edits, deploys, runs and switches',
  viewer: 'looks, and downloads logs',
};

/** Who may sign in, and what they may do. */
export function UsersSection() {
  const { api, attempt, done, whyNot } = useWorkspace();
  const why = whyNot('administer');
  const { value: users, failure, again } = useAsked<UserAnswer[]>('/api/users');
  const [dialog, setDialog] = useState<{ kind: 'add' } | { kind: 'password' | 'delete'; name: string } | null>(null);
  const change = (name: string, body: object, said: string) =>
    attempt(`${name} was not changed`, async () => {
      await api.patch(`/api/users/${encodeURIComponent(name)}`, body);
      again();
      done(said);
    });
  return (
    <section className="card" aria-label="Users">
      <header className="card-head">
        <h2>Users</h2>
        <button
          type="button"
          className="btn"
          aria-disabled={why !== undefined}
          title={why}
          onClick={() => why === undefined && setDialog({ kind: 'add' })}
        >
          Add User…
        </button>
      </header>
      {failure !== null && <p className="is-failed">{failure}</p>}
      <table className="plain">
        <thead>
          <tr>
            <th>Name</th>
            <th>Role</th>
            <th>Since</th>
            <th className="c-menu">
              <span className="vh">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {(users ?? []).map(({ name, role, suspended, created }) => (
            <tr key={name}>
              <td>
                <b>{name}</b> {suspended && <span className="badge badge-warning">suspended</span>}
              </td>
              <td>
                {role} <span className="t3">{means[role]}</span>
              </td>
              <td className="t2">{created.slice(0, 10)}</td>
              <td className="c-menu">
                <MenuButton
                  small
                  label={`More actions for ${name}`}
                  groups={[
                    roles.map((one) => ({
                      id: one,
                      label: `Make ${one.charAt(0).toUpperCase()}${one.slice(1)}`,
                      checked: one === role,
                      perform: () => change(name, { role: one }, `${name} is ${one} now and has to sign in again.`),
                    })),
                    [
                      {
                        id: 'password',
                        icon: 'key',
                        label: 'Set Password…',
                        perform: () => setDialog({ kind: 'password', name }),
                      },
                      {
                        id: 'suspend',
                        icon: 'off',
                        label: suspended ? 'Let In Again' : 'Suspend',
                        perform: () =>
                          change(
                            name,
                            { suspended: !suspended },
                            `${name} ${suspended ? 'may sign in again' : 'is suspended'}.`,
                          ),
                      },
                    ],
                    [
                      {
                        id: 'delete',
                        icon: 'delete',
                        label: 'Delete…',
                        isDanger: true,
                        perform: () => setDialog({ kind: 'delete', name }),
                      },
                    ],
                  ]}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {dialog?.kind === 'add' && <AddUser onClose={() => setDialog(null)} onAdded={again} />}
      {dialog?.kind === 'password' && (
        <SetPassword
          name={dialog.name}
          onClose={() => setDialog(null)}
          onSet={(password) => change(dialog.name, { password }, `${dialog.name} has a new password.`)}
        />
      )}
      {dialog?.kind === 'delete' && (
        <Confirm
          title={`Delete ${dialog.name}?`}
          action="Delete User"
          onCancel={() => setDialog(null)}
          onConfirm={() => {
            const { name } = dialog;
            setDialog(null);
            attempt(`${name} was not deleted`, async () => {
              await api.delete(`/api/users/${encodeURIComponent(name)}`);
              again();
              done(`${name} is deleted.`);
            });
          }}
        >
          All sessions and tokens of {dialog.name} end with it. This cannot be undone.
        </Confirm>
      )}
    </section>
  );
}

function AddUser({ onClose, onAdded }: { onClose(): void; onAdded(): void }) {
  const { api } = useWorkspace();
  const { done } = useNotices();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const add = async (): Promise<void> => {
    await api.post('/api/users', { name, password, role });
    onAdded();
    onClose();
    done(`${name} can sign in as ${role}.`);
  };
  return (
    <FormDialog title="Add a user" action="Add User" onSubmit={add} onClose={onClose}>
      <TextField label="Name" value={name} onChange={setName} autoCapitalize="none" data-first />
      <TextField
        label="Password"
        type="password"
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
        note="12 characters or more."
      />
      <fieldset className="choices">
        <legend>Role</legend>
        {roles.map((one) => (
          <label key={one}>
            <input type="radio" name="role" checked={role === one} onChange={() => setRole(one)} />
            {one} <span className="t3">{means[one]}</span>
          </label>
        ))}
      </fieldset>
    </FormDialog>
  );
}

function SetPassword({ name, onClose, onSet }: { name: string; onClose(): void; onSet(password: string): void }) {
  const [password, setPassword] = useState('');
  return (
    <Dialog title={`A new password for ${name}`} description="All sessions of the user end." onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          onSet(password);
        }}
      >
        <TextField
          label="Password"
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          note="12 characters or more."
          data-first
        />
        <div className="dialog-buttons">
          <button type="submit" className="btn btn-primary">
            Set Password
          </button>
        </div>
      </form>
    </Dialog>
  );
}
