import { useState } from 'react';
import { TextAreaField } from './fields.tsx';

interface ListFieldProps {
  label: string;
  value: readonly string[];
  help?: string;
  fault?: string | null;
  onChange(value: string[]): void;
}

/** A list of texts, one a line. What is typed stays as it is; the list is made from it. */
export function ListField({ value, onChange, ...field }: ListFieldProps) {
  const [text, setText] = useState(() => value.join('\n'));
  const shown = sameList(itemsOf(text), value) ? text : value.join('\n');
  return (
    <TextAreaField
      {...field}
      isMono
      rows={Math.min(8, Math.max(2, shown.split('\n').length))}
      value={shown}
      onChange={(typed) => {
        setText(typed);
        const items = itemsOf(typed);
        if (!sameList(items, value)) onChange(items);
      }}
    />
  );
}

const itemsOf = (text: string): string[] =>
  text
    .split(/[\n,]+/)
    .map((item) => item.trim())
    .filter((item) => item !== '');

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);
