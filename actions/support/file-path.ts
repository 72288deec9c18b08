import { type Field, string } from '../kit/index.ts';

/** More no file system of today takes in practice, and failures name the whole path. */
const longest = 1000;
const allowed = `a path of at most ${longest} characters`;

/** A path below files/ in the data folder. */
export const filePath = (shown: { label: string; help?: string }): Field<string> & { optional: false } => {
  const field = string({ help: 'Path below files/ in the data folder.', ...shown });
  return {
    ...field,
    schema: { ...field.schema, maxLength: longest },
    check: (value) => (typeof value === 'string' && value.length <= longest ? undefined : allowed),
  };
};
