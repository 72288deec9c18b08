import { useEffect, useId, useState } from 'react';
import { messageOf } from '../api/problem.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Fault, type FrameProps, LineFrame } from './frames.tsx';
import { Picker } from './picker.tsx';
import { useFieldEdit } from './use-field.ts';

/** A secret by its name. What it holds is never shown. */
export function SecretField(frame: FrameProps) {
  const { field, value } = frame;
  const id = useId();
  const { put } = useFieldEdit(field);
  const { api, whyNot } = useWorkspace();
  const [names, setNames] = useState<readonly string[] | null>(null);
  const [created, create] = useState<string | null>(null);
  const name = (value as { $secret?: string } | undefined)?.$secret ?? '';
  const load = (): void => {
    void api.get<{ name: string }[]>('/api/secrets').then(
      (all) => setNames(all.map((one) => one.name)),
      // Whoever may not see the names can still type one.
      () => setNames(null),
    );
  };
  useEffect(load, [api]);
  const choose = (chosen: string): void => {
    if (names?.includes(chosen) !== false) put({ $secret: chosen });
    else create(chosen);
  };
  const canCreate = whyNot('administer') === undefined;
  const isMissing = name !== '' && names !== null && !names.includes(name);
  return (
    <LineFrame
      {...frame}
      id={id}
      note={
        isMissing && (
          <>
            <Fault severity="warning" message={`There is no secret ${name} yet.`} />
            {canCreate && (
              <button type="button" className="link" onClick={() => create(name)}>
                Create Secret…
              </button>
            )}
          </>
        )
      }
    >
      <Picker
        id={id}
        label={field.label}
        text={name}
        placeholder="Choose a secret"
        options={(names ?? []).map((one) => ({ value: one }))}
        empty="There is no secret yet. Type a name to create one."
        other={(typed) => ({ label: canCreate && names !== null ? `Create ${typed}…` : `Use ${typed}` })}
        onOpen={load}
        onPick={choose}
      />
      <span className="t3 vf-end">never shown</span>
      {created !== null && (
        <NewSecret
          name={created}
          onClose={() => create(null)}
          onDone={() => {
            create(null);
            setNames((all) => [...(all ?? []), created]);
            put({ $secret: created });
          }}
        />
      )}
    </LineFrame>
  );
}

function NewSecret({ name, onClose, onDone }: { name: string; onClose(): void; onDone(): void }) {
  const { api, say } = useWorkspace();
  const id = useId();
  const [value, setValue] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    try {
      await api.put(`/api/secrets/${encodeURIComponent(name)}`, { value });
      say(`The secret ${name} is kept.`);
      onDone();
    } catch (thrown) {
      setFault(messageOf(thrown));
    }
  };
  return (
    <Dialog
      title={`New Secret ${name}`}
      description="It is stored encrypted, can be used in every workflow, and is not shown again."
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" form={id} className="btn btn-primary" disabled={value === ''}>
            Create Secret
          </button>
        </>
      }
    >
      <form
        id={id}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div className="field">
          <input
            type="password"
            aria-label={`Value of ${name}`}
            autoComplete="new-password"
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        </div>
        {fault !== null && <Fault severity="error" message={`It was not stored: ${fault}`} />}
      </form>
    </Dialog>
  );
}
