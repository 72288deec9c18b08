import { useId, useState } from 'react';
import { sameJson } from '../../engine/document/difference.ts';
import { parseJsonText } from '../../engine/document/json-text.ts';
import type { Json } from '../../engine/document/types.ts';
import { CodeField } from '../forms/code/code-field.tsx';
import { FieldNote } from './fields.tsx';

interface JsonFieldProps {
  label: string;
  /** undefined for nothing: an empty field. */
  value: Json | undefined;
  help?: string;
  fault?: string | null;
  warning?: string | null;
  minLines?: number;
  /** Called with each text that is JSON; undefined for an emptied field. */
  onChange(value: Json | undefined): void;
}

/** A value as JSON. A text that is none yet stays in the field, which says where and why. */
export function JsonField({ label, value, onChange, minLines = 3, ...notes }: JsonFieldProps) {
  const [text, setText] = useState(() => textOf(value));
  // The value while the text that is no JSON was typed: undo changes it below the text.
  const [since, setSince] = useState(value);
  const parsed = parse(text);
  const isOurs = same(parsed === null ? since : parsed.value, value);
  const shown = isOurs ? text : textOf(value);
  const id = useId();
  return (
    <div className="form-field">
      <span className="form-label">{label}</span>
      <CodeField
        kind="json"
        label={label}
        value={shown}
        minLines={minLines}
        onChange={(typed) => {
          setText(typed);
          setSince(value);
          const now = parse(typed);
          if (now !== null && !same(now.value, value)) onChange(now.value);
        }}
      />
      {/* What is no JSON yet, the field says itself. */}
      <FieldNote id={id} {...notes} />
    </div>
  );
}

const textOf = (value: Json | undefined): string => (value === undefined ? '' : JSON.stringify(value, null, 2));

const same = (a: Json | undefined, b: Json | undefined): boolean =>
  a === undefined || b === undefined ? a === b : sameJson(a, b);

/** null for a text that is no JSON. */
function parse(text: string): { value: Json | undefined } | null {
  if (text.trim() === '') return { value: undefined };
  const { value, fault } = parseJsonText(text);
  return fault === undefined ? { value } : null;
}
