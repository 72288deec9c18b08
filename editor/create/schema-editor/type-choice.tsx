import { Icon } from '../../ui/icon.tsx';
import type { SchemaType } from './schema-edit.ts';

const words: Record<SchemaType, string> = {
  any: 'Anything',
  text: 'Text',
  'whole number': 'Whole number',
  number: 'Number',
  'yes or no': 'Yes or no',
  object: 'Object',
  list: 'List',
  null: 'Nothing (null)',
  other: 'As in the source',
};

/** The type of a value. `other` can be left, and not chosen. */
export const TypeChoice = ({
  label,
  type,
  types,
  onChange,
}: {
  label: string;
  type: SchemaType;
  types: readonly SchemaType[];
  onChange(type: SchemaType): void;
}) => (
  <span className="field field-choice">
    <select aria-label={label} value={type} onChange={(event) => onChange(event.target.value as SchemaType)}>
      {(type === 'other' ? [...types, 'other' as const] : types).map((each) => (
        <option key={each} value={each}>
          {words[each]}
        </option>
      ))}
    </select>
    <Icon name="down" size={14} />
  </span>
);
