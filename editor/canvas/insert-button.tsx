import type { InsertPlace } from '../graph/place.ts';
import { Icon } from '../ui/icon.tsx';
import { useCanvas } from './canvas-context.ts';

/** The `+` of a place for actions; seen when the pointer or the focus is near. */
export function InsertButton({
  place,
  label,
  isReached,
  className = '',
}: {
  place: InsertPlace;
  label: string;
  /** Whether Tab comes here: the buttons of a thousand nodes would be in the way of each other. */
  isReached: boolean;
  className?: string;
}) {
  const { view, session } = useCanvas();
  if (!session.draft.mayEdit) return null;
  return (
    <div className={`insert nopan ${className}`}>
      <button
        type="button"
        className="insert-plus"
        aria-label={label}
        title={`${label} (/)`}
        tabIndex={isReached ? 0 : -1}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={(event) => {
          event.stopPropagation();
          view.state.setState({ picker: { place, at: event.currentTarget.getBoundingClientRect() } });
        }}
      >
        <Icon name="add" size={12} />
      </button>
    </div>
  );
}
