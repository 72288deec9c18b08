import type { Json } from '../../engine/document/types.ts';
import { ChoiceField } from './fields.tsx';
import type { ResourceForm } from './resource-form.ts';

/** What is recorded unless a switch says otherwise. The switches themselves act at once and are no edit. */
export const RecordFields = ({ form: { document, notes, set } }: { form: ResourceForm }) => (
  <div className="form-section">
    <h3>Recording by default</h3>
    <p className="note">In force where no switch was set while running. Those stand in the menus.</p>
    <div className="form-pair">
      {(['log', 'capture'] as const).map((name) => (
        <ChoiceField
          key={name}
          label={name === 'log' ? 'Log' : 'Capture'}
          value={choiceOf(document[name])}
          options={[
            { value: '', label: 'Not set' },
            { value: 'true', label: 'On' },
            { value: 'false', label: 'Off' },
            ...(choiceOf(document[name]) === 'bounded' ? [{ value: 'bounded', label: 'On, within bounds' }] : []),
          ]}
          {...notes(`/${name}`)}
          onChange={(choice) => choice !== 'bounded' && set(name, choice === '' ? undefined : choice === 'true')}
        />
      ))}
      <ChoiceField
        label="Log level"
        value={typeof document.logLevel === 'string' ? document.logLevel : ''}
        options={[
          { value: '', label: 'Inherited' },
          ...['debug', 'info', 'warning', 'error'].map((level) => ({ value: level, label: level })),
        ]}
        {...notes('/logLevel')}
        onChange={(level) => set('logLevel', level === '' ? undefined : level)}
      />
    </div>
  </div>
);

const choiceOf = (value: Json | undefined): string =>
  value === undefined ? '' : typeof value === 'boolean' ? String(value) : 'bounded';
