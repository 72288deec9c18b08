import { type ComponentType, createContext, useContext } from 'react';
import type { Fault, Json } from '../../engine/document/types.ts';
import type { Scope } from '../graph/scopes.ts';
import type { MenuGroups } from '../ui/menu.tsx';
import type { FieldMemory } from './field-memory.ts';
import type { FieldSchema } from './field-schema.ts';
import type { ValuePath } from './value-path.ts';

export type FieldFault = Pick<Fault, 'pointer' | 'message' | 'severity'>;

/** What the fields of one form share: what they edit, and what they can refer to. */
export interface Form {
  /** Names it within the operation, as in `greet/input`. */
  id: string;
  /** Ends the label of an edit, as in `Change delimiter of greet`. */
  title: string;
  /** What can be referred to at a path. */
  scopesAt(path: ValuePath): readonly Scope[];
  /** Example values: an object whose keys are the scopes; undefined while there was no run. */
  data: unknown;
  memory: FieldMemory;
  /** Puts a value at a path; undefined takes it away. With the same `merge`, changes in a row are one step of undo. */
  change(path: ValuePath, value: Json | undefined, label: string, merge?: string): void;
  /** What is wrong at a path; with `below`, also inside of it. */
  faultsAt(path: ValuePath, below: boolean): readonly FieldFault[];
  /** A field in a field: lists and objects are made of them. */
  Part: ComponentType<ValueFieldProps>;
  /** Shows an action on the canvas. */
  goTo(action: string): void;
}

export const FormContext = createContext<Form | null>(null);

export function useForm(): Form {
  const form = useContext(FormContext);
  if (form === null) throw new Error('A field was drawn outside a form.');
  return form;
}

/** One field of a form. */
export interface Field {
  path: ValuePath;
  /** As it stands above the control: `sku`. */
  name: string;
  /** For those who do not see what it stands in: `body.sku`. */
  label: string;
  schema: FieldSchema;
  isRequired: boolean;
}

/** A member or an item of a field. */
export const partOf = (field: Field, key: string | number, schema: FieldSchema, isRequired = true): Field => ({
  path: [...field.path, key],
  name: typeof key === 'number' ? `[${key}]` : key,
  label: typeof key === 'number' ? `${field.label}[${key}]` : `${field.label}.${key}`,
  schema,
  isRequired,
});

export interface ValueFieldProps {
  field: Field;
  /** undefined while it is not set. */
  value: Json | undefined;
  /** Entries of its menu that only what it stands in knows. */
  more?: MenuGroups | undefined;
  /** It is taken as it is: no expressions. */
  isPlain?: boolean | undefined;
}
