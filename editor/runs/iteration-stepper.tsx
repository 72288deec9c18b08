import { useSession } from '../canvas/session-context.ts';
import type { Iterations } from '../state/shown-run.ts';
import { Icon } from '../ui/icon.tsx';

/** Up to so many items have a button each. */
const mostButtons = 7;

/** Chooses which time a container ran its steps is shown. `title` is that of the container. */
export function IterationStepper({ id, title, iterations }: { id: string; title: string; iterations: Iterations }) {
  const session = useSession();
  const { count, shown, failed } = iterations;
  const choose = (index: number): void =>
    session.state.setState((state) => ({ iterations: new Map(state.iterations).set(id, index) }));
  const nextFailed = failed.find((index) => index > shown) ?? failed[0];
  const all = Array.from({ length: Math.min(count, mostButtons) }, (_, index) => index);
  return (
    <fieldset className="stepper" aria-label={`Items of ${title}`}>
      <span className="note cut">{title}</span>
      <Step label="Previous Item" icon="left" to={shown - 1} count={count} choose={choose} />
      {count <= mostButtons ? (
        all.map((index) => (
          <button
            key={index}
            type="button"
            className={`step${failed.includes(index) ? ' step-failed' : index < iterations.reached ? ' step-ok' : ''}`}
            aria-label={`Item ${index + 1}${failed.includes(index) ? ', failed' : index < iterations.reached ? '' : ', not reached'}`}
            aria-pressed={index === shown}
            onClick={() => choose(index)}
          >
            {index + 1}
          </button>
        ))
      ) : (
        <span className="num">
          {(shown + 1).toLocaleString('en')} of {count.toLocaleString('en')}
        </span>
      )}
      <Step label="Next Item" icon="right" to={shown + 1} count={count} choose={choose} />
      {failed.length > 0 && nextFailed !== undefined && (failed.length > 1 || nextFailed !== shown) && (
        <button type="button" className="btn btn-quiet btn-s" onClick={() => choose(nextFailed)}>
          Next Failed Item
        </button>
      )}
    </fieldset>
  );
}

const Step = ({
  label,
  icon,
  to,
  count,
  choose,
}: {
  label: string;
  icon: 'left' | 'right';
  to: number;
  count: number;
  choose(index: number): void;
}) => {
  const isBeyond = to < 0 || to >= count;
  return (
    <button
      type="button"
      className="btn btn-quiet btn-icon btn-s"
      aria-label={label}
      aria-disabled={isBeyond || undefined}
      onClick={() => !isBeyond && choose(to)}
    >
      <Icon name={icon} size={14} />
    </button>
  );
};
