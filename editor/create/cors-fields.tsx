import type { Cors } from '../../engine/document/types.ts';
import { ChoiceField, FlagField, TextField } from './fields.tsx';
import { ListField } from './list-field.tsx';
import type { ResourceForm } from './resource-form.ts';
import { withKey } from './with-key.ts';

/** Which pages of other origins may call a server. */
export function CorsFields({ form: { document, notes, set } }: { form: ResourceForm }) {
  const { cors } = document;
  const rules = typeof cors === 'object' && cors !== null ? (cors as unknown as Cors) : null;
  const change = (key: keyof Cors, value: unknown) => rules !== null && set('cors', withKey(rules, key, value));
  return (
    <div className="form-section">
      <ChoiceField
        label="Other origins (CORS)"
        value={rules !== null ? 'some' : cors === true ? 'any' : 'none'}
        options={[
          { value: 'none', label: 'None may call' },
          { value: 'any', label: 'Any may call' },
          { value: 'some', label: 'Those named below' },
        ]}
        {...(rules === null && notes('/cors'))}
        help="Pages of other origins that a browser lets call this server."
        onChange={(choice) => set('cors', choice === 'none' ? undefined : choice === 'any' ? true : { origins: [] })}
      />
      {rules !== null && (
        <>
          <ListField
            label="Origins"
            value={rules.origins ?? []}
            help="One a line, such as https://app.example.com."
            fault={notes('/cors/origins').fault}
            onChange={(origins) => change('origins', origins)}
          />
          {(
            [
              ['methods', 'Methods', 'Left empty: those that the operations have.'],
              ['headers', 'Request headers', 'Left empty: those that a browser asks for.'],
              ['exposed', 'Readable answer headers', 'Beside those that any page may read.'],
            ] as const
          ).map(([key, label, help]) => (
            <ListField
              key={key}
              label={label}
              value={rules[key] ?? []}
              help={help}
              fault={notes(`/cors/${key}`).fault}
              onChange={(list) => change(key, list.length === 0 ? undefined : list)}
            />
          ))}
          <FlagField
            label="With credentials"
            checked={rules.credentials === true}
            help="Cookies and authorization may come along."
            fault={notes('/cors/credentials').fault}
            onChange={(isOn) => change('credentials', isOn ? true : undefined)}
          />
          <TextField
            label="Preflight kept for, in seconds"
            value={rules.maxAgeSeconds === undefined ? '' : String(rules.maxAgeSeconds)}
            inputMode="numeric"
            isMono
            fault={notes('/cors/maxAgeSeconds').fault}
            onChange={(text) =>
              change('maxAgeSeconds', text === '' ? undefined : /^\d{1,9}$/.test(text) ? Number(text) : text)
            }
          />
        </>
      )}
    </div>
  );
}
