import { useState } from 'react';
import type { Json } from '../../../engine/document/types.ts';
import type { MenuGroups } from '../../ui/menu.tsx';
import { emptyOf, type FieldSchema } from '../field-schema.ts';
import { focusField } from '../focus-field.ts';
import { partOf, useForm } from '../form-context.ts';
import { type FrameProps, GroupFrame } from '../frames.tsx';
import { AddKey, KeyInput } from '../key-input.tsx';
import { useFieldEdit } from '../use-field.ts';
import { renameKey } from '../value-path.ts';

/** Members by key: those that the schema names, and others where it allows them. */
export function ObjectControl(frame: FrameProps) {
  const { field, schema } = frame;
  const object = (frame.value ?? {}) as { [key: string]: Json };
  const form = useForm();
  const { Part } = form;
  const { put } = useFieldEdit(field);
  const [renamed, rename] = useState<string | null>(null);
  const known = schema.properties ?? {};
  const isFree = schema.properties === undefined || schema.additionalProperties === true;
  const keys = Object.keys(object);
  const required = schema.required ?? [];
  const lacking = Object.keys(known).filter((key) => !keys.includes(key));
  // In the schema's order: what is filled in stays where it was.
  const shown = [
    ...Object.keys(known).filter((key) => keys.includes(key) || required.includes(key)),
    ...keys.filter((key) => !Object.hasOwn(known, key)),
  ];

  const add = (key: string): void => {
    put({ ...object, [key]: emptyOf(known[key] ?? {}) }, `Add ${field.label}.${key} of ${form.title}`);
    focusField(`${field.label}.${key}`);
  };
  const menuOf = (key: string): MenuGroups =>
    required.includes(key) || !keys.includes(key)
      ? []
      : [
          isFree ? [{ id: 'rename', icon: 'edit', label: 'Rename…', perform: () => rename(key) }] : [],
          [
            {
              id: 'remove',
              icon: 'delete',
              label: 'Remove',
              isDanger: true,
              perform: () => {
                const { [key]: _, ...others } = object;
                put(others, `Remove ${field.label}.${key} of ${form.title}`);
              },
            },
          ],
        ];
  const count = keys.length === 1 ? '1 key' : `${keys.length} keys`;
  return (
    <GroupFrame
      {...frame}
      detail={`object, ${count}`}
      tools={
        <AddKey
          label={field.label}
          taken={keys}
          options={lacking.map((key) => optionOf(key, known[key]))}
          isFree={isFree}
          onAdd={add}
        />
      }
    >
      {shown.length === 0
        ? undefined
        : shown.map((key) =>
            renamed === key ? (
              <KeyInput
                key={key}
                label={`New name of ${field.label}.${key}`}
                value={key}
                taken={keys.filter((other) => other !== key)}
                onCancel={() => rename(null)}
                onDone={(name) => {
                  rename(null);
                  put(renameKey(object, key, name), `Rename ${field.label}.${key} of ${form.title}`);
                }}
              />
            ) : (
              <Part
                key={key}
                field={partOf(field, key, known[key] ?? {}, isFree || required.includes(key))}
                value={object[key]}
                more={menuOf(key)}
                isPlain={frame.onKind === undefined}
              />
            ),
          )}
    </GroupFrame>
  );
}

const optionOf = (key: string, schema: FieldSchema | undefined) => ({
  value: key,
  note: schema?.description ?? schema?.title,
});
