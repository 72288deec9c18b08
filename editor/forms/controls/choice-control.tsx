import { useId } from 'react';
import { type FrameProps, LineFrame } from '../frames.tsx';
import { Picker } from '../picker.tsx';
import { Select } from '../select.tsx';
import { useFieldEdit } from '../use-field.ts';

/** More than these are searched. */
const few = 12;

/** One of some texts. */
export function ChoiceControl(frame: FrameProps) {
  const { field, schema } = frame;
  const value = frame.value as string | undefined;
  const id = useId();
  const { put } = useFieldEdit(field);
  const { enum: all = [], default: fallback } = schema;
  const isKnown = value === undefined || all.includes(value);
  const note = !isKnown && (
    <p className="vf-fault vf-fault-warning">
      Allowed is one of {all.length} texts, found {JSON.stringify(value)}.
    </p>
  );
  if (all.length > few)
    return (
      <LineFrame {...frame} id={id} note={note}>
        <Picker
          id={id}
          label={field.label}
          text={value ?? (fallback === undefined ? '' : `${String(fallback)} (not set)`)}
          options={all.map((one) => ({ value: one }))}
          onPick={put}
        />
      </LineFrame>
    );
  return (
    <LineFrame {...frame} id={id} note={note}>
      <Select
        id={id}
        label={field.label}
        value={value ?? ''}
        onChange={(chosen) => put(chosen === '' && !all.includes('') ? undefined : chosen)}
      >
        {(value === undefined || !field.isRequired) && !all.includes('') && (
          <option value="">{fallback === undefined ? '' : `${String(fallback)} (not set)`}</option>
        )}
        {!isKnown && <option value={value}>{value}</option>}
        {all.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </Select>
    </LineFrame>
  );
}
