import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { checkDocument } from '../../engine/document/check.ts';
import { methods } from '../../engine/document/route.ts';
import type { Client, Json, Operation, ResourceKind, Server, Service } from '../../engine/document/types.ts';
import { type ListKind, pathTo } from '../app/route.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { useResources } from '../drafts/use-drafts.ts';
import type { DialogRequest } from '../state/dialog-request.ts';
import { Dialog } from '../ui/dialog.tsx';
import { emptyAnswer, missingRoutes } from './api-operations.ts';
import { ApiRoutes } from './api-routes.tsx';
import { CronField } from './cron-field.tsx';
import { notesOf } from './fault-notes.ts';
import { ChoiceField, TextAreaField, TextField } from './fields.tsx';
import { FormDialog } from './form-dialog.tsx';
import { IdentityFields } from './identity-fields.tsx';
import { routeId } from './propose.ts';
import { SchemaEditor } from './schema-editor/schema-editor.tsx';
import { useIdentity } from './use-identity.ts';

type WithOperations = Server | Service | Client;

/** Asks for what a new operation needs, and opens it on the canvas. */
export function CreateOperationDialog({
  request: { resource },
  onClose,
}: {
  request: Extract<DialogRequest, { dialog: 'create-operation' }>;
  onClose(): void;
}) {
  const { drafts } = useWorkspace();
  const draft = useMemo(() => drafts.of(resource), [drafts, resource]);
  const document = useStore(draft.state, (state) => state.document);
  if (document === null || 'openapi' in document)
    return (
      <Dialog
        title="New Operation"
        description={`There is no ${resource}; it may still be loading.`}
        onClose={onClose}
      />
    );
  return <Form name={resource} document={document} onClose={onClose} />;
}

function Form({ name, document, onClose }: { name: string; document: WithOperations; onClose(): void }) {
  const { drafts, go } = useWorkspace();
  const apis = useResources('api');
  const [kind, resourceId] = name.split('/') as [ListKind, string];
  const entry = entryOf(kind, document);
  const operations = (document.operations ?? []) as readonly Operation[];
  const [isChecked, check] = useState(false);
  const [method, setMethod] = useState('GET');
  const [path, setPath] = useState('');
  const [cron, setCron] = useState('0 * * * *');
  const [topic, setTopic] = useState('');
  const [input, setInput] = useState<Json | undefined>();
  const [output, setOutput] = useState<Json | undefined>();
  const [description, setDescription] = useState('');
  const taken = useMemo(() => new Set(operations.map(({ id }) => id)), [operations]);
  const identity = useIdentity('operation', taken, entry === 'route' && path !== '' ? routeId(method, path) : '');
  const { title, id } = identity;
  const api = 'api' in document ? apis.find((each) => each.id === document.api) : undefined;
  const routes = missingRoutes(api, operations);

  const operation = {
    id,
    ...(entry === 'route' && { method, path }),
    ...(entry === 'cron' && { cron }),
    ...(entry === 'topic' && { topic }),
    ...(title !== '' && { title }),
    ...(description !== '' && { description }),
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
    workflow: entry === 'route' ? emptyAnswer() : { actions: [] },
  } as Operation;
  // Only what stands beside it can be in its way; the workflows of the others are not looked at.
  const faults = checkDocument(
    kind as ResourceKind,
    { ...document, operations: [...operations.map(withoutWorkflow), operation] },
    { file: '' },
  );
  const base = `/operations/${operations.length}`;
  const notes = notesOf(faults, base);
  const refusal = faults.find(({ pointer, severity }) => severity === 'error' && pointer.startsWith(`${base}/`));

  const create = (made: readonly Operation[], label: string): void =>
    drafts.of(name).edit({ label, operation: made.length === 1 ? (made[0]?.id ?? null) : null }, (before) => ({
      ...before,
      operations: [...((before as WithOperations).operations ?? []), ...made] as never,
    }));

  return (
    <FormDialog
      title="New Operation"
      description={
        <>
          In <code>{name}</code>. It opens on the canvas.
        </>
      }
      action="Create Operation"
      size={entry === 'schemas' ? 'large' : 'medium'}
      whyNot={identity.fault ?? refusal?.message ?? null}
      onRefused={() => check(true)}
      onClose={onClose}
      onSubmit={async () => {
        create([operation], `Create ${id}`);
        go(pathTo(kind, resourceId, id));
        onClose();
      }}
    >
      {api !== undefined && (
        <ApiRoutes
          title={api.title || api.id}
          routes={routes}
          taken={taken}
          onCreate={(made) => create(made, made.length === 1 ? `Create ${made[0]?.id}` : 'Create operations')}
          onOpen={(made) => {
            go(pathTo(kind, resourceId, made));
            onClose();
          }}
        />
      )}
      {entry === 'route' && (
        <div className="form-route">
          <ChoiceField
            label="Method"
            value={method}
            options={methods.map((each) => ({ value: each, label: each }))}
            onChange={setMethod}
          />
          <TextField
            label="Path"
            value={path}
            isMono
            isFirst
            placeholder="/items/{id}"
            fault={path !== '' || isChecked ? notes('/path').fault : null}
            help="{name} is a parameter, {rest*} at the end takes the rest of the path."
            onChange={setPath}
          />
        </div>
      )}
      {entry === 'cron' && <CronField value={cron} fault={notes('/cron').fault} onChange={setCron} />}
      {entry === 'topic' && (
        <TextField
          label="Topic"
          value={topic}
          isMono
          isFirst
          help="What the client listens to. This version keeps it and does not subscribe yet."
          onChange={setTopic}
        />
      )}
      <IdentityFields
        identity={identity}
        address={`${name}/`}
        isChecked={isChecked}
        isFirst={entry === 'schemas' || entry === 'cron'}
      />
      {entry === 'schemas' && (
        <>
          <SchemaEditor
            label="Input"
            member="Argument"
            value={input}
            fault={notes('/input').fault}
            onChange={setInput}
          />
          <SchemaEditor label="Output" value={output} fault={notes('/output').fault} onChange={setOutput} />
        </>
      )}
      <TextAreaField label="Description" value={description} onChange={setDescription} />
    </FormDialog>
  );
}

type Entry = 'route' | 'cron' | 'schemas' | 'topic';

const entryOf = (kind: ListKind, document: WithOperations): Entry => {
  if (kind === 'service') return 'schemas';
  if (kind === 'client') return 'topic';
  return (document as Server).type === 'schedule' ? 'cron' : 'route';
};

const withoutWorkflow = (operation: Operation): Operation => {
  const { onError: _, simulations: __, ...rest } = operation;
  return { ...rest, workflow: { actions: [] } } as Operation;
};
