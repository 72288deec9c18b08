import { useId, useState } from 'react';
import type { Json } from '../../engine/document/types.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { MenuButton } from '../ui/menu.tsx';
import { FormDialog } from './form-dialog.tsx';
import { TextField } from './text-field.tsx';
import { useAsked } from './use-asked.ts';

/** What workflows read as the scope `global`. */
export function VariablesSection() {
  const { api, attempt, done, whyNot } = useWorkspace();
  const { value: variables, failure, again } = useAsked<{ [name: string]: Json }>('/api/variables');
  const [edited, edit] = useState<{ name: string; text: string } | null>(null);
  const locked = whyNot('edit');
  const path = (name: string): string => `/api/variables/${encodeURIComponent(name)}`;
  const remove = (name: string, value: Json): void =>
    attempt(`${name} was not deleted`, async () => {
      await api.delete(path(name));
      again();
      const bringBack = (): void =>
        attempt(`${name} was not brought back`, async () => {
          await api.put(path(name), value);
          again();
        });
      done(`Deleted ${name}.`, { label: 'Undo', perform: bringBack });
    });
  const entries = Object.entries(variables ?? {});
  return (
    <section className="card" aria-label="Variables">
      <header className="card-head">
        <h2>Variables</h2>
        <button
          type="button"
          className="btn"
          aria-disabled={locked !== undefined}
          title={locked}
          onClick={() => locked === undefined && edit({ name: '', text: '' })}
        >
          Add Variable…
        </button>
      </header>
      {failure !== null && <p className="is-failed">{failure}</p>}
      {variables !== null && entries.length === 0 && (
        <p className="note">
          There are no variables. Workflows read them as <code>global</code>, all of them the same value.
        </p>
      )}
      {entries.length > 0 && (
        <table className="plain">
          <thead>
            <tr>
              <th>Name</th>
              <th>Value</th>
              <th className="c-menu">
                <span className="vh">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map(([name, value]) => (
              <tr key={name}>
                <td>
                  <code>{name}</code>
                </td>
                <td className="mono cut">{JSON.stringify(value)}</td>
                <td className="c-menu">
                  <MenuButton
                    small
                    label={`More actions for ${name}`}
                    groups={[
                      [
                        {
                          id: 'edit',
                          icon: 'edit',
                          label: 'Edit…',
                          whyNot: locked,
                          perform: () => edit({ name, text: JSON.stringify(value, null, 2) }),
                        },
                      ],
                      [
                        {
                          id: 'delete',
                          icon: 'delete',
                          label: 'Delete',
                          isDanger: true,
                          whyNot: locked,
                          perform: () => remove(name, value),
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
      {edited !== null && <EditVariable {...edited} onClose={() => edit(null)} onSet={again} />}
    </section>
  );
}

function EditVariable({
  name: given,
  text: before,
  onClose,
  onSet,
}: {
  name: string;
  text: string;
  onClose(): void;
  onSet(): void;
}) {
  const { api, done } = useWorkspace();
  const [name, setName] = useState(given);
  const [text, setText] = useState(before);
  const id = useId();
  const set = async (): Promise<void> => {
    await api.put(`/api/variables/${encodeURIComponent(name)}`, valueIn(text));
    onSet();
    onClose();
    done(`${name} is set, and in force.`);
  };
  return (
    <FormDialog
      title={given === '' ? 'Add a variable' : `Edit ${given}`}
      action="Set Variable"
      size="medium"
      onSubmit={set}
      onClose={onClose}
    >
      {given === '' && <TextField label="Name" value={name} onChange={setName} data-first />}
      <div className="form-field setting-json">
        <label htmlFor={id}>Value, as JSON</label>
        <textarea
          id={id}
          className="mono"
          rows={8}
          data-first={given !== '' || undefined}
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
    </FormDialog>
  );
}

/** @throws Error that says where the text stops being JSON */
function valueIn(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (thrown) {
    throw new Error(`The value is not JSON yet: ${(thrown as Error).message}`);
  }
}
