import { useCanvas } from '../canvas/canvas-context.ts';
import { carry } from '../canvas/carry.ts';
import { addAction } from '../commands/canvas-edits.ts';
import { ActionList } from './action-list.tsx';

/** The library beside the canvas: entries are dragged onto it, or added after what is selected. */
export function Palette() {
  const tools = useCanvas();
  const { view } = tools;
  return (
    <section className="palette" aria-label="Palette">
      <ActionList
        label="Library"
        onPick={({ id }) => addAction(tools, id, view.placeForNew())}
        onPress={(event, { id, title }) =>
          carry(event.nativeEvent, { kind: 'new', action: id, title }, view, (place) => addAction(tools, id, place))
        }
      />
      <footer>
        Drag onto an edge, or press <kbd className="kbd">+</kbd> there
      </footer>
    </section>
  );
}
