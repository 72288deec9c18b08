import { useEffect, useRef } from 'react';
import { retitle } from '../commands/canvas-edits.ts';
import { useCanvas } from './canvas-context.ts';

/** The title of an action while it is typed in its node: Enter and leaving keep it, Escape does not. */
export function TitleField({ id, title }: { id: string; title: string }) {
  const tools = useCanvas();
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => field.current?.select(), []);
  const end = (isKept: boolean): void => {
    if (isDone.current) return;
    isDone.current = true;
    const typed = field.current?.value.trim() ?? title;
    tools.view.state.setState({ renaming: null });
    if (isKept) retitle(tools, id, typed);
    tools.view.stage?.focus(id);
  };
  return (
    <input
      ref={field}
      className="node-title nodrag"
      aria-label={`New title of ${id}`}
      defaultValue={title}
      placeholder={id}
      onBlur={() => end(true)}
      onPointerDown={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') end(true);
        if (event.key === 'Escape') end(false);
      }}
    />
  );
}
