import { useState } from 'react';
import type { Json } from '../../engine/document/types.ts';
import { fieldName } from '../graph/check-action.ts';
import { Icon } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';
import { emptyOf, type FieldSchema } from './field-schema.ts';
import { focusField } from './focus-field.ts';
import { useForm } from './form-context.ts';
import { PickList } from './picker.tsx';

/** As many fields that are not set are shown; more are behind a button. */
const few = 6;

interface FieldListProps {
  properties: { readonly [name: string]: FieldSchema };
  required: readonly string[];
  value: { readonly [name: string]: Json };
  /** No expressions can stand in it. */
  isPlain?: boolean;
  /** Said where there is no field at all. */
  empty?: string;
}

/** The fields of an object without a frame around: in the schema's order, then those that it does not know. */
export function FieldList({ properties, required, value, isPlain = false, empty = '' }: FieldListProps) {
  const { Part } = useForm();
  const names = Object.keys(properties);
  const unset = names.filter((name) => !(name in value) && !required.includes(name));
  const isShort = unset.length <= few;
  const shown = [
    ...names.filter((name) => isShort || !unset.includes(name)),
    ...Object.keys(value).filter((name) => !Object.hasOwn(properties, name)),
  ];
  return (
    <>
      {shown.map((name) => (
        <Part
          key={name}
          field={{
            path: [name],
            name: fieldName(name, { ...properties[name] }),
            label: fieldName(name, { ...properties[name] }),
            schema: properties[name] ?? {},
            isRequired: required.includes(name),
          }}
          value={value[name]}
          isPlain={isPlain}
        />
      ))}
      {shown.length === 0 && unset.length === 0 && empty !== '' && <p className="note">{empty}</p>}
      {!isShort && <AddField names={unset} properties={properties} />}
    </>
  );
}

function AddField({ names, properties }: { names: readonly string[]; properties: FieldListProps['properties'] }) {
  const form = useForm();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label="Add a field"
      open={open}
      onOpenChange={setOpen}
      className="pick pick-wide"
      anchor={
        <button type="button" className="btn btn-s vf-add">
          <Icon name="add" size={12} />
          Add a Field
          <span className="t3">{names.length} more</span>
        </button>
      }
    >
      <PickList
        label="Fields"
        options={names.map((name) => ({ value: name, note: properties[name]?.description ?? properties[name]?.title }))}
        onPick={(name) => {
          setOpen(false);
          form.change([name], emptyOf(properties[name] ?? {}), `Add ${name} of ${form.title}`);
          focusField(fieldName(name, { ...properties[name] }));
        }}
      />
    </Popover>
  );
}
