import { expressionKind } from '../../engine/document/expression.ts';
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
      <h2>{isBare(operation) ? 'Nothing happens here yet' : 'No actions yet'}</h2>
      <p>{whatItDoes(operation)}</p>
      {tools.session.draft.mayEdit && (
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
      )}
    </div>
  );
}

/** What it gives without a single action, as a sentence. */
function whatItDoes(operation: Operation): string {
  const { output } = operation.workflow;
  if (!('method' in operation))
    return output === undefined ? 'Its result is null.' : `Its result is ${preview(output)}.`;
  if (output === undefined || output === null) return 'This operation answers 200 with no body.';
  if (typeof output !== 'object' || Array.isArray(output) || expressionKind(output) !== undefined)
    return `This operation answers with ${preview(output)}.`;
  const { status, body } = output;
  const what = body === undefined || body === null ? 'no body' : `the body ${preview(body)}`;
  return `This operation answers ${preview(status ?? 200)} with ${what}.`;
}

/** Whether all it gives is an empty answer or nothing, as of a new operation. */
function isBare({ workflow: { output } }: Operation): boolean {
  if (output === undefined || output === null) return true;
  return typeof output === 'object' && !Array.isArray(output) && Object.keys(output).every((key) => key === 'status');
}
