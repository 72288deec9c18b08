import { useId } from 'react';
import { type FrameProps, LineFrame } from '../frames.tsx';

/** The one value of its type. */
export function NullControl(frame: FrameProps) {
  const id = useId();
  return (
    <LineFrame {...frame} id={id}>
      <output id={id} className="vf-fixed mono" aria-label={frame.field.label}>
        null
      </output>
    </LineFrame>
  );
}
