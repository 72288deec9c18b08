import { SchemaEditor } from '../create/schema-editor/schema-editor.tsx';
import { Icon } from '../ui/icon.tsx';
import type { ApiEdits } from './api-edits.ts';
import { getIn, isJsonObject, type JsonObject } from './set-in.ts';

interface ContentFormProps {
  openapi: JsonObject;
  edits: ApiEdits;
  /** Where the body or response is. */
  at: readonly string[];
  /** What it is the content of, for names: `the body`. */
  what: string;
}

const offered = ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'];

/** The media types of a body or a response, each with its schema. */
export function ContentForm({ openapi, edits, at, what }: ContentFormProps) {
  const holder = getIn(openapi, at);
  const reference = getIn(holder, ['$ref']);
  if (typeof reference === 'string')
    return (
      <p className="note">
        As in <code>{reference}</code>
      </p>
    );
  const content = getIn(holder, ['content']);
  const types = isJsonObject(content) ? Object.keys(content) : [];
  const free = offered.filter((type) => !types.includes(type));
  return (
    <div className="form">
      {types.map((type) => (
        <div key={type} className="content-type">
          <div className="row">
            <code className="cut">{type}</code>
            <span className="grow" />
            <button
              type="button"
              className="btn btn-quiet btn-icon btn-s"
              aria-label={`Remove ${type} of ${what}`}
              title={`Remove ${type}`}
              onClick={() =>
                types.length === 1
                  ? edits.set([...at, 'content'], undefined, `Remove ${type} of ${what}`)
                  : edits.set([...at, 'content', type], undefined, `Remove ${type} of ${what}`)
              }
            >
              <Icon name="delete" size={14} />
            </button>
          </div>
          <SchemaEditor
            label={`Schema of ${what}${types.length > 1 ? `, ${type}` : ''}`}
            value={getIn(content, [type, 'schema'])}
            onChange={(schema) => edits.set([...at, 'content', type, 'schema'], schema)}
          />
        </div>
      ))}
      {free.length > 0 && (
        <span className="field field-choice content-add">
          <select
            aria-label={`Add a media type to ${what}`}
            value=""
            onChange={(event) =>
              edits.set([...at, 'content', event.target.value], {}, `Add ${event.target.value} to ${what}`)
            }
          >
            <option value="">Add a media type…</option>
            {free.map((type) => (
              <option key={type} value={type}>
                {type}
              </option>
            ))}
          </select>
          <Icon name="down" size={14} />
        </span>
      )}
    </div>
  );
}
