import { useEffect, useRef, useState } from 'react';
import { sameJson } from '../../engine/document/difference.ts';
import type { Json } from '../../engine/document/types.ts';
import { useUnfinished } from '../app/use-unfinished.ts';
import { CodeField } from '../forms/code/code-field.tsx';
import { Icon } from '../ui/icon.tsx';
import type { JsonObject } from './set-in.ts';
import { openapiFault, parseSource, type SourceKind, sourceTextOf } from './source-text.ts';

/** Reading a large document takes a while: it is read once typing rests. */
const restMs = 250;

/**
 * An OpenAPI document as text. What cannot be read yet stays in the field, which says where and why; the draft has what
 * was readable last.
 */
export function SourceView({
  kind,
  openapi,
  onChange,
}: {
  kind: SourceKind;
  openapi: JsonObject;
  onChange(value: Json): void;
}) {
  // null until it is written the first time.
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useUnfinished(problem !== null);
  // What the text says, as far as that is known.
  const read = useRef<Json | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const change = useRef(onChange);
  change.current = onChange;

  useEffect(() => {
    if (read.current !== null && sameJson(read.current, openapi)) return;
    // Somebody else changed it: undo, another tab, the form.
    let isWanted = true;
    void sourceTextOf(openapi, kind).then((written) => {
      if (!isWanted) return;
      read.current = openapi;
      setText(written);
      setProblem(null);
    });
    return () => {
      isWanted = false;
    };
  }, [openapi, kind]);

  const pending = useRef<string | null>(null);
  const take = useRef(async (_typed: string): Promise<void> => {});
  take.current = async (typed) => {
    pending.current = null;
    const { value, problem: unread } = await parseSource(typed, kind);
    if (pending.current !== null) return;
    const fault = unread ?? openapiFault(value as Json);
    setProblem(fault);
    if (unread !== undefined || !isObject(value)) return;
    read.current = value;
    change.current(value);
  };
  // Leaving the view does not lose what was typed in the last moment.
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      if (pending.current !== null) void take.current(pending.current);
    },
    [],
  );

  if (text === null) return <p className="note loading">Writing the source…</p>;
  return (
    <section className="api-source" aria-label="Source">
      <div className="api-source-text">
        <CodeField
          kind={kind}
          label={`OpenAPI document as ${kind.toUpperCase()}`}
          value={text}
          minLines={24}
          onChange={(typed) => {
            setText(typed);
            pending.current = typed;
            clearTimeout(timer.current);
            timer.current = setTimeout(() => void take.current(typed), restMs);
          }}
        />
      </div>
      <div role="status" className="api-source-state">
        {problem === null ? (
          <span className="row t3">
            <Icon name="ok" size={14} />
            The text can be read.
          </span>
        ) : (
          <span className="form-fault">
            <Icon name="warn" size={14} />
            <span>{problem} The draft has what could be read last.</span>
          </span>
        )}
      </div>
    </section>
  );
}

const isObject = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
