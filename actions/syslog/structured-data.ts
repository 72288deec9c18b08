import { ActionFailure, describeValue, isPlainObject } from '../kit/index.ts';
import { toText } from '../support/text.ts';
import { checkLength } from './fields.ts';
import { isStructuredName, type StructuredElement } from './message.ts';

const refuse = (where: string, allowed: string, found: unknown): never => {
  throw new ActionFailure('input-invalid', `\`${where}\` must be ${allowed}, found ${describeValue(found)}`);
};

const nameOf = (value: unknown, where: string): string =>
  typeof value === 'string' && isStructuredName(value)
    ? value
    : refuse(where, 'a name of 1 to 32 printable ASCII characters without =, space, ] and "', value);

/** Parameters as `{name: value}`, or as `[{name, value}]` where a name comes more than once. */
const pairsOf = (parameter: unknown, where: string): [name: unknown, value: unknown][] => {
  if (parameter === undefined || parameter === null) return [];
  if (isPlainObject(parameter)) return Object.entries(parameter);
  if (!Array.isArray(parameter)) return refuse(where, 'an object, or an array of objects', parameter);
  return parameter.map((pair, index) =>
    isPlainObject(pair) ? [pair.name, pair.value] : refuse(`${where}[${index}]`, 'an object with name and value', pair),
  );
};

/** Reads `[{"element-id": …, "parameter": …}]`. */
export const readStructuredData = (data: readonly unknown[]): StructuredElement[] => {
  const ids = new Set<string>();
  let length = 0;
  return data.map((element, index) => {
    const where = `structured_data[${index}]`;
    if (!isPlainObject(element)) return refuse(where, 'an object with element-id and parameter', element);
    const id = nameOf(element['element-id'], `${where}.element-id`);
    if (ids.has(id)) return refuse(`${where}.element-id`, 'different from those before', id);
    ids.add(id);
    length += id.length;
    const parameters = pairsOf(element.parameter, `${where}.parameter`).map(([given, value]) => {
      const name = nameOf(given, `${where}.parameter`);
      const text = toText(value, `\`${where}.parameter\``);
      length += name.length + text.length;
      checkLength(length);
      return [name, text] as const;
    });
    checkLength(length);
    return { id, parameters };
  });
};
