import { useId, useRef, useState } from 'react';
import type { Json } from '../../../engine/document/types.ts';
import { Icon } from '../../ui/icon.tsx';
import { JsonField } from '../json-field.tsx';
import { focusMember } from './focus-member.ts';
import { MemberRows } from './member-rows.tsx';
import { schemaTypes, typeOf, withNewProperty, withType } from './schema-edit.ts';
import { TypeChoice } from './type-choice.tsx';

interface SchemaEditorProps {
  /** What it describes: `Input`. */
  label: string;
  /** undefined where anything is allowed. */
  value: Json | undefined;
  help?: string;
  fault?: string | null;
  /** What a member is called: `Argument`. */
  member?: string;
  onChange(schema: Json | undefined): void;
}

/**
 * A JSON Schema as rows of members, and beside it as its source. Only the keywords that the rows know are written; all
 * others stay as they are.
 */
export function SchemaEditor({ label, value, help, fault = null, member = 'Member', onChange }: SchemaEditorProps) {
  const [view, setView] = useState<'form' | 'source'>('form');
  const id = useId();
  const editor = useRef<HTMLFieldSetElement>(null);
  const type = typeOf(value);
  const put = (schema: Json | undefined): void => onChange(isNothing(schema) ? undefined : schema);
  return (
    <fieldset ref={editor} className="schema-editor" aria-labelledby={id}>
      <div className="row">
        <span className="form-label" id={id}>
          {label}
        </span>
        <span className="grow" />
        {view === 'form' && (
          <TypeChoice
            label={`Type of ${label}`}
            type={type}
            types={schemaTypes}
            onChange={(next) => put(withType(value, next))}
          />
        )}
        <fieldset className="seg" aria-label={`View of ${label}`}>
          {(['form', 'source'] as const).map((each) => (
            <button key={each} type="button" aria-pressed={view === each} onClick={() => setView(each)}>
              {each === 'form' ? 'Form' : 'Source'}
            </button>
          ))}
        </fieldset>
      </div>
      {view === 'source' ? (
        <JsonField label={`${label} schema`} value={value} fault={fault} minLines={6} onChange={put} />
      ) : (
        <>
          {type === 'other' && <OtherSchema schema={value} />}
          <MemberRows schema={value} label={label} member={member} onChange={put} />
          {type === 'any' && (
            <div className="row">
              <span className="note">{help ?? 'Anything is allowed.'}</span>
              <span className="grow" />
              <button
                type="button"
                className="btn btn-s"
                onClick={() => {
                  put(withNewProperty(withType(value, 'object')));
                  focusMember(editor.current, 0);
                }}
              >
                <Icon name="add" size={14} />
                Add {member}
              </button>
            </div>
          )}
          {fault !== null && <p className="form-fault">{fault}</p>}
        </>
      )}
    </fieldset>
  );
}

const isNothing = (schema: Json | undefined): boolean =>
  schema === undefined || (typeof schema === 'object' && schema !== null && Object.keys(schema).length === 0);

/** What the rows cannot show, in short. */
const OtherSchema = ({ schema }: { schema: Json | undefined }) => (
  <p className="note cut">
    {typeof schema === 'object' && schema !== null && !Array.isArray(schema) && typeof schema.$ref === 'string' ? (
      <>
        As in <code>{schema.$ref}</code>
      </>
    ) : (
      'This schema says more than the rows can show; its source has all of it.'
    )}
  </p>
);
