import type { Json } from '../../../engine/document/types.ts';
import { branchLabel } from '../../graph/steps.ts';
import { Icon } from '../../ui/icon.tsx';
import type { MenuGroups } from '../../ui/menu.tsx';
import { emptyLike } from '../empty-like.ts';
import { emptyOf, type FieldSchema } from '../field-schema.ts';
import { focusField } from '../focus-field.ts';
import { type Field, partOf, useForm } from '../form-context.ts';
import { type FrameProps, GroupFrame } from '../frames.tsx';
import { useFieldEdit } from '../use-field.ts';
import { pointerTo } from '../value-path.ts';

/** Items in their order. */
export function ListControl(frame: FrameProps) {
  const { field, schema } = frame;
  const items = (frame.value ?? []) as Json[];
  const form = useForm();
  const { Part } = form;
  const { put } = useFieldEdit(field);
  const itemSchema = schema.items ?? {};

  const change = (next: Json[], verb: string): void => {
    form.memory.forgetBelow(form.id + pointerTo(field.path));
    put(next, `${verb} Item Of ${field.label} of ${form.title}`);
  };
  const add = (): void => {
    const last = items.at(-1);
    change([...items, last === undefined ? emptyOf(itemSchema) : emptyLike(last)], 'Add');
    focusField(`${field.label}[${items.length}]`);
  };
  const move = (from: number, to: number): void =>
    change(items.toSpliced(from, 1).toSpliced(to, 0, items[from] as Json), 'Move');
  const menuOf = (index: number): MenuGroups => [
    [
      {
        id: 'up',
        icon: 'up',
        label: 'Move Up',
        whyNot: index === 0 ? 'This is the first item.' : undefined,
        perform: () => move(index, index - 1),
      },
      {
        id: 'down',
        icon: 'down',
        label: 'Move Down',
        whyNot: index === items.length - 1 ? 'This is the last item.' : undefined,
        perform: () => move(index, index + 1),
      },
      {
        id: 'duplicate',
        icon: 'duplicate',
        label: 'Duplicate',
        perform: () => change(items.toSpliced(index + 1, 0, items[index] as Json), 'Duplicate'),
      },
    ],
    [
      {
        id: 'remove',
        icon: 'delete',
        label: 'Remove',
        isDanger: true,
        perform: () => change(items.toSpliced(index, 1), 'Remove'),
      },
    ],
  ];
  return (
    <GroupFrame
      {...frame}
      detail={items.length === 1 ? 'array, 1 item' : `array, ${items.length} items`}
      tools={
        <button
          type="button"
          className="btn btn-quiet btn-s"
          aria-label={`Add an item to ${field.label}`}
          onClick={add}
        >
          <Icon name="add" size={12} />
          Item
        </button>
      }
    >
      {items.length === 0
        ? undefined
        : items.map((item, index) => (
            <Part
              key={index}
              field={itemOf(field, index, itemSchema, item)}
              value={item}
              more={menuOf(index)}
              isPlain={frame.onKind === undefined}
            />
          ))}
    </GroupFrame>
  );
}

/** A row of branches is called as on the canvas. */
function itemOf(list: Field, index: number, schema: FieldSchema, item: Json): Field {
  const field = partOf(list, index, schema);
  const branch = list.path.length === 1 ? branchLabel(list.path[0], index, item) : undefined;
  return branch === undefined ? field : { ...field, name: branch };
}
