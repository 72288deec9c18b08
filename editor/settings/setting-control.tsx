import { useEffect, useState } from 'react';
import type { JsonObject } from '../../engine/document/shape.ts';
import { Icon } from '../ui/icon.tsx';
import { Switch } from '../ui/switch.tsx';

interface ControlProps {
  id: string;
  label: string;
  schema: JsonObject;
  value: unknown;
  isLocked: boolean;
  onChange(value: unknown): void;
}

/** The control that fits what a key may hold; anything that has none of its own is edited as JSON. */
export function SettingControl(props: ControlProps) {
  const { label, schema, value, isLocked, onChange } = props;
  const plain = withoutNull(schema);
  if (Array.isArray(plain.enum))
    return (
      <fieldset className="seg" disabled={isLocked}>
        <legend className="vh">{label}</legend>
        {(plain.enum as string[]).map((choice) => (
          <button key={choice} type="button" aria-pressed={choice === value} onClick={() => onChange(choice)}>
            {choice}
          </button>
        ))}
      </fieldset>
    );
  if (plain.type === 'boolean')
    return <Switch label={label} checked={value === true} disabled={isLocked} onChange={onChange} />;
  if (plain.type === 'array' && (plain.items as JsonObject | undefined)?.type === 'string')
    return <TextList {...props} value={Array.isArray(value) ? (value as string[]) : []} />;
  if (plain.type === 'array' || plain.type === 'object') return <JsonText {...props} />;
  return <Line {...props} isWhole={plain.type === 'integer'} isOptional={plain !== schema} />;
}

const withoutNull = (schema: JsonObject): JsonObject => {
  const options = (schema.anyOf as JsonObject[] | undefined)?.filter(({ type }) => type !== 'null');
  return options?.length === 1 ? (options[0] as JsonObject) : schema;
};

/** One line of text: a text, a number, or a size such as 100m. */
function Line({
  id,
  value,
  isLocked,
  isWhole,
  isOptional,
  onChange,
}: ControlProps & { isWhole: boolean; isOptional: boolean }) {
  const [text, setText] = useState(asText(value));
  useEffect(() => setText((before) => (valueIn(before) === value ? before : asText(value))), [value]);
  return (
    <div className={`field setting-line${isLocked ? ' locked' : ''}`}>
      <input
        id={id}
        className={isWhole ? 'num' : undefined}
        inputMode={isWhole ? 'numeric' : 'text'}
        spellCheck={false}
        autoComplete="off"
        readOnly={isLocked}
        placeholder={isOptional ? 'not set' : undefined}
        aria-describedby={`${id}-about`}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onChange(event.target.value === '' && isOptional ? null : valueIn(event.target.value));
        }}
      />
    </div>
  );
}

const asText = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
/** Digits are a number wherever a setting takes one; every other text stays one, and the engine says what is allowed. */
const valueIn = (text: string): unknown => (/^\d{1,15}$/.test(text) ? Number(text) : text);

/** Texts as chips, one more with Enter. */
function TextList({ id, label, value, isLocked, onChange }: ControlProps & { value: readonly string[] }) {
  const [text, setText] = useState('');
  const add = (): void => {
    const word = text.trim();
    if (word === '') return;
    if (!value.includes(word)) onChange([...value, word]);
    setText('');
  };
  return (
    <div className="setting-list">
      <ul aria-label={label}>
        {value.map((item) => (
          <li key={item} className="chip">
            <code>{item}</code>
            {!isLocked && (
              <button
                type="button"
                aria-label={`Remove ${item}`}
                onClick={() => onChange(value.filter((other) => other !== item))}
              >
                <Icon name="close" size={12} />
              </button>
            )}
          </li>
        ))}
      </ul>
      {!isLocked && (
        <div className="field">
          <input
            id={id}
            className="mono"
            spellCheck={false}
            autoComplete="off"
            placeholder="Add one, then Enter"
            aria-describedby={`${id}-about`}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onBlur={add}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              add();
            }}
          />
        </div>
      )}
    </div>
  );
}

/** A value of some depth, as JSON; what is not JSON yet stays in the field and is not part of the changes. */
function JsonText({ id, value, isLocked, onChange }: ControlProps) {
  const [text, setText] = useState(() => JSON.stringify(value, null, 2));
  const [fault, setFault] = useState<string | null>(null);
  return (
    <div className="setting-json">
      <textarea
        id={id}
        className={`mono${fault === null ? '' : ' bad'}`}
        rows={Math.min(12, Math.max(3, text.split('\n').length))}
        spellCheck={false}
        readOnly={isLocked}
        aria-invalid={fault !== null}
        aria-describedby={`${id}-about`}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          try {
            onChange(event.target.value.trim() === '' ? null : JSON.parse(event.target.value));
            setFault(null);
          } catch (thrown) {
            setFault((thrown as Error).message);
          }
        }}
      />
      {fault !== null && <p className="is-failed">This is not JSON yet: {fault}</p>}
    </div>
  );
}
