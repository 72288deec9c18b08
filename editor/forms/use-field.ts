import { useReducer, useRef } from 'react';
import { sameJson } from '../../engine/document/difference.ts';
import type { Json } from '../../engine/document/types.ts';
import { useUnfinished } from '../app/use-unfinished.ts';
import { emptyOf } from './field-schema.ts';
import { focusField } from './focus-field.ts';
import { type Field, useForm } from './form-context.ts';
import { convert, kindOf, type ValueKind } from './value-kinds.ts';
import { pointerTo } from './value-path.ts';

/** What a control can do with its field. */
export interface FieldEdit {
  /** Writes a value as it is typed: what is written until the field is left is one step of undo. */
  type(value: Json | undefined): void;
  /** Writes a value as a step of its own. */
  put(value: Json | undefined, label?: string): void;
  /** Ends the step of undo that typing has begun. */
  leave(): void;
}

export function useFieldEdit(field: Field): FieldEdit {
  const form = useForm();
  const visit = useRef(0);
  const label = `Change ${field.label} of ${form.title}`;
  return {
    type: (value) => form.change(field.path, value, label, `${form.id}${pointerTo(field.path)} ${visit.current}`),
    put: (value, own = label) => form.change(field.path, value, own),
    leave: () => {
      visit.current++;
    },
  };
}

/** The kind of a field's value, which may be chosen before there is a value of it; and how to change it. */
export function useKind(field: Field, value: Json | undefined) {
  const form = useForm();
  const { put } = useFieldEdit(field);
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const memory = form.memory.of(form.id + pointerTo(field.path));
  const isPending = memory.pending !== undefined && memory.pending.value === value;
  const kind = isPending ? (memory.pending as { kind: ValueKind }).kind : kindOf(value);

  const change = (to: ValueKind): void => {
    if (to === kind) return;
    memory.former ??= new Map();
    const { former, made } = memory;
    memory.pending = undefined;
    memory.text = undefined;
    const isAsMade = made !== undefined && made.value === value;
    if (value !== undefined) former.set(kindOf(value), value);
    const remembered = former.get(to);
    const converted = convert(value, to, emptyOf(field.schema));
    // What was not touched since it was converted goes back to what it was; else it is converted again, as far as that says something.
    const next =
      (isAsMade ? remembered : undefined) ?? (isBlank(converted, field) ? (remembered ?? converted) : converted);
    if (next === undefined) memory.pending = { kind: to, value };
    else {
      memory.made = { value: next };
      if (next === value) memory.pending = { kind: to, value };
      else put(next, `Change Kind Of ${field.label} of ${form.title}`);
    }
    draw();
    // A reference or a secret is chosen next, and its list takes the focus by itself.
    if (memory.pending === undefined) focusField(field.label);
  };
  return { kind, isPending, change };
}

const isBlank = (value: Json | undefined, field: Field): boolean =>
  value === undefined ||
  JSON.stringify(value) === JSON.stringify(emptyOf(field.schema)) ||
  ['{"$jsonata":""}', '{"$template":""}'].includes(JSON.stringify(value));

/**
 * Text that may not be a value yet. What is wrong stays in the field and is not written; what is right is written and
 * stays as it was typed until the field is left or the document has something else.
 */
export function useTyped(
  field: Field,
  value: Json | undefined,
  format: (value: Json | undefined) => string,
  read: (text: string) => { value: Json | undefined } | { reason: string },
): { text: string; reason: string | null; onChange(text: string): void; onBlur(): void } {
  const form = useForm();
  const edit = useFieldEdit(field);
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const memory = form.memory.of(form.id + pointerTo(field.path));
  const isTyped = memory.text !== undefined && isSame(memory.text.value, value);
  const text = isTyped ? (memory.text as { typed: string }).typed : format(value);
  const result = isTyped ? read(text) : null;
  useUnfinished(result !== null && 'reason' in result);
  return {
    text,
    reason: result !== null && 'reason' in result ? result.reason : null,
    onChange(typed) {
      const now = read(typed);
      if ('reason' in now) memory.text = { typed, value };
      else {
        memory.text = { typed, value: now.value };
        edit.type(now.value);
      }
      draw();
    },
    onBlur() {
      edit.leave();
      if (isTyped && result !== null && !('reason' in result)) memory.text = undefined;
      draw();
    },
  };
}

const isSame = (one: Json | undefined, other: Json | undefined): boolean =>
  one === other || (one !== undefined && other !== undefined && sameJson(one, other));
