import { useState } from 'react';
import type { Scope } from '../../engine/control/auth/user.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { FormDialog } from './form-dialog.tsx';
import { TextField } from './text-field.tsx';
import { useAsked } from './use-asked.ts';

interface TokenAnswer {
  id: string;
  name: string;
  owner: string | null;
  rights: Scope[];
  created: string;
  expires: string | null;
  lastUsed: string | null;
}

const rights: readonly Scope[] = ['view', 'operate', 'edit', 'administer'];

/** What each right lets its owner do; none includes another. */
const lets: Readonly<Record<Scope, string>> = {
  view: 'read everything but secrets',
  operate: 'set switches, start and stop, run stored operations, clear logs',
  edit: 'change, import, deploy and restore the project; run workflows that are not stored',
  administer: 'users, secrets, settings, tokens of others',
};

/** What programs call the control API with. */
export function TokensSection() {
  const { api, attempt, done } = useWorkspace();
  const { value: tokens, failure, again } = useAsked<TokenAnswer[]>('/api/tokens');
  const [isAdding, add] = useState(false);
  return (
    <section className="card" aria-label="Tokens">
      <header className="card-head">
        <h2>Tokens</h2>
        <button type="button" className="btn" onClick={() => add(true)}>
          Make Token…
        </button>
      </header>
      {failure !== null && <p className="is-failed">{failure}</p>}
      {tokens?.length === 0 && (
        <p className="note">There are no tokens. A program sends one as “Authorization: Bearer”.</p>
      )}
      {tokens !== null && tokens.length > 0 && (
        <table className="plain">
          <thead>
            <tr>
              <th>Name</th>
              <th>Rights</th>
              <th>Owner</th>
              <th>Expires</th>
              <th>Last used</th>
              <th className="c-menu">
                <span className="vh">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {tokens.map(({ id, name, owner, rights: its, expires, lastUsed }) => (
              <tr key={id}>
                <td>
                  <b>{name}</b>
                </td>
                <td>{its.join(', ')}</td>
                <td>{owner ?? <span className="is-warn">nobody who may do anything</span>}</td>
                <td>{expires?.slice(0, 10) ?? 'never'}</td>
                <td className="t2">{lastUsed?.slice(0, 16).replace('T', ' ') ?? 'never'}</td>
                <td className="c-menu">
                  <button
                    type="button"
                    className="btn btn-quiet btn-icon btn-s"
                    aria-label={`Remove ${name}`}
                    title={`Remove ${name}: it is not valid any more from then on`}
                    onClick={() =>
                      attempt(`${name} was not removed`, async () => {
                        await api.delete(`/api/tokens/${encodeURIComponent(id)}`);
                        again();
                        done(`The token ${name} is not valid any more.`);
                      })
                    }
                  >
                    <Icon name="delete" size={14} />
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {isAdding && <MakeToken onClose={() => add(false)} onMade={again} />}
    </section>
  );
}

function MakeToken({ onClose, onMade }: { onClose(): void; onMade(): void }) {
  const { api, say } = useWorkspace();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly Scope[]>(['view']);
  const [days, setDays] = useState('90');
  const [token, setToken] = useState<string | null>(null);
  const make = async (): Promise<void> => {
    const answer = await api.post<{ token: string }>('/api/tokens', {
      name,
      rights: rights.filter((right) => chosen.includes(right)),
      ...(days !== '' && { expiresInDays: Number(days) }),
    });
    setToken(answer.token);
    onMade();
  };
  if (token !== null)
    return (
      <Dialog
        title="The token"
        description="It is shown this once. Whoever has it may do what it may."
        onClose={onClose}
        footer={
          <button
            type="button"
            className="btn btn-primary"
            data-first
            onClick={() => {
              void navigator.clipboard.writeText(token);
              say('The token is on the clipboard.');
            }}
          >
            <Icon name="copy" size={14} />
            Copy Token
          </button>
        }
      >
        <code className="once">{token}</code>
      </Dialog>
    );
  return (
    <FormDialog title="Make a token" action="Make Token" onSubmit={make} onClose={onClose}>
      <TextField label="Name" value={name} onChange={setName} note="What it is for." data-first />
      <fieldset className="choices">
        <legend>Rights</legend>
        {rights.map((right) => (
          <label key={right}>
            <input
              type="checkbox"
              checked={chosen.includes(right)}
              onChange={({ target }) =>
                setChosen(target.checked ? [...chosen, right] : chosen.filter((one) => one !== right))
              }
            />
            {right} <span className="t3">{lets[right]}</span>
          </label>
        ))}
      </fieldset>
      <TextField
        label="Valid for days"
        value={days}
        onChange={setDays}
        inputMode="numeric"
        note="Empty: until it is removed."
      />
    </FormDialog>
  );
}
