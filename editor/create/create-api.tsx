import { useState } from 'react';
import type { Api, Json } from '../../engine/document/types.ts';
import { kindOfSource, openapiFault, parseSource } from '../apis/source-text.ts';
import { documentFiles, FileDrop } from '../import/file-drop.tsx';
import { Icon } from '../ui/icon.tsx';
import { SegmentField, TextField } from './fields.tsx';
import { FormDialog } from './form-dialog.tsx';
import { IdentityFields } from './identity-fields.tsx';
import { useCreate } from './use-create.ts';
import { useIdentity } from './use-identity.ts';
import { useTaken } from './use-taken.ts';

type OpenapiDocument = Api['openapi'];

/** A new API: written here, or an OpenAPI document as it is. */
export function CreateApi({ onClose }: { onClose(): void }) {
  const create = useCreate();
  const [from, setFrom] = useState<'scratch' | 'file'>('scratch');
  const [file, setFile] = useState<{ name: string; document: OpenapiDocument } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const identity = useIdentity('API', useTaken('api'));
  const [isChecked, check] = useState(false);
  const [version, setVersion] = useState('1.0.0');
  const { title, id, setTitle } = identity;

  const openapi: OpenapiDocument =
    from === 'file' && file !== null
      ? file.document
      : { openapi: '3.1.0', info: { title: title || id, version: version || '1.0.0' }, paths: {} };
  const document: Api = { schema: 1, id, ...(title !== '' && { title }), openapi };

  const read = async (given: File): Promise<void> => {
    setFrom('file');
    setFile(null);
    const refuse = (why: string): void => setProblem(`${given.name}: ${why}`);
    const text = await given.text();
    const { value, problem: unread } = await parseSource(text, kindOfSource(text, given.name));
    if (unread !== undefined) return refuse(unread);
    const fault = openapiFault(value);
    if (fault !== null) return refuse(fault);
    setProblem(null);
    setFile({ name: given.name, document: value as OpenapiDocument });
    const info = (value as OpenapiDocument).info;
    if (title === '') setTitle(titleOf(info) ?? given.name.replace(/\.\w+$/, ''));
  };

  const noFile = from === 'file' && file === null ? 'Choose an OpenAPI document first.' : null;
  return (
    <FormDialog
      title="New API"
      description="An OpenAPI document that servers implement."
      action="Create API"
      whyNot={noFile ?? identity.fault}
      onRefused={() => check(true)}
      onClose={onClose}
      onSubmit={async () => {
        await create('api', document);
        onClose();
      }}
    >
      <SegmentField
        label="Begin with"
        value={from}
        options={[
          { value: 'scratch', label: 'An empty API' },
          { value: 'file', label: 'A file' },
        ]}
        onChange={(choice) => setFrom(choice as typeof from)}
      />
      {from === 'file' &&
        (file === null ? (
          <>
            <FileDrop
              label="Choose File…"
              accept={documentFiles}
              onFile={(given) => void read(given).catch((thrown) => setProblem(`${given.name}: ${String(thrown)}`))}
            >
              Drop an OpenAPI 3 document here, as JSON or YAML.
            </FileDrop>
            {problem !== null && (
              <p className="form-fault" role="alert">
                <Icon name="warn" size={14} />
                <span>{problem}</span>
              </p>
            )}
          </>
        ) : (
          <div className="row file-chosen">
            <Icon name="ok" size={14} />
            <b className="cut">{file.name}</b>
            <span className="t3">{pathCount(file.document)}</span>
            <span className="grow" />
            <button type="button" className="btn btn-s" onClick={() => setFile(null)}>
              Choose Another…
            </button>
          </div>
        ))}
      <IdentityFields identity={identity} address="api/" isChecked={isChecked} />
      {from === 'scratch' && <TextField label="Version" value={version} isMono onChange={setVersion} />}
    </FormDialog>
  );
}

const titleOf = (info: Json | undefined): string | undefined =>
  typeof info === 'object' && info !== null && !Array.isArray(info) && typeof info.title === 'string'
    ? info.title
    : undefined;

function pathCount({ openapi, paths }: OpenapiDocument): string {
  const count = typeof paths === 'object' && paths !== null ? Object.keys(paths).length : 0;
  return `OpenAPI ${String(openapi)}, ${count === 1 ? '1 path' : `${count} paths`}`;
}
