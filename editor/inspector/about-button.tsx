import { useId, useState } from 'react';
import { useWorkspace } from '../app/workspace-context.ts';
import { Icon } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';

/** What a node is for, in the words of whoever made it. */
export function AboutButton({
  title,
  description,
  onChange,
}: {
  title: string;
  description: string;
  onChange(description: string): void;
}) {
  const id = useId();
  const isReadOnly = useWorkspace().whyNot('edit') !== undefined;
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label={`About ${title}`}
      open={open}
      onOpenChange={setOpen}
      className="insp-about"
      anchor={
        <button
          type="button"
          className="btn btn-quiet btn-icon btn-s"
          aria-label="Title and description"
          title={description || 'Title and description'}
        >
          <Icon name="info" size={14} />
        </button>
      }
    >
      <b>{title}</b>
      <label htmlFor={id} className="note">
        Description
      </label>
      <textarea
        id={id}
        className="vf-text"
        rows={4}
        value={description}
        readOnly={isReadOnly}
        onChange={(event) => onChange(event.target.value)}
      />
    </Popover>
  );
}
