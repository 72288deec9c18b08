import { type Field, string } from '../../kit/index.ts';

const text = string();

/** One character that cannot be mistaken for a quote or the end of a line. */
export const delimiter = (): Field<string> & { optional: false } => ({
  ...text,
  schema: { type: 'string', minLength: 1, maxLength: 1, default: ',' },
  label: 'Delimiter',
  help: 'One character, for example ; or a tab.',
  check: (value) =>
    typeof value === 'string' && value.length === 1 && !'"\r\n \uFEFF'.includes(value)
      ? undefined
      : 'one character other than a quote, a space or a line break',
});
