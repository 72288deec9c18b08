import { useId } from 'react';
import type { Json } from '../../../engine/document/types.ts';
import { type FrameProps, LineFrame } from '../frames.tsx';
import { Misfit } from '../misfit.tsx';
import { readNumber } from '../read-number.ts';
import { useTyped } from '../use-field.ts';

/** A number, written as one types it; what is none stays in the field. */
export function NumberControl(frame: FrameProps) {
  const { field, schema, value } = frame;
  const id = useId();
  // An item of a list without a number would be no item.
  const canBeLeftOut = typeof field.path.at(-1) !== 'number';
  const typed = useTyped(field, value, textOf, (text) => readNumber(text, schema, canBeLeftOut));
  return (
    <LineFrame
      {...frame}
      id={id}
      reason={typed.reason}
      note={typed.reason === null && <Misfit field={field} schema={schema} value={value} />}
    >
      <input
        id={id}
        className="vf-input mono"
        aria-label={field.label}
        aria-invalid={typed.reason !== null}
        aria-describedby={`${id}-note`}
        inputMode="decimal"
        autoComplete="off"
        value={typed.text}
        placeholder={schema.default === undefined ? undefined : String(schema.default)}
        onChange={(event) => typed.onChange(event.target.value)}
        onBlur={typed.onBlur}
      />
    </LineFrame>
  );
}

const textOf = (value: Json | undefined): string => (value === undefined ? '' : String(value));
