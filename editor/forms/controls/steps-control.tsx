import { Icon } from '../../ui/icon.tsx';
import { useForm } from '../form-context.ts';
import { type FrameProps, GroupFrame } from '../frames.tsx';
import { useFieldEdit } from '../use-field.ts';

/** A place for steps that has neither steps nor a value. */
export function StepsControl(frame: FrameProps) {
  const { field } = frame;
  const { put } = useFieldEdit(field);
  const form = useForm();
  const fill = (what: 'Steps' | 'Value'): void =>
    put(what === 'Steps' ? { $do: { actions: [] } } : '', `Add ${field.label} of ${form.title}`);
  return (
    <GroupFrame
      {...frame}
      detail="steps or value"
      tools={(['Steps', 'Value'] as const).map((what) => (
        <button
          key={what}
          type="button"
          className="btn btn-quiet btn-s"
          aria-label={`Add ${what.toLowerCase()} for ${field.label}`}
          onClick={() => fill(what)}
        >
          <Icon name="add" size={12} />
          {what}
        </button>
      ))}
    />
  );
}
