import { useProject } from '../app/workspace-context.ts';
import { useResources } from '../drafts/use-drafts.ts';
import { ChoiceField, TextField } from './fields.tsx';
import type { ResourceForm } from './resource-form.ts';

/** Where a server listens, and the API that it is held to. A schedule has neither. */
export function ListenFields({ form: { document, notes, set } }: { form: ResourceForm }) {
  const apis = useResources('api');
  const live = useProject().apis;
  const isDraft = apis.some(({ id }) => id === document.api) && !live.some(({ id }) => id === document.api);
  if (document.type === 'schedule')
    return <p className="note">A schedule has no address. This version keeps schedules and does not run them yet.</p>;
  const port = document.port;
  return (
    <>
      <div className="form-pair">
        <TextField
          label="Port"
          value={port === undefined ? '' : String(port)}
          inputMode="numeric"
          isMono
          {...notes('/port')}
          help="0 to 65535; 0 lets the system choose."
          onChange={(text) => set('port', portOf(text))}
        />
        <TextField
          label="Host"
          value={typeof document.host === 'string' ? document.host : ''}
          isMono
          placeholder="127.0.0.1"
          {...notes('/host')}
          help="0.0.0.0 lets other machines in."
          onChange={(host) => set('host', host === '' ? undefined : host)}
        />
      </div>
      <ChoiceField
        label="API"
        value={typeof document.api === 'string' ? document.api : ''}
        options={[
          { value: '', label: 'None' },
          ...withMissing(apis, document.api).map(({ id, title }) => ({ value: id, label: title || id })),
        ]}
        {...notes('/api')}
        {...(isDraft && { warning: 'This API is a draft: deploy it together with the server.' })}
        help="Parameters and JSON bodies are checked against it."
        onChange={(api) => set('api', api === '' ? undefined : api)}
      />
    </>
  );
}

/** A number for digits; anything else stays what was typed, so that it is not lost and its fault can be told. */
export const portOf = (text: string): number | string | undefined => {
  const plain = text.trim();
  if (plain === '') return undefined;
  return /^\d{1,9}$/.test(plain) ? Number(plain) : text;
};

const withMissing = (
  apis: readonly { id: string; title?: string }[],
  chosen: unknown,
): readonly { id: string; title?: string }[] =>
  typeof chosen !== 'string' || chosen === '' || apis.some(({ id }) => id === chosen)
    ? apis
    : [...apis, { id: chosen, title: `${chosen} (there is none)` }];
