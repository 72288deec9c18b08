import { TextField } from '../create/fields.tsx';
import { Icon } from '../ui/icon.tsx';
import type { ApiEdits } from './api-edits.ts';
import { ContentForm } from './content-form.tsx';
import { resolved } from './openapi-paths.ts';
import { getIn, isJsonObject, type JsonObject } from './set-in.ts';

const usual: readonly [status: string, description: string][] = [
  ['200', 'OK'],
  ['201', 'Created'],
  ['204', 'No content'],
  ['400', 'The request is not as it must be'],
  ['401', 'Not signed in'],
  ['403', 'Not allowed'],
  ['404', 'Not there'],
  ['409', 'Not possible as things are'],
  ['500', 'A fault of the server'],
  ['default', 'Anything else'],
];

/** What a method answers, by status. */
export function ResponsesForm({ openapi, edits, at }: { openapi: JsonObject; edits: ApiEdits; at: readonly string[] }) {
  const responses = getIn(openapi, at);
  const statuses = isJsonObject(responses) ? Object.keys(responses) : [];
  const free = usual.filter(([status]) => !statuses.includes(status));
  return (
    <div className="form-section">
      <div className="row">
        <h3 className="form-head">Responses</h3>
        <span className="grow" />
        <span className="field field-choice content-add">
          <select
            aria-label="Add a response"
            value=""
            onChange={({ target: { value } }) => {
              const description = usual.find(([status]) => status === value)?.[1] ?? '';
              edits.set([...at, value], { description }, `Add the response ${value}`);
            }}
          >
            <option value="">Add a response…</option>
            {free.map(([status, description]) => (
              <option key={status} value={status}>
                {status} {description}
              </option>
            ))}
          </select>
          <Icon name="down" size={14} />
        </span>
      </div>
      {statuses.map((status) => {
        const response = getIn(responses, [status]);
        const isReference = typeof getIn(response, ['$ref']) === 'string';
        const description = resolved(openapi, response)?.description;
        return (
          <section key={status} className="api-response" aria-label={`Response ${status}`}>
            <div className="row">
              <b className="mono">{status}</b>
              <span className="grow" />
              <button
                type="button"
                className="btn btn-quiet btn-icon btn-s"
                aria-label={`Remove the response ${status}`}
                title={`Remove ${status}`}
                onClick={() => edits.set([...at, status], undefined, `Remove the response ${status}`)}
              >
                <Icon name="delete" size={14} />
              </button>
            </div>
            {!isReference && (
              <TextField
                label={`Description of ${status}`}
                value={typeof description === 'string' ? description : ''}
                onChange={(text) => edits.set([...at, status, 'description'], text)}
              />
            )}
            <ContentForm openapi={openapi} edits={edits} at={[...at, status]} what={`the response ${status}`} />
          </section>
        );
      })}
      {statuses.length === 0 && <p className="note">None.</p>}
    </div>
  );
}
