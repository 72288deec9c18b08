import { useId, useState } from 'react';
import type { Json } from '../../../engine/document/types.ts';
import { Icon } from '../../ui/icon.tsx';
import { focusMember } from './focus-member.ts';
import {
  isSchemaObject,
  nameFault,
  type Property,
  propertiesOf,
  schemaTypes,
  typeOf,
  withKeyword,
  withNewProperty,
  withProperty,
  withType,
} from './schema-edit.ts';
import { TypeChoice } from './type-choice.tsx';

interface MemberRowsProps {
  schema: Json | undefined;
  /** What the schema describes, for the names of the fields. */
  label: string;
  /** What a member is called. */
  member: string;
  onChange(schema: Json): void;
}

/** What is inside a schema: the members of an object, or what the items of a list are. Nothing for anything else. */
export function MemberRows({ schema, label, member, onChange }: MemberRowsProps) {
  const type = typeOf(schema);
  if (type === 'list') {
    const items = isSchemaObject(schema) ? schema.items : undefined;
    const put = (next: Json): void => onChange(withKeyword(schema, 'items', next));
    return (
      <div className="schema-members">
        <div className="schema-row">
          <span className="t2 schema-items">Each item</span>
          <TypeChoice
            label={`Type of the items of ${label}`}
            type={typeOf(items)}
            types={schemaTypes}
            onChange={(next) => put(withType(items, next))}
          />
        </div>
        <MemberRows schema={items} label={`the items of ${label}`} member={member} onChange={put} />
      </div>
    );
  }
  if (type !== 'object') return null;
  const properties = propertiesOf(schema);
  return (
    <div className="schema-members">
      {properties.map((property, index) => (
        <MemberRow
          // A renamed member is the same one; rows have no other identity.
          key={index}
          property={property}
          others={properties.filter((_, at) => at !== index).map(({ name }) => name)}
          member={member}
          onChange={(change) => onChange(withProperty(schema, index, change))}
        />
      ))}
      <button
        type="button"
        className="btn btn-s schema-add"
        aria-label={`Add ${member} To ${label}`}
        onClick={({ currentTarget }) => {
          onChange(withNewProperty(schema));
          focusMember(currentTarget.parentElement, properties.length);
        }}
      >
        <Icon name="add" size={14} />
        Add {member}
      </button>
    </div>
  );
}

function MemberRow({
  property: { name, schema, isRequired },
  others,
  member,
  onChange,
}: {
  property: Property;
  others: readonly string[];
  member: string;
  onChange(change: (property: Property) => Property | null): void;
}) {
  // A name that cannot be, such as one that is taken, stays in the field until it can.
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? name;
  const fault = nameFault(shown, others);
  const id = useId();
  const put = (next: Json): void => onChange((before) => ({ ...before, schema: next }));
  return (
    <>
      <div className="schema-row">
        <span className={`field${fault === null ? '' : ' bad'}`}>
          <input
            className="mono"
            aria-label={`Name of ${name}`}
            aria-invalid={fault !== null}
            aria-describedby={id}
            value={shown}
            spellCheck={false}
            onChange={({ target: { value } }) => {
              const isFree = nameFault(value, others) === null;
              setTyped(isFree ? null : value);
              if (isFree) onChange((before) => ({ ...before, name: value }));
            }}
          />
        </span>
        <TypeChoice
          label={`Type of ${name}`}
          type={typeOf(schema)}
          types={schemaTypes}
          onChange={(type) => put(withType(schema, type))}
        />
        <label className="schema-required">
          <input
            type="checkbox"
            checked={isRequired}
            aria-label={`${name} is required`}
            onChange={({ target: { checked } }) => onChange((before) => ({ ...before, isRequired: checked }))}
          />
          <span aria-hidden="true">required</span>
        </label>
        <span className="field">
          <input
            aria-label={`Description of ${name}`}
            placeholder="Description"
            value={isSchemaObject(schema) && typeof schema.description === 'string' ? schema.description : ''}
            onChange={({ target: { value } }) => put(withKeyword(schema, 'description', value))}
          />
        </span>
        <button
          type="button"
          className="btn btn-quiet btn-icon btn-s"
          aria-label={`Remove ${name}`}
          title={`Remove ${name}`}
          onClick={() => onChange(() => null)}
        >
          <Icon name="delete" size={14} />
        </button>
      </div>
      <p id={id} className="form-fault" aria-live="polite">
        {fault}
      </p>
      <MemberRows schema={schema} label={name} member={member} onChange={put} />
    </>
  );
}
