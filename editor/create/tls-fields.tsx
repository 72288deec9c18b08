import type { Tls } from '../../engine/document/types.ts';
import { ChoiceField, FlagField, TextAreaField, TextField } from './fields.tsx';
import type { ResourceForm } from './resource-form.ts';

const parts = [
  ['cert', 'Certificate'],
  ['key', 'Private key'],
] as const;

/** The certificate and key of a server that speaks https. */
export function TlsFields({ form: { document, notes, set } }: { form: ResourceForm }) {
  const tls = (document.tls ?? null) as Tls | null;
  return (
    <div className="form-section">
      <FlagField
        label="TLS"
        checked={tls !== null}
        help="With it the server answers https only."
        fault={tls === null ? notes('/tls').fault : null}
        onChange={(isOn) => set('tls', isOn ? { cert: '', key: '' } : undefined)}
      />
      {tls !== null &&
        parts.map(([part, label]) => (
          <Pem
            key={part}
            label={label}
            value={tls[part]}
            fault={notes(`/tls/${part}`).fault}
            onChange={(value) => set('tls', { ...tls, [part]: value })}
          />
        ))}
    </div>
  );
}

function Pem({
  label,
  value,
  fault,
  onChange,
}: {
  label: string;
  value: Tls['cert'];
  fault: string | null;
  onChange(value: Tls['cert']): void;
}) {
  const secret = typeof value === 'object' && value !== null ? value.$secret : null;
  return (
    <>
      <ChoiceField
        label={`${label} from`}
        value={secret === null ? 'text' : 'secret'}
        options={[
          { value: 'text', label: 'A file, or PEM text' },
          { value: 'secret', label: 'A secret' },
        ]}
        onChange={(choice) => onChange(choice === 'secret' ? { $secret: '' } : '')}
      />
      {secret === null ? (
        <TextAreaField
          label={label}
          isMono
          value={typeof value === 'string' ? value : ''}
          help="The path of a PEM file, from the data folder or absolute, or the PEM text itself."
          fault={fault}
          onChange={onChange}
        />
      ) : (
        <TextField
          label={`${label} secret`}
          isMono
          value={secret}
          help="The name of a secret in the settings."
          fault={secret === '' ? 'Name the secret, found nothing.' : fault}
          onChange={(name) => onChange({ $secret: name })}
        />
      )}
    </>
  );
}
