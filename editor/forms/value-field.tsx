import { type ComponentType, useReducer } from 'react';
import type { MenuGroups } from '../ui/menu.tsx';
import { ComparisonField } from './comparison-field.tsx';
import { controlOf } from './control-of.ts';
import { JsonataField, TemplateField } from './expression-fields.tsx';
import { branchFor } from './field-schema.ts';
import { focusField } from './focus-field.ts';
import { type Field, useForm, type ValueFieldProps } from './form-context.ts';
import type { FrameProps } from './frames.tsx';
import { literalControls } from './literal-controls.ts';
import { ReferenceField } from './reference-field.tsx';
import { SecretField } from './secret-field.tsx';
import { StepsField } from './steps-field.tsx';
import { useKind } from './use-field.ts';
import type { ValueKind } from './value-kinds.ts';
import { pointerTo } from './value-path.ts';

/** A field with whatever fills it. */
export function ValueField({ field, value, more, isPlain = false }: ValueFieldProps) {
  const { kind, change } = useKind(field, value);
  const isVerbatim = isPlain || field.schema.format === 'schema';
  const shown = isVerbatim ? 'literal' : kind;
  const control = controlOf(field.schema, value);
  const json = useAsJson(field, shown === 'literal' && (control === 'list' || control === 'object'));
  const Control = shown !== 'literal' ? expressionControls[shown] : literalControls[json.isOn ? 'json' : control];
  const schema = branchFor(field.schema, value) ?? field.schema;
  return (
    <Control
      field={field}
      schema={schema}
      value={value}
      more={[...json.entries, ...(more ?? [])]}
      kind={shown}
      onKind={isVerbatim ? undefined : change}
    />
  );
}

/** Lists and objects can be written as JSON, such as to paste one. */
function useAsJson(field: Field, isPossible: boolean): { isOn: boolean; entries: MenuGroups } {
  const form = useForm();
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const memory = form.memory.of(form.id + pointerTo(field.path));
  if (!isPossible) return { isOn: false, entries: [] };
  const isOn = memory.isAsJson === true;
  const perform = (): void => {
    memory.isAsJson = !isOn;
    draw();
    focusField(field.label);
  };
  return {
    isOn,
    entries: [[{ id: 'json', icon: 'objects', label: isOn ? 'Edit As Fields' : 'Edit As JSON', perform }]],
  };
}

const expressionControls: Record<Exclude<ValueKind, 'literal'>, ComponentType<FrameProps>> = {
  reference: ReferenceField,
  jsonata: JsonataField,
  template: TemplateField,
  comparison: ComparisonField,
  secret: SecretField,
  steps: StepsField,
};
