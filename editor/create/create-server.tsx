import { useMemo, useState } from 'react';
import { checkDocument } from '../../engine/document/check.ts';
import type { Server } from '../../engine/document/types.ts';
import { useResources } from '../drafts/use-drafts.ts';
import { operationsOfApi, operationsOfPaths } from './api-operations.ts';
import { notesOf } from './fault-notes.ts';
import { ChoiceField, FlagField, SegmentField, TextAreaField, TextField } from './fields.tsx';
import { FormDialog } from './form-dialog.tsx';
import { IdentityFields } from './identity-fields.tsx';
import { portOf } from './listen-fields.tsx';
import { useCreate } from './use-create.ts';
import { useFreePort } from './use-free-port.ts';
import { useIdentity } from './use-identity.ts';
import { useTaken } from './use-taken.ts';

const types = [
  { value: 'http', label: 'HTTP' },
  { value: 'schedule', label: 'Schedule' },
];

/** A new server: where it listens, and the API that it implements. */
export function CreateServer({ onClose }: { onClose(): void }) {
  const create = useCreate();
  const apis = useResources('api');
  const identity = useIdentity('server', useTaken('server'));
  const free = useFreePort();
  const [isChecked, check] = useState(false);
  const [type, setType] = useState('http');
  // null until somebody writes one.
  const [typedPort, setPort] = useState<string | null>(null);
  const [host, setHost] = useState('');
  const [api, setApi] = useState('');
  const [description, setDescription] = useState('');
  const [isFromPaths, setFromPaths] = useState(true);
  const isHttp = type === 'http';
  const port = typedPort ?? (free.port === null ? '' : String(free.port));
  const routes = useMemo(() => operationsOfApi(apis.find(({ id }) => id === api)), [apis, api]);
  const { title, id } = identity;

  const document = {
    schema: 1,
    id,
    type,
    ...(title !== '' && { title }),
    ...(description !== '' && { description }),
    active: true,
    ...(isHttp && { port: portOf(port) ?? 0, host: host === '' ? '127.0.0.1' : host }),
    ...(isHttp && api !== '' && { api }),
    operations: isHttp && isFromPaths ? operationsOfPaths(routes, []) : [],
  } as Server;
  const faults = checkDocument('server', document, { file: '' });
  const notes = notesOf(faults);
  const whyNot =
    identity.fault ??
    (isHttp && port === '' ? 'The port must be a whole number from 0 to 65535, found nothing.' : null) ??
    faults.find(({ severity }) => severity === 'error')?.message ??
    null;

  return (
    <FormDialog
      title="New Server"
      action="Create Server"
      whyNot={whyNot}
      onRefused={() => check(true)}
      onClose={onClose}
      onSubmit={async () => {
        await create('server', document);
        onClose();
      }}
    >
      <IdentityFields identity={identity} address="server/" isChecked={isChecked} />
      <SegmentField
        label="Type"
        value={type}
        options={types}
        help={
          isHttp
            ? 'Answers requests over HTTP.'
            : 'Its operations have times. This version keeps schedules and does not run them yet.'
        }
        onChange={setType}
      />
      {isHttp && (
        <>
          <div className="form-pair">
            <TextField
              label="Port"
              value={port}
              inputMode="numeric"
              isMono
              fault={port === '' ? (isChecked ? whyNot : null) : notes('/port').fault}
              help={portHelp(typedPort, free)}
              onChange={setPort}
            />
            <TextField
              label="Host"
              value={host}
              isMono
              placeholder="127.0.0.1"
              fault={notes('/host').fault}
              help="0.0.0.0 lets other machines in."
              onChange={setHost}
            />
          </div>
          <ChoiceField
            label="API"
            value={api}
            options={[
              { value: '', label: 'None' },
              ...apis.map((each) => ({ value: each.id, label: each.title || each.id })),
            ]}
            help={
              apis.length === 0
                ? 'There is no API yet. A server does without, too.'
                : 'Parameters and JSON bodies are checked against it.'
            }
            onChange={setApi}
          />
          {routes.length > 0 && (
            <FlagField
              label={
                routes.length === 1
                  ? 'Make an operation for its path'
                  : `Make an operation for each of its ${routes.length} paths and methods`
              }
              checked={isFromPaths}
              onChange={setFromPaths}
            />
          )}
        </>
      )}
      <TextAreaField label="Description" value={description} onChange={setDescription} />
    </FormDialog>
  );
}

function portHelp(typed: string | null, { port, isSure }: { port: number | null; isSure: boolean }): string {
  if (typed !== null) return '0 to 65535; 0 lets the system choose.';
  if (port === null) return 'No port after 8080 is free on this machine; write one.';
  return isSure ? `${port} is free on this machine.` : `No server of the project has ${port}.`;
}
