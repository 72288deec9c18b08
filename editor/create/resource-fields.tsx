import { useMemo, useRef } from 'react';
import type { Operation } from '../../engine/document/types.ts';
import { EditGuard } from '../app/edit-guard.tsx';
import { Link } from '../app/link.tsx';
import { type ListKind, pathTo } from '../app/route.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { DraftTools } from '../drafts/draft-tools.tsx';
import { Icon } from '../ui/icon.tsx';
import { CorsFields } from './cors-fields.tsx';
import { FlagField, TextAreaField, TextField } from './fields.tsx';
import { JsonField } from './json-field.tsx';
import { ListenFields } from './listen-fields.tsx';
import { RecordFields } from './record-fields.tsx';
import { type ResourceForm, useResourceForm } from './resource-form.ts';
import { TlsFields } from './tls-fields.tsx';
import { useFieldRequest } from './use-field-request.ts';

/** The own fields of a server, service or client, beside the lists. Every change is an edit of its draft. */
export default function ResourceFields({ name }: { name: string }) {
  const { drafts } = useWorkspace();
  const draft = useMemo(() => drafts.of(name), [drafts, name]);
  const form = useResourceForm(draft);
  if (form === null) return <p className="note resource-inspector">Loading {name}…</p>;
  // A form of its own per resource: what is typed into one does not turn up in the next.
  return <Fields key={name} form={form} />;
}

function Fields({ form }: { form: ResourceForm }) {
  const { document, kind, notes, set } = form;
  const section = useRef<HTMLElement>(null);
  useFieldRequest(form.name, section);
  const text = (key: string): string => (typeof document[key] === 'string' ? document[key] : '');
  return (
    <section ref={section} className="resource-inspector form" aria-label={`Fields of ${form.name}`}>
      <Identity form={form} />
      <DraftTools name={form.name} />
      <EditGuard>
        <TextField label="Title" value={text('title')} {...notes('/title')} onChange={orAway('title', set)} />
        <TextAreaField
          label="Description"
          value={text('description')}
          {...notes('/description')}
          onChange={orAway('description', set)}
        />
        <FlagField
          label="Active"
          checked={document.active !== false}
          help={activeHelp[kind as ListKind]}
          onChange={(isActive) => set('active', isActive ? (document.active === undefined ? undefined : true) : false)}
        />
        {kind === 'server' && <ListenFields form={form} />}
        {kind === 'client' && <ClientFields form={form} />}
        <RecordFields form={form} />
        {kind === 'server' && (
          <>
            <CorsFields form={form} />
            <TlsFields form={form} />
            <JsonField
              label="Security"
              value={document.security}
              {...notes('/security')}
              help="Kept for later versions: nothing checks who calls."
              onChange={(value) => set('security', value)}
            />
            <JsonField
              label="Rate limit"
              value={document.rateLimit}
              {...notes('/rateLimit')}
              help="Kept for later versions: nothing checks how often somebody calls."
              onChange={(value) => set('rateLimit', value)}
            />
          </>
        )}
        <JsonField
          label="Error handler"
          value={document.onError}
          {...notes('/onError')}
          help="A workflow, as JSON, that runs when an operation fails which has no handler of its own. It has the scope error."
          onChange={(value) => set('onError', value)}
        />
      </EditGuard>
      <Operations form={form} />
    </section>
  );
}

const activeHelp: Record<ListKind, string> = {
  server: 'An active server listens as soon as it is deployed.',
  service: 'The operations of a service that is not active cannot be called.',
  client: 'A client that is not active cannot be used.',
};

/** An emptied text is no text: the key goes. */
const orAway =
  (key: string, set: ResourceForm['set']) =>
  (value: string): void =>
    set(key, value === '' ? undefined : value);

function Identity({ form: { name, id } }: { form: ResourceForm }) {
  const { attempt, say } = useWorkspace();
  const copy = () =>
    attempt(`${name} was not copied`, async () => {
      await navigator.clipboard.writeText(name);
      say(`${name} was copied.`);
    });
  return (
    <div className="row resource-id">
      <h2 className="cut">{id}</h2>
      <span className="mono t3 cut">{name}</span>
      <button
        type="button"
        className="btn btn-quiet btn-icon btn-s"
        aria-label="Copy Address"
        title="Copy Address"
        onClick={copy}
      >
        <Icon name="copy" size={14} />
      </button>
    </div>
  );
}

function ClientFields({ form: { document, notes, set } }: { form: ResourceForm }) {
  return (
    <>
      <TextField
        label="Type"
        value={typeof document.type === 'string' ? document.type : ''}
        isMono
        {...notes('/type')}
        help="Such as http or postgres. This version keeps clients and does not connect them yet."
        onChange={(type) => set('type', type)}
      />
      <JsonField
        label="Settings"
        value={document.settings}
        {...notes('/settings')}
        help={'An object. Write {"$secret": "name"} where a secret belongs.'}
        onChange={(settings) => set('settings', settings)}
      />
    </>
  );
}

function Operations({ form: { kind, id, name, document } }: { form: ResourceForm }) {
  const { ask, whyNot } = useWorkspace();
  const operations = (Array.isArray(document.operations) ? document.operations : []) as unknown as Operation[];
  const why = whyNot('edit');
  return (
    <div className="form-section">
      <div className="row">
        <h3 className="form-head">Operations</h3>
        <span className="count">{operations.length}</span>
        <span className="grow" />
        <button
          type="button"
          className="btn btn-s"
          aria-disabled={why !== undefined}
          title={why}
          onClick={() => why === undefined && ask({ dialog: 'create-operation', resource: name })}
        >
          <Icon name="add" size={14} />
          New Operation…
        </button>
      </div>
      {operations.length === 0 ? (
        <p className="note">Nothing happens here yet: add the first operation.</p>
      ) : (
        <ul className="operation-links">
          {operations.map((operation) => (
            <li key={operation.id} className="row">
              {'method' in operation && <span className="verb">{operation.method}</span>}
              <Link className="cut" href={pathTo(kind as ListKind, id, operation.id)}>
                {operation.title || operation.id}
              </Link>
              {'path' in operation && <span className="mono t3 cut">{operation.path}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
