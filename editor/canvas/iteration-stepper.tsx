import type { Iterations } from '../state/shown-run.ts';
import { Icon } from '../ui/icon.tsx';
import { useCanvas } from './canvas-context.ts';

/** Numbers that stand beside each other, before only the ends and what is near are named. */
const shownAtOnce = 5;

/** Which iteration of a container the canvas shows. Numbers count from 1, as people do. */
export function IterationStepper({
  id,
  iterations,
  isReached,
}: {
  id: string;
  iterations: Iterations;
  isReached: boolean;
}) {
  const { session } = useCanvas();
  const { count, shown, failed, reached } = iterations;
  const go = (to: number): void => {
    const chosen = new Map(session.state.getState().iterations).set(id, Math.min(count - 1, Math.max(0, to)));
    session.state.setState({ iterations: chosen });
  };
  const first = Math.max(0, Math.min(shown - 2, count - shownAtOnce));
  const numbers = Array.from({ length: Math.min(count, shownAtOnce) }, (_, at) => first + at);
  const tabIndex = isReached ? 0 : -1;
  return (
    <fieldset className="stepper" aria-label="Item" onPointerDown={(event) => event.stopPropagation()}>
      <button
        type="button"
        aria-label="Item Before"
        tabIndex={tabIndex}
        disabled={shown === 0}
        onClick={() => go(shown - 1)}
      >
        <Icon name="left" size={12} />
      </button>
      {numbers.map((number) => (
        <button
          key={number}
          type="button"
          tabIndex={tabIndex}
          className={failed.includes(number) ? 'is-bad' : number < reached ? 'is-good' : ''}
          aria-label={`Item ${number + 1} of ${count}${failed.includes(number) ? ', failed' : number < reached ? '' : ', not reached'}`}
          aria-current={number === shown || undefined}
          onClick={() => go(number)}
        >
          {number + 1}
        </button>
      ))}
      <button
        type="button"
        aria-label="Next Item"
        tabIndex={tabIndex}
        disabled={shown >= count - 1}
        onClick={() => go(shown + 1)}
      >
        <Icon name="right" size={12} />
      </button>
    </fieldset>
  );
}
