import { useEffect, useState } from 'react';
import { useWorkspace } from '../app/workspace-context.ts';
import { Icon } from '../ui/icon.tsx';

/** Takes a file that is dropped anywhere on the page into an import, and says so while it is held above it. */
export function ImportDropZone() {
  const { ask } = useWorkspace();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    // Entering a part of the page leaves another one: only as many leavings as enterings mean that it is gone.
    let inside = 0;
    const holdsFile = (event: DragEvent): boolean =>
      event.dataTransfer?.types.includes('Files') === true && document.querySelector('.dialog') === null;
    const enter = (event: DragEvent): void => {
      if (!holdsFile(event)) return;
      inside++;
      setOver(true);
    };
    const leave = (): void => {
      inside = Math.max(0, inside - 1);
      if (inside === 0) setOver(false);
    };
    const over = (event: DragEvent): void => {
      if (holdsFile(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      inside = 0;
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (event.defaultPrevented || file === undefined || document.querySelector('.dialog') !== null) return;
      event.preventDefault();
      ask({ dialog: 'import', file });
    };
    document.addEventListener('dragenter', enter);
    document.addEventListener('dragleave', leave);
    document.addEventListener('dragover', over);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragenter', enter);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('dragover', over);
      document.removeEventListener('drop', drop);
    };
  }, [ask]);
  if (!isOver) return null;
  return (
    <div className="drop-zone" aria-hidden="true">
      <div>
        <Icon name="upload" />
        <b>Drop to import</b>
        <span>Sluice, API AutoFlow or OpenAPI, as JSON or YAML</span>
      </div>
    </div>
  );
}
