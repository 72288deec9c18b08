import { useId, useState } from 'react';
import type { Json, Operation } from '../../engine/document/types.ts';
import { JsonField } from './json-field.tsx';
import { type Pairs, PairsField } from './pairs-field.tsx';
import { pathParameters, readNames } from './request-names.ts';
import { isSchema, schemaFaults, typesOf } from './schema-faults.ts';

interface FormProps {
  operation: Operation;
  input: Json;
  onChange(input: Json): void;
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether the input of an operation can be shown as a form. */
export const hasForm = (operation: Operation, input: Json): boolean =>
  ('method' in operation || propertiesOf(operation) !== null) && (input === null || isObject(input));

/** The input of a simulation, field by field. */
export const InputForm = (props: FormProps) =>
  'method' in props.operation ? <RequestForm {...props} path={props.operation.path} /> : <SchemaForm {...props} />;

function RequestForm({ operation, input, onChange, path }: FormProps & { path: string }) {
  const given = isObject(input) ? input : {};
  const put = (key: string, value: Json | undefined): void => {
    const { [key]: _, ...rest } = given;
    onChange(value === undefined ? rest : { ...given, [key]: value });
  };
  const pairs = (key: string): Pairs => (isObject(given[key]) ? (given[key] as Pairs) : {});
  const putPairs = (key: string) => (next: Pairs) => put(key, Object.keys(next).length === 0 ? undefined : { ...next });
  const names = pathParameters(path);
  return (
    <>
      {names.length > 0 && (
        <fieldset className="sim-group">
          <legend>Path</legend>
          {names.map(({ name, isNeeded }) => (
            <TextRow
              key={name}
              label={name}
              isRequired={isNeeded}
              value={textOf(pairs('path')[name])}
              onChange={(text) => put('path', { ...pairs('path'), [name]: text })}
            />
          ))}
        </fieldset>
      )}
      <PairsField
        title="Query"
        singular="query parameter"
        pairs={pairs('query')}
        proposed={readNames(operation, 'query')}
        onChange={putPairs('query')}
      />
      <PairsField
        title="Headers"
        singular="header"
        pairs={pairs('header')}
        proposed={readNames(operation, 'header')}
        onChange={putPairs('header')}
        toName={(name) => name.toLowerCase()}
      />
      <PairsField title="Cookies" singular="cookie" pairs={pairs('cookie')} onChange={putPairs('cookie')} />
      <div className="sim-group">
        <span className="sim-legend">Body, as JSON</span>
        <JsonField label="Body" value={given.body} onChange={(body) => put('body', body)} />
      </div>
    </>
  );
}

const textOf = (value: Json | undefined): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

function TextRow({
  label,
  value,
  onChange,
  fault = null,
  isRequired = false,
}: {
  label: string;
  value: string;
  onChange(text: string): void;
  fault?: string | null;
  isRequired?: boolean;
}) {
  const id = useId();
  return (
    <div className="sim-row">
      <label htmlFor={id} className="mono">
        {label}
        {isRequired && <span className="note"> needed</span>}
      </label>
      <span className={`field${fault === null ? '' : ' bad'}`}>
        <input
          id={id}
          className="mono"
          value={value}
          spellCheck={false}
          aria-describedby={fault === null ? undefined : `${id}f`}
          onChange={(event) => onChange(event.target.value)}
        />
      </span>
      {fault !== null && (
        <p id={`${id}f`} className="failure">
          {fault}
        </p>
      )}
    </div>
  );
}

function propertiesOf(operation: Operation): { [name: string]: Json } | null {
  const schema = 'input' in operation ? operation.input : undefined;
  return isSchema(schema) && isObject(schema.properties) && Object.keys(schema.properties).length > 0
    ? schema.properties
    : null;
}

function SchemaForm({ operation, input, onChange }: FormProps) {
  const schema = 'input' in operation ? operation.input : undefined;
  const properties = propertiesOf(operation) ?? {};
  const given = isObject(input) ? input : {};
  const required = isSchema(schema) && Array.isArray(schema.required) ? schema.required : [];
  const put = (name: string, value: Json | undefined): void => {
    const { [name]: _, ...rest } = given;
    onChange(value === undefined ? rest : { ...given, [name]: value });
  };
  return (
    <>
      {Object.entries(properties).map(([name, member]) => (
        <Property
          key={name}
          name={name}
          schema={member}
          value={given[name]}
          isRequired={required.includes(name)}
          onChange={(value) => put(name, value)}
        />
      ))}
    </>
  );
}

interface PropertyProps {
  name: string;
  schema: Json;
  value: Json | undefined;
  isRequired: boolean;
  onChange(value: Json | undefined): void;
}

function Property(props: PropertyProps) {
  const { name, schema, value, isRequired, onChange } = props;
  const id = useId();
  const [type, ...others] = isSchema(schema) ? typesOf(schema) : [];
  const choices =
    isSchema(schema) && Array.isArray(schema.enum) ? schema.enum : type === 'boolean' ? [true, false] : null;
  if (choices !== null)
    return (
      <div className="sim-row">
        <label htmlFor={id} className="mono">
          {name}
          {isRequired && <span className="note"> needed</span>}
        </label>
        <select
          id={id}
          className="field"
          value={value === undefined ? '' : JSON.stringify(value)}
          onChange={(event) =>
            onChange(event.target.value === '' ? undefined : (JSON.parse(event.target.value) as Json))
          }
        >
          <option value="">not given</option>
          {choices.map((choice) => (
            <option key={JSON.stringify(choice)} value={JSON.stringify(choice)}>
              {String(choice)}
            </option>
          ))}
        </select>
      </div>
    );
  if (others.length === 0 && (type === 'number' || type === 'integer')) return <NumberRow {...props} />;
  if (others.length === 0 && type === 'string' && (value === undefined || typeof value === 'string')) {
    const [fault] = schemaFaults(value, schema, 1);
    return (
      <TextRow
        label={name}
        value={value ?? ''}
        fault={fault === undefined ? null : `${name} ${fault.message}.`}
        isRequired={isRequired}
        onChange={(text) => onChange(text === '' && !isRequired ? undefined : text)}
      />
    );
  }
  return (
    <div className="sim-group">
      <span className="sim-legend mono">
        {name}
        {isRequired && <span className="note"> needed</span>}
      </span>
      <JsonField label={name} value={value} onChange={onChange} minLines={2} />
    </div>
  );
}

/** What is no number yet stays in the field. */
function NumberRow({ name, schema, value, isRequired, onChange }: PropertyProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? textOf(value);
  const number = text.trim() === '' ? undefined : Number(text);
  const [fault] = number === undefined || Number.isNaN(number) ? [] : schemaFaults(number, schema, 1);
  const why = Number.isNaN(number) ? `must be a number, found ${JSON.stringify(text)}` : fault?.message;
  return (
    <TextRow
      label={name}
      value={text}
      fault={why === undefined ? null : `${name} ${why}.`}
      isRequired={isRequired}
      onChange={(next) => {
        const now = next.trim() === '' ? undefined : Number(next);
        const isNumber = now === undefined || Number.isFinite(now);
        setTyped(isNumber && (now === undefined ? next === '' : String(now) === next) ? null : next);
        if (isNumber) onChange(now);
      }}
    />
  );
}
