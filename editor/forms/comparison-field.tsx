import { arity, type Operator, operators } from '../../engine/document/expression.ts';
import type { Json } from '../../engine/document/types.ts';
import { Icon } from '../ui/icon.tsx';
import { type Field, partOf, useForm } from './form-context.ts';
import { type FrameProps, GroupFrame } from './frames.tsx';
import { Select } from './select.tsx';
import { useFieldEdit } from './use-field.ts';
import { pointerTo } from './value-path.ts';

const words: Record<Operator, string> = {
  equal: '= equal',
  'not-equal': '≠ not equal',
  'less-than': '< less than',
  'less-than-or-equal': '≤ less than or equal',
  'greater-than': '> greater than',
  'greater-than-or-equal': '≥ greater than or equal',
  and: 'and, all of them',
  or: 'or, any of them',
  not: 'not',
};

/** Two values compared, or conditions joined; its values are of any kind. */
export function ComparisonField(frame: FrameProps) {
  const { field } = frame;
  const form = useForm();
  const { put } = useFieldEdit(field);
  const { $op: operator = 'equal' as Operator, of: operands = [] } = (frame.value ?? {}) as {
    $op?: Operator;
    of?: Json[];
  };
  const { least, most } = arity(operator);
  const list: Field = partOf(field, 'of', {});
  const change = (next: Operator, values: readonly Json[]): void => {
    form.memory.forgetBelow(form.id + pointerTo(list.path));
    put({ $op: next, of: [...values] });
  };
  const fitted = (next: Operator): Json[] => {
    const range = arity(next);
    const kept = operands.slice(0, Math.min(operands.length, range.most));
    return [...kept, ...Array.from({ length: Math.max(0, range.least - kept.length) }, () => '')];
  };
  return (
    <GroupFrame
      {...frame}
      detail=""
      tools={
        most > 2 && (
          <button
            type="button"
            className="btn btn-quiet btn-s"
            aria-label={`Add a condition to ${field.label}`}
            onClick={() => change(operator, [...operands, { $op: 'equal', of: ['', ''] }])}
          >
            <Icon name="add" size={12} />
            Condition
          </button>
        )
      }
    >
      <div className="vf-box">
        <Select
          label={`Operator of ${field.label}`}
          value={operator}
          onChange={(chosen) => change(chosen as Operator, fitted(chosen as Operator))}
        >
          {!operators.includes(operator) && <option value={operator}>{operator}</option>}
          {operators.map((one) => (
            <option key={one} value={one}>
              {words[one]}
            </option>
          ))}
        </Select>
      </div>
      {operands.map((operand, index) => (
        <form.Part
          key={index}
          field={{
            ...partOf(list, index, {}),
            name: nameOf(operator, index),
            label: `${field.label} ${nameOf(operator, index)}`,
          }}
          value={operand}
          more={
            operands.length > least
              ? [
                  [
                    {
                      id: 'remove',
                      icon: 'delete',
                      label: 'Remove',
                      isDanger: true,
                      perform: () => change(operator, operands.toSpliced(index, 1)),
                    },
                  ],
                ]
              : []
          }
        />
      ))}
    </GroupFrame>
  );
}

function nameOf(operator: Operator, index: number): string {
  if (operator === 'not') return 'condition';
  if (operator === 'and' || operator === 'or') return `condition ${index + 1}`;
  return index === 0 ? 'left' : 'right';
}
