import { FlagField, TextAreaField, TextField } from '../create/fields.tsx';
import { ListField } from '../create/list-field.tsx';
import { Icon } from '../ui/icon.tsx';
import type { ApiEdits } from './api-edits.ts';
import { ContentForm } from './content-form.tsx';
import { undescribedParameters } from './openapi-paths.ts';
import { ParametersForm } from './parameters-form.tsx';
import { ResponsesForm } from './responses-form.tsx';
import { getIn, isJsonObject, type JsonObject } from './set-in.ts';

interface OperationFormProps {
  openapi: JsonObject;
  edits: ApiEdits;
  path: string;
  method: string;
  onRemoved(): void;
}

/** One method of a path: what it takes, and what it answers. */
export function OperationForm({ openapi, edits, path, method, onRemoved }: OperationFormProps) {
  const at = ['paths', path, method];
  const operation = getIn(openapi, at);
  if (!isJsonObject(operation)) return null;
  const text = (key: string): string => (typeof operation[key] === 'string' ? operation[key] : '');
  const setText = (key: string) => (value: string) => edits.set([...at, key], value === '' ? undefined : value);
  const tags = Array.isArray(operation.tags) ? operation.tags.filter((tag) => typeof tag === 'string') : [];
  const body = operation.requestBody;
  return (
    <section className="form" aria-label={`${method.toUpperCase()} ${path}`}>
      <div className="row">
        <span className="verb">{method.toUpperCase()}</span>
        <h2 className="mono cut">{path}</h2>
        <span className="grow" />
        <button
          type="button"
          className="btn btn-s"
          onClick={() => {
            edits.set(at, undefined, `Remove ${method.toUpperCase()} ${path}`);
            onRemoved();
          }}
        >
          <Icon name="delete" size={14} />
          Remove Method
        </button>
      </div>
      <div className="form-pair">
        <TextField label="Summary" value={text('summary')} onChange={setText('summary')} />
        <TextField
          label="Operation id"
          value={text('operationId')}
          isMono
          help="Becomes the id of an operation that is made from it."
          onChange={setText('operationId')}
        />
      </div>
      <TextAreaField label="Description" value={text('description')} onChange={setText('description')} />
      <div className="form-pair">
        <ListField
          label="Tags"
          value={tags}
          onChange={(list) => edits.set([...at, 'tags'], list.length === 0 ? undefined : list)}
        />
        <FlagField
          label="Deprecated"
          checked={operation.deprecated === true}
          onChange={(isOn) =>
            edits.set(
              [...at, 'deprecated'],
              isOn ? true : undefined,
              `Change deprecated of ${method.toUpperCase()} ${path}`,
            )
          }
        />
      </div>
      <ParametersForm openapi={openapi} edits={edits} at={at} missing={undescribedParameters(openapi, path, method)} />
      <div className="form-section">
        <FlagField
          label="Request body"
          checked={body !== undefined}
          onChange={(isOn) =>
            edits.set(
              [...at, 'requestBody'],
              isOn ? { required: true, content: { 'application/json': { schema: { type: 'object' } } } } : undefined,
              `${isOn ? 'Add' : 'Remove'} the body of ${method.toUpperCase()} ${path}`,
            )
          }
        />
        {body !== undefined && (
          <>
            {getIn(body, ['$ref']) === undefined && (
              <FlagField
                label="Body is required"
                checked={getIn(body, ['required']) === true}
                onChange={(isOn) =>
                  edits.set(
                    [...at, 'requestBody', 'required'],
                    isOn ? true : undefined,
                    'Change whether the body is required',
                  )
                }
              />
            )}
            <ContentForm openapi={openapi} edits={edits} at={[...at, 'requestBody']} what="the body" />
          </>
        )}
      </div>
      <ResponsesForm openapi={openapi} edits={edits} at={[...at, 'responses']} />
    </section>
  );
}
