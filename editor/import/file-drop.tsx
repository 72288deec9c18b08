import { type ReactNode, useRef, useState } from 'react';
import { Icon } from '../ui/icon.tsx';

interface FileDropProps {
  /** The button that opens the system's dialog. */
  label: string;
  /** Kinds of files, as an input takes them. */
  accept: string;
  children: ReactNode;
  onFile(file: File): void;
}

/** A place to drop a file on, with a button to choose one. */
export function FileDrop({ label, accept, children, onFile }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  return (
    // The button inside does the same for those who cannot drag.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above.
    <div
      className={`file-drop${isOver ? ' is-over' : ''}`}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        const [file] = event.dataTransfer.files;
        if (file === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        setOver(false);
        onFile(file);
      }}
    >
      <Icon name="upload" />
      <p>{children}</p>
      <button type="button" className="btn" onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={label}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) onFile(file);
          // The same file can be chosen again after it was changed.
          target.value = '';
        }}
      />
    </div>
  );
}

export const documentFiles = '.json,.yaml,.yml,application/json,application/yaml';
