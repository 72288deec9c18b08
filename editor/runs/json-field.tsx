import { useRef, useState } from 'react';
import type { Json } from '../../engine/document/types.ts';
import { useUnfinished } from '../app/use-unfinished.ts';
import { CodeField } from '../forms/code/code-field.tsx';
import { isSame } from '../state/same-json.ts';

const textOf = (value: Json | undefined): string => (value === undefined ? '' : JSON.stringify(value, null, 2));

/** A JSON value as text. What is half typed stays in the field and is handed on when it is JSON; empty is no value. */
export function JsonField({
  label,
  value,
  onChange,
  minLines = 3,
}: {
  label: string;
  value: Json | undefined;
  onChange(value: Json | undefined): void;
  minLines?: number;
}) {
  const [text, setText] = useState(() => textOf(value));
  const given = useRef(value);
  useUnfinished(parsed(text) === null);
  // Undo, or somebody else, may change it; what the text already says is left as it was written.
  if (!isSame(given.current, value)) {
    given.current = value;
    const now = parsed(text);
    if (now === null || !isSame(now.value, value)) setText(textOf(value));
  }
  return (
    <CodeField
      kind="json"
      label={label}
      value={text}
      minLines={minLines}
      onChange={(next) => {
        setText(next);
        const now = parsed(next);
        if (now === null || isSame(now.value, value)) return;
        given.current = now.value;
        onChange(now.value);
      }}
    />
  );
}

function parsed(text: string): { value: Json | undefined } | null {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return null;
  }
}
