import { ActionFailure, describeValue } from '../kit/index.ts';

/** The text under which a value can be a key of an object; undefined when it cannot be one. Null is the text "null". */
export const keyText = (key: unknown): string | undefined => {
  switch (typeof key) {
    case 'string':
      return key;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(key);
    case 'undefined':
      return 'null';
    default:
      if (key === null) return 'null';
      return key instanceof Date && !Number.isNaN(key.getTime()) ? key.toISOString() : undefined;
  }
};

/** The same where there has to be one: null and anything with parts fail with input-invalid. */
export const requireKeyText = (key: unknown, where: string): string => {
  const text = key === null || key === undefined ? undefined : keyText(key);
  if (text !== undefined) return text;
  throw new ActionFailure(
    'input-invalid',
    `${where} must be a text, a number, true, false or a date to be a key, found ${describeValue(key)}`,
  );
};
