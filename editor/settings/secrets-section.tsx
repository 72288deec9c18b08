import { useState } from 'react';
import { Link } from '../app/link.tsx';
import { pathToAddress } from '../app/route.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { Confirm } from '../ui/confirm.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { FormDialog } from './form-dialog.tsx';
import { TextField } from './text-field.tsx';
import { useAsked } from './use-asked.ts';

interface SecretAnswer {
  name: string;
  changed: string | null;
  readable: boolean;
  redacted: boolean;
  usedBy: { node: string; pointer: string }[];
}

/** Names of secrets and where they are used; a value goes in and never comes back. */
export function SecretsSection() {
  const { api, attempt, done, whyNot } = useWorkspace();
  const { value: secrets, failure, again } = useAsked<SecretAnswer[]>('/api/secrets');
  const [dialog, setDialog] = useState<{ kind: 'set'; name: string } | { kind: 'delete'; secret: SecretAnswer } | null>(
    null,
  );
  const locked = whyNot('administer');
  return (
    <section className="card" aria-label="Secrets">
      <header className="card-head">
        <h2>Secrets</h2>
        <button
          type="button"
          className="btn"
          aria-disabled={locked !== undefined}
          title={locked}
          onClick={() => locked === undefined && setDialog({ kind: 'set', name: '' })}
        >
          Add Secret…
        </button>
      </header>
      {failure !== null && <p className="is-failed">{failure}</p>}
      {secrets?.length === 0 && (
        <p className="note">
          There are no secrets. A field takes one as the kind Secret; its value is encrypted, and found and removed
          wherever it turns up in logs.
        </p>
      )}
      {secrets !== null && secrets.length > 0 && (
        <table className="plain">
          <thead>
            <tr>
              <th>Name</th>
              <th>Changed</th>
              <th>Used by</th>
              <th className="c-menu">
                <span className="vh">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {secrets.map((secret) => (
              <tr key={secret.name}>
                <td>
                  <code>{secret.name}</code>{' '}
                  {!secret.readable && <span className="badge badge-error">cannot be read</span>}{' '}
                  {!secret.redacted && (
                    <span
                      className="badge badge-warning"
                      title="Values shorter than four characters are not looked for."
                    >
                      not removed from logs
                    </span>
                  )}
                </td>
                <td className="t2">{secret.changed?.slice(0, 10) ?? ''}</td>
                <td>
                  {secret.usedBy.length === 0 && <span className="t3">nothing</span>}
                  {secret.usedBy.map(({ node, pointer }) =>
                    node === 'settings' ? (
                      <Link key={pointer} href="/settings">
                        settings
                      </Link>
                    ) : (
                      <Link key={node + pointer} className="mono used" href={pathToAddress(node)}>
                        {node}
                      </Link>
                    ),
                  )}
                </td>
                <td className="c-menu">
                  <MenuButton
                    small
                    label={`More actions for ${secret.name}`}
                    groups={[
                      [
                        {
                          id: 'set',
                          icon: 'edit',
                          label: 'Set Value…',
                          whyNot: locked,
                          perform: () => setDialog({ kind: 'set', name: secret.name }),
                        },
                      ],
                      [
                        {
                          id: 'delete',
                          icon: 'delete',
                          label: 'Delete…',
                          isDanger: true,
                          whyNot: locked,
                          perform: () => setDialog({ kind: 'delete', secret }),
                        },
                      ],
                    ]}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {dialog?.kind === 'set' && <SetSecret name={dialog.name} onClose={() => setDialog(null)} onSet={again} />}
      {dialog?.kind === 'delete' && (
        <Confirm
          title={`Delete ${dialog.secret.name}?`}
          action="Delete Secret"
          onCancel={() => setDialog(null)}
          onConfirm={() => {
            const { name } = dialog.secret;
            setDialog(null);
            attempt(`${name} was not deleted`, async () => {
              await api.delete(`/api/secrets/${encodeURIComponent(name)}`);
              again();
              done(`The secret ${name} is gone.`);
            });
          }}
        >
          {dialog.secret.usedBy.length === 0
            ? 'Nothing uses it. '
            : `Runs of ${dialog.secret.usedBy.map(({ node }) => node).join(', ')} fail from then on. `}
          Nobody can read its value, so this cannot be undone.
        </Confirm>
      )}
    </section>
  );
}

function SetSecret({ name: given, onClose, onSet }: { name: string; onClose(): void; onSet(): void }) {
  const { api, done } = useWorkspace();
  const [name, setName] = useState(given);
  const [value, setValue] = useState('');
  const set = async (): Promise<void> => {
    await api.put(`/api/secrets/${encodeURIComponent(name)}`, { value });
    onSet();
    onClose();
    done(`The secret ${name} is stored, and in force.`);
  };
  return (
    <FormDialog
      title={given === '' ? 'Add a secret' : `A new value for ${given}`}
      action="Store Secret"
      onSubmit={set}
      onClose={onClose}
    >
      {given === '' && <TextField label="Name" value={name} onChange={setName} data-first />}
      <TextField
        label="Value"
        type="password"
        autoComplete="new-password"
        value={value}
        onChange={setValue}
        note="It is encrypted, and can be replaced but never read."
        data-first={given !== '' || undefined}
      />
    </FormDialog>
  );
}
