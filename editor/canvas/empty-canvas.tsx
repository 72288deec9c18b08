import type { Operation } from '../../engine/document/types.ts';
import { askToPaste } from '../commands/canvas-clipboard.ts';
import { openAdding } from '../commands/canvas-commands.ts';
import { preview } from '../graph/preview.ts';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { useCanvas } from './canvas-context.ts';

/** Says what an operation without actions does, and how it gets some. */
export function EmptyCanvas({ operation }: { operation: Operation }) {
  const tools = useCanvas();
  return (
    <div className="canvas-empty" data-hears="canvas">
      <h2>Nothing happens here yet</h2>
      <p>{whatItDoes(operation)}</p>
      <div className="row">
        <button type="button" className="btn btn-primary" onClick={() => openAdding(tools)}>
          <Icon name="add" size={14} />
          Add an Action
          <Keys keys="/" />
        </button>
        <button type="button" className="btn" onClick={() => void askToPaste(tools)}>
          Paste
        </button>
      </div>
    </div>
  );
}

function whatItDoes(operation: Operation): string {
  const { output } = operation.workflow;
  if (!('method' in operation))
    return output === undefined ? 'Its result is null.' : `Its result is ${preview(output)}.`;
  if (output === undefined) return 'This operation answers 200 with no body.';
  const { status = 200, body } =
    typeof output === 'object' && output !== null && !Array.isArray(output) ? output : { body: output };
  return `This operation answers ${preview(status)} with ${body === undefined ? 'no body' : preview(body)}.`;
}
