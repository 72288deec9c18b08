import { useState } from 'react';
import type { Json, Service, ServiceOperation } from '../../engine/document/types.ts';
import { pathTo } from '../app/route.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { FlagField, TextAreaField } from './fields.tsx';
import { FormDialog } from './form-dialog.tsx';
import { IdentityFields } from './identity-fields.tsx';
import { SchemaEditor } from './schema-editor/schema-editor.tsx';
import { useCreate } from './use-create.ts';
import { useIdentity } from './use-identity.ts';
import { useTaken } from './use-taken.ts';

const nobody: ReadonlySet<string> = new Set();

/** A new service, and its first operation with typed arguments. */
export function CreateService({ onClose }: { onClose(): void }) {
  const create = useCreate();
  const { go } = useWorkspace();
  const identity = useIdentity('service', useTaken('service'));
  const first = useIdentity('operation', nobody);
  const [isChecked, check] = useState(false);
  const [description, setDescription] = useState('');
  const [hasFirst, setFirst] = useState(true);
  const [input, setInput] = useState<Json | undefined>();
  const [output, setOutput] = useState<Json | undefined>();
  const { title, id } = identity;

  const operation: ServiceOperation = {
    id: first.id,
    ...(first.title !== '' && { title: first.title }),
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
    workflow: { actions: [] },
  };
  const document: Service = {
    schema: 1,
    id,
    ...(title !== '' && { title }),
    ...(description !== '' && { description }),
    operations: hasFirst ? [operation] : [],
  };

  return (
    <FormDialog
      title="New Service"
      description="A named group of operations that workflows call."
      action="Create Service"
      size="large"
      whyNot={identity.fault ?? (hasFirst ? first.fault : null)}
      onRefused={() => check(true)}
      onClose={onClose}
      onSubmit={async () => {
        await create('service', document);
        if (hasFirst) go(pathTo('service', id, operation.id));
        onClose();
      }}
    >
      <IdentityFields identity={identity} address="service/" isChecked={isChecked} />
      <TextAreaField label="Description" value={description} onChange={setDescription} />
      <div className="form-section">
        <FlagField
          label="With a first operation"
          checked={hasFirst}
          help="Its arguments and its result are checked at each call. More can be added later."
          onChange={setFirst}
        />
        {hasFirst && (
          <section className="form" aria-label="First operation">
            <IdentityFields
              identity={first}
              address={`service/${id === '' ? '…' : id}/`}
              isChecked={isChecked}
              isFirst={false}
            />
            <SchemaEditor label="Input" member="Argument" value={input} onChange={setInput} />
            <SchemaEditor label="Output" value={output} onChange={setOutput} />
          </section>
        )}
      </div>
    </FormDialog>
  );
}
