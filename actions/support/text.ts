import { ActionFailure, describeValue } from '../kit/index.ts';

/**
 * The text of a single value, as joins and placeholders use it: null is empty, dates are RFC 3339 in UTC.
 * Throws input-invalid for anything with parts; `where` names the value in that message.
 */
export const toText = (value: unknown, where: string): string => {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'undefined':
      return '';
    default:
      if (value === null) return '';
      if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
      throw new ActionFailure(
        'input-invalid',
        `${where} must be a text, a number, true, false or null, found ${describeValue(value)}; make a text of it first, for example with data/json/encode`,
      );
  }
};
