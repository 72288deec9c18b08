import { useId, useState } from 'react';
import { isId } from '../../engine/document/address.ts';
import { useUnfinished } from '../app/use-unfinished.ts';
import { Fault } from '../forms/frames.tsx';

/** An id, which is part of an address: it is taken when the field is left, since everything else names the thing by it. */
export function IdField({ id, taken, onChange }: { id: string; taken: readonly string[]; onChange(id: string): void }) {
  const fieldId = useId();
  const [typed, setTyped] = useState(id);
  useUnfinished(typed !== id);
  const fault = !isId(typed)
    ? 'Allowed are letters, digits, _, - and ., at most 64, beginning with a letter or digit.'
    : typed !== id && taken.includes(typed)
      ? `${typed} is the id of another one here.`
      : null;
  const keep = (): void => {
    if (typed !== id && fault === null) onChange(typed);
  };
  return (
    <div className="vf">
      <div className="vf-label">
        <label className="mono" htmlFor={fieldId}>
          id
        </label>
        <span className="t3">part of its address</span>
      </div>
      <div className={`vf-box${fault === null ? '' : ' bad'}`}>
        <input
          id={fieldId}
          className="vf-input mono"
          value={typed}
          autoComplete="off"
          aria-invalid={fault !== null}
          aria-describedby={`${fieldId}-note`}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={keep}
          onKeyDown={(event) => event.key === 'Enter' && keep()}
        />
      </div>
      <div id={`${fieldId}-note`} aria-live="polite">
        {fault !== null && <Fault severity="error" message={fault} />}
      </div>
    </div>
  );
}
