import type { Json } from '../../engine/document/types.ts';
import { schemaTypes, typeOf, withType } from '../create/schema-editor/schema-edit.ts';
import { TypeChoice } from '../create/schema-editor/type-choice.tsx';
import { Icon } from '../ui/icon.tsx';
import type { ApiEdits } from './api-edits.ts';
import { resolved } from './openapi-paths.ts';
import { getIn, type JsonObject } from './set-in.ts';

const places = ['query', 'path', 'header', 'cookie'] as const;

interface ParametersFormProps {
  openapi: JsonObject;
  edits: ApiEdits;
  /** Where the object is that has the parameters: a path or one of its methods. */
  at: readonly string[];
  /** Parameters of the path that are described nowhere. */
  missing: readonly string[];
}

/** The parameters of a path or a method, one row each. */
export function ParametersForm({ openapi, edits, at, missing }: ParametersFormProps) {
  const list = getIn(openapi, [...at, 'parameters']);
  const parameters = Array.isArray(list) ? list : [];
  const path = [...at, 'parameters'];
  const add = (parameter: JsonObject): void =>
    edits.set(path, [...parameters, parameter], `Add ${String(parameter.name)}`);
  const isShared = at.length === 2;
  return (
    <div className="form-section">
      <div className="row">
        <h3 className="form-head">{isShared ? 'Parameters of all methods' : 'Parameters'}</h3>
        <span className="grow" />
        {missing.map((name) => (
          <button
            key={name}
            type="button"
            className="btn btn-s"
            onClick={() => add({ name, in: 'path', required: true, schema: { type: 'string' } })}
          >
            <Icon name="add" size={14} />
            Describe {`{${name}}`}
          </button>
        ))}
        <button
          type="button"
          className="btn btn-s"
          onClick={() =>
            add({ name: freeName(parameters, openapi), in: isShared ? 'header' : 'query', schema: { type: 'string' } })
          }
        >
          <Icon name="add" size={14} />
          Add Parameter
        </button>
      </div>
      {parameters.length === 0 && <p className="note">None.</p>}
      {parameters.map((parameter, index) => (
        <Parameter
          // Parameters have no identity but their place.
          key={index}
          openapi={openapi}
          parameter={parameter}
          path={[...path, String(index)]}
          edits={edits}
        />
      ))}
    </div>
  );
}

function Parameter({
  openapi,
  parameter,
  path,
  edits,
}: {
  openapi: JsonObject;
  parameter: Json;
  path: readonly string[];
  edits: ApiEdits;
}) {
  const described = resolved(openapi, parameter);
  const name = typeof described?.name === 'string' ? described.name : '';
  const remove = (
    <button
      type="button"
      className="btn btn-quiet btn-icon btn-s"
      aria-label={`Remove ${name}`}
      title={`Remove ${name}`}
      onClick={() => removeItem(openapi, edits, path, name)}
    >
      <Icon name="delete" size={14} />
    </button>
  );
  if (described !== parameter || described === undefined) {
    const reference = getIn(parameter, ['$ref']);
    return (
      <div className="row">
        <span className="mono">{name}</span>
        <span className="note cut grow">
          As in <code>{String(reference)}</code>
        </span>
        {remove}
      </div>
    );
  }
  const text = (key: string): string => (typeof described[key] === 'string' ? described[key] : '');
  const place = text('in');
  return (
    <div className="parameter-row">
      <span className={`field${name === '' ? ' bad' : ''}`}>
        <input
          className="mono"
          aria-label={`Name of parameter ${name}`}
          value={name}
          spellCheck={false}
          onChange={(event) => edits.set([...path, 'name'], event.target.value)}
        />
      </span>
      <span className="field field-choice">
        <select
          aria-label={`Place of ${name}`}
          value={place}
          onChange={(event) => {
            const next = { ...described, in: event.target.value };
            edits.set(path, event.target.value === 'path' ? { ...next, required: true } : next, `Move ${name}`);
          }}
        >
          {places.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
        <Icon name="down" size={14} />
      </span>
      <TypeChoice
        label={`Type of ${name}`}
        type={typeOf(described.schema)}
        types={schemaTypes}
        onChange={(type) => edits.set([...path, 'schema'], withType(described.schema, type) as Json)}
      />
      <label className="schema-required">
        <input
          type="checkbox"
          checked={described.required === true || place === 'path'}
          disabled={place === 'path'}
          aria-label={`${name} is required`}
          onChange={(event) =>
            edits.set([...path, 'required'], event.target.checked ? true : undefined, `Change required of ${name}`)
          }
        />
        <span aria-hidden="true">required</span>
      </label>
      <span className="field">
        <input
          aria-label={`Description of ${name}`}
          placeholder="Description"
          value={text('description')}
          onChange={(event) => edits.set([...path, 'description'], event.target.value || undefined)}
        />
      </span>
      {remove}
    </div>
  );
}

/** An empty list of parameters is none. */
function removeItem(openapi: JsonObject, edits: ApiEdits, path: readonly string[], name: string): void {
  const list = path.slice(0, -1);
  const items = getIn(openapi, list);
  const isLast = Array.isArray(items) && items.length === 1;
  edits.set(isLast ? list : path, undefined, `Remove ${name}`);
}

function freeName(parameters: readonly Json[], openapi: JsonObject): string {
  const taken = new Set(parameters.map((parameter) => resolved(openapi, parameter)?.name));
  let name = 'name';
  for (let number = 2; taken.has(name); number++) name = `name${number}`;
  return name;
}
