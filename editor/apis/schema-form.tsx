import { useState } from 'react';
import { TextField } from '../create/fields.tsx';
import { SchemaEditor } from '../create/schema-editor/schema-editor.tsx';
import { Icon } from '../ui/icon.tsx';
import type { ApiEdits } from './api-edits.ts';
import type { Chosen } from './path-tree.tsx';
import { renameSchema } from './rename-schema.ts';
import { getIn, isJsonObject, type JsonObject } from './set-in.ts';

const at = ['components', 'schemas'];
const allowed = /^[A-Za-z0-9._-]+$/;

/** One of the schemas that others refer to. */
export function SchemaForm({
  openapi,
  edits,
  name,
  onChoose,
}: {
  openapi: JsonObject;
  edits: ApiEdits;
  name: string;
  onChoose(chosen: Chosen): void;
}) {
  const schemas = getIn(openapi, at);
  // The name is one that others refer to: it is changed as a whole, not letter by letter.
  const [typed, setTyped] = useState(name);
  const isTaken = typed !== name && isJsonObject(schemas) && Object.hasOwn(schemas, typed);
  const fault = !allowed.test(typed)
    ? `A name must be letters, digits, ".", "_" and "-", found "${typed}".`
    : isTaken
      ? `The name "${typed}" is already used. Choose another.`
      : null;
  const reference = `#/components/schemas/${name}`;
  const uses = JSON.stringify(openapi).split(JSON.stringify(reference)).length - 1;
  return (
    <section className="form" aria-label={`Schema ${name}`}>
      <TextField
        label="Name"
        isMono
        value={typed}
        fault={fault}
        help={
          <>
            <code>{reference}</code> is used {uses === 1 ? 'once' : `${uses} times`}; a new name is written there too.
          </>
        }
        onChange={setTyped}
        onBlur={() => {
          if (fault !== null || typed === name) return;
          edits.change(`Rename ${name}`, (before) => renameSchema(before, name, typed));
          onChoose({ part: 'schema', name: typed });
        }}
      />
      <SchemaEditor
        label={name}
        value={getIn(schemas, [name])}
        onChange={(schema) => edits.set([...at, name], schema ?? {})}
      />
      <div>
        <button
          type="button"
          className="btn"
          aria-disabled={uses > 0}
          title={uses > 0 ? 'It is referred to. Change those places first.' : undefined}
          onClick={() => {
            if (uses > 0) return;
            edits.set([...at, name], undefined, `Remove ${name}`);
            onChoose({ part: 'info' });
          }}
        >
          <Icon name="delete" size={14} />
          Remove Schema
        </button>
      </div>
    </section>
  );
}
