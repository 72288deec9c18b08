import { walkWorkflow } from '../../engine/document/expression.ts';
import type { Json, Workflow } from '../../engine/document/types.ts';
import { Icon } from '../ui/icon.tsx';
import { type Field, partOf, useForm } from './form-context.ts';
import { type FrameProps, GroupFrame } from './frames.tsx';

/** A nested workflow: its steps stand on the canvas, here is what it gives. */
export function StepsField(frame: FrameProps) {
  const { field } = frame;
  const { Part, goTo } = useForm();
  const workflow = (frame.value as { $do: unknown } | undefined)?.$do as Workflow | undefined;
  const [first] = workflow?.actions ?? [];
  const inner: Field = {
    ...partOf(
      partOf(field, '$do', {}),
      'output',
      { title: 'Output', description: 'What the steps give. Left out, the result of the last step.' },
      false,
    ),
    name: 'output',
    label: `${field.label}.output`,
  };
  return (
    <GroupFrame
      {...frame}
      detail={stepsText(workflow)}
      note={
        first === undefined && (
          <p className="vf-hint">
            {workflow?.output === undefined
              ? 'Steps are added on the canvas, in the lane of this field.'
              : 'It gives the output without any step.'}
          </p>
        )
      }
      tools={
        first !== undefined && (
          <button
            type="button"
            className="btn btn-quiet btn-s"
            aria-label={`Go There, to the steps of ${field.label}`}
            onClick={() => goTo(first.id)}
          >
            <Icon name="open" size={12} />
            Go There
          </button>
        )
      }
    >
      <Part field={inner} value={workflow?.output as Json | undefined} />
    </GroupFrame>
  );
}

function stepsText(workflow: Workflow | undefined): string {
  let count = 0;
  if (workflow !== undefined) walkWorkflow(workflow, { action: () => count++ });
  return count === 0 ? 'no steps' : count === 1 ? '1 step' : `${count} steps`;
}
