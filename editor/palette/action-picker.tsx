import { useCanvas, useCanvasState } from '../canvas/canvas-context.ts';
import { PopoverAt } from '../canvas/popover-at.tsx';
import { addAction } from '../commands/canvas-edits.ts';
import { ActionList } from './action-list.tsx';

/** The library beside a place of the canvas; what is picked goes there. */
export function ActionPicker() {
  const tools = useCanvas();
  const picker = useCanvasState((state) => state.picker);
  if (picker === null) return null;
  const close = (): void => tools.view.state.setState({ picker: null });
  return (
    <PopoverAt at={picker.at} label="Add an action" className="picker" onClose={close}>
      <ActionList
        label="Actions to add here"
        isFocused
        onPick={({ id }) => {
          close();
          addAction(tools, id, picker.place);
        }}
      />
    </PopoverAt>
  );
}
