import { useState } from 'react';
import { checkDocument } from '../../engine/document/check.ts';
import type { Client, Json } from '../../engine/document/types.ts';
import { notesOf } from './fault-notes.ts';
import { TextAreaField, TextField } from './fields.tsx';
import { FormDialog } from './form-dialog.tsx';
import { IdentityFields } from './identity-fields.tsx';
import { JsonField } from './json-field.tsx';
import { useCreate } from './use-create.ts';
import { useIdentity } from './use-identity.ts';
import { useTaken } from './use-taken.ts';

/** A new client. What its settings are depends on the type, which this version does not know yet. */
export function CreateClient({ onClose }: { onClose(): void }) {
  const create = useCreate();
  const identity = useIdentity('client', useTaken('client'));
  const [isChecked, check] = useState(false);
  const [type, setType] = useState('http');
  const [settings, setSettings] = useState<Json | undefined>({});
  const [description, setDescription] = useState('');
  const { title, id } = identity;
  const document = {
    schema: 1,
    id,
    type,
    ...(title !== '' && { title }),
    ...(description !== '' && { description }),
    settings: settings ?? {},
  } as Client;
  const faults = checkDocument('client', document, { file: '' });
  const notes = notesOf(faults);
  return (
    <FormDialog
      title="New Client"
      description="A named outgoing connection. This version keeps clients and does not connect them yet."
      action="Create Client"
      whyNot={identity.fault ?? faults.find(({ severity }) => severity === 'error')?.message ?? null}
      onRefused={() => check(true)}
      onClose={onClose}
      onSubmit={async () => {
        await create('client', document);
        onClose();
      }}
    >
      <IdentityFields identity={identity} address="client/" isChecked={isChecked} />
      <TextField
        label="Type"
        value={type}
        isMono
        {...notes('/type')}
        help="Such as http, postgres or mqtt."
        onChange={setType}
      />
      <JsonField
        label="Settings"
        value={settings}
        {...notes('/settings')}
        help={'An object. Write {"$secret": "name"} where a secret belongs.'}
        onChange={setSettings}
      />
      <TextAreaField label="Description" value={description} onChange={setDescription} />
    </FormDialog>
  );
}
