import { useRef, useState } from 'react';
import type { Json } from '../../engine/document/types.ts';
import { isSame } from '../state/same-json.ts';
import { Icon } from '../ui/icon.tsx';

export type Pairs = { readonly [name: string]: Json };

interface Row {
  key: number;
  name: string;
  text: string;
}

let numbered = 0;
const rowsOf = (pairs: Pairs): Row[] =>
  Object.entries(pairs).map(([name, value]) => ({ key: ++numbered, name, text: textOf(value) }));

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What rows mean: texts, but a value that was something else stays that as long as its text does. */
function pairsOf(rows: readonly Row[], before: Pairs): Pairs {
  return Object.fromEntries(
    rows
      .filter(({ name }) => name !== '')
      .map(({ name, text }) => {
        const known = Object.hasOwn(before, name) ? before[name] : undefined;
        return [name, known !== undefined && textOf(known) === text ? known : text];
      }),
  );
}

/**
 * Names and values, such as the parameters of a query. `singular` is one of them: `query parameter`; `proposed` are names that
 * are worth a value.
 */
export function PairsField({
  title,
  singular,
  pairs,
  proposed = [],
  onChange,
  toName = (name) => name,
}: {
  title: string;
  singular: string;
  pairs: Pairs;
  proposed?: readonly string[];
  onChange(pairs: Pairs): void;
  toName?(name: string): string;
}) {
  const [rows, setRows] = useState(() => rowsOf(pairs));
  const given = useRef(pairs);
  // The row that was proposed and taken last; its value is typed next.
  const [taken, take] = useState<number | null>(null);
  if (!isSame(given.current as Json, pairs as Json)) {
    given.current = pairs;
    if (!isSame(pairsOf(rows, pairs) as Json, pairs as Json)) setRows(rowsOf(pairs));
  }
  const put = (next: Row[]): void => {
    setRows(next);
    const after = pairsOf(next, pairs);
    if (isSame(after as Json, pairs as Json)) return;
    given.current = after;
    onChange(after);
  };
  const change = (key: number, part: Partial<Row>): void =>
    put(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <fieldset className="sim-group">
      <legend>{title}</legend>
      {rows.map(({ key, name, text }) => (
        <div key={key} className="sim-pair">
          <span className="field">
            <input
              aria-label={`Name of the ${singular}`}
              className="mono"
              value={name}
              spellCheck={false}
              // biome-ignore lint/a11y/noAutofocus: the row was asked for a moment ago, to be typed into.
              autoFocus={name === '' && text === ''}
              onChange={(event) => change(key, { name: toName(event.target.value) })}
            />
          </span>
          <span className="field">
            <input
              aria-label={`Value of ${name || `the ${singular}`}`}
              className="mono"
              value={text}
              spellCheck={false}
              // biome-ignore lint/a11y/noAutofocus: the row was asked for a moment ago, to be given a value.
              autoFocus={key === taken}
              onChange={(event) => change(key, { text: event.target.value })}
            />
          </span>
          <button
            type="button"
            className="btn btn-quiet btn-icon btn-s"
            aria-label={`Remove ${name || `the ${singular}`}`}
            onClick={() => put(rows.filter((row) => row.key !== key))}
          >
            <Icon name="close" size={14} />
          </button>
        </div>
      ))}
      {proposed
        .filter((name) => !rows.some((row) => row.name === name))
        .map((name) => (
          <button
            key={name}
            type="button"
            className="btn btn-quiet btn-s"
            title="The workflow reads it"
            onClick={() => {
              const key = ++numbered;
              take(key);
              put([...rows, { key, name, text: '' }]);
            }}
          >
            <Icon name="add" size={12} />
            <span className="mono">{name}</span>
          </button>
        ))}
      <button
        type="button"
        className="btn btn-quiet btn-s"
        onClick={() => setRows([...rows, { key: ++numbered, name: '', text: '' }])}
      >
        <Icon name="add" size={12} />
        Add {singular.replace(/(^|\s)\w/g, (letter) => letter.toUpperCase())}
      </button>
    </fieldset>
  );
}
