import { useId } from 'react';
import { type FrameProps, LineFrame } from '../frames.tsx';
import { Select } from '../select.tsx';
import { useFieldEdit } from '../use-field.ts';

/** True or false. */
export function BooleanControl(frame: FrameProps) {
  const { field, schema, value } = frame;
  const id = useId();
  const { put } = useFieldEdit(field);
  return (
    <LineFrame {...frame} id={id}>
      <Select
        id={id}
        label={field.label}
        value={String(value)}
        onChange={(chosen) => put(chosen === 'undefined' ? undefined : chosen === 'true')}
      >
        {(value === undefined || !field.isRequired) && (
          <option value="undefined">{typeof schema.default === 'boolean' ? `${schema.default} (not set)` : ''}</option>
        )}
        <option value="true">true</option>
        <option value="false">false</option>
      </Select>
    </LineFrame>
  );
}
