import { useId } from 'react';
import { expressionKind } from '../../../engine/document/expression.ts';
import type { Json } from '../../../engine/document/types.ts';
import { CodeField } from '../code/code-field.tsx';
import { type FrameProps, LineFrame } from '../frames.tsx';
import { Misfit } from '../misfit.tsx';
import { useTyped } from '../use-field.ts';

/** Any JSON as text: what no other control can show, and schemas. */
export function JsonControl(frame: FrameProps) {
  const { field, schema, value } = frame;
  const id = useId();
  const isWrapped = expressionKind(value) === '$literal';
  const typed = useTyped(field, value, textOf, (text) => readJson(text, isWrapped));
  return (
    <LineFrame
      {...frame}
      id={id}
      reason={typed.reason}
      note={
        isWrapped ? (
          <p className="vf-hint">Taken as it is: nothing in it is an expression.</p>
        ) : (
          typed.reason === null && <Misfit field={field} schema={schema} value={value} />
        )
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only hears that the focus goes */}
      <div className="vf-code" onBlur={typed.onBlur}>
        <CodeField kind="json" value={typed.text} label={field.label} onChange={typed.onChange} minLines={2} />
      </div>
    </LineFrame>
  );
}

const textOf = (value: Json | undefined): string => {
  if (value === undefined) return '';
  const shown = expressionKind(value) === '$literal' ? (value as { $literal: Json }).$literal : value;
  return JSON.stringify(shown, null, 2);
};

function readJson(text: string, isWrapped: boolean): { value: Json | undefined } | { reason: string } {
  if (text.trim() === '') return { value: undefined };
  try {
    const value = JSON.parse(text) as Json;
    return { value: isWrapped ? { $literal: value } : value };
  } catch {
    return { reason: 'This is not JSON yet.' };
  }
}
