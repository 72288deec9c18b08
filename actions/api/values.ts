import { isPlainObject, type Plain } from '../kit/index.ts';
import type { ApiOperation, Parameter } from './document.ts';

const separators: Readonly<Record<string, string>> = { form: ',', spaceDelimited: ' ', pipeDelimited: '|' };

const scalar = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** One parameter as pairs of the query string (OpenAPI 3.1, "Style Values"). What no style fits is left for the usual check. */
const spread = (name: string, value: unknown, { style, explode }: Parameter): [string, unknown][] => {
  const separator = separators[String(style)];
  if (Array.isArray(value) && !explode && separator !== undefined && value.every(scalar))
    return [[name, value.join(separator)]];
  if (!isPlainObject(value)) return [[name, value]];
  const entries = Object.entries(value);
  if (style === 'deepObject') return entries.map(([key, member]) => [`${name}[${key}]`, member]);
  if (style !== 'form') return [[name, value]];
  if (explode) return entries;
  return entries.every(([, member]) => scalar(member)) ? [[name, entries.flat().join(',')]] : [[name, value]];
};

/** The query with arrays and objects written as their parameters say. */
export const styledQuery = (query: Plain, { parameters }: ApiOperation): Plain =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => {
      const parameter = parameters.find((found) => found.in === 'query' && found.name === name);
      return parameter === undefined ? [[name, value] as const] : spread(name, value, parameter);
    }),
  );

/** OpenAPI 3.1: these are not described by parameters. */
const notParameters = new Set(['accept', 'content-type', 'authorization']);
const isJson = (type: string): boolean => /^[^;]*[/+]json\s*(?:;|$)/i.test(type);

/** The headers given, and those that the document adds: defaults of parameters, and the content types that fit the body. */
export const completeHeader = (header: Plain, body: unknown, operation: ApiOperation): Plain => {
  const given = new Set(Object.keys(header).map((name) => name.toLowerCase()));
  const added: [string, unknown][] = operation.parameters
    .filter(
      ({ name, in: place, usual }) => place === 'header' && scalar(usual) && !notParameters.has(name.toLowerCase()),
    )
    .map(({ name, usual }) => [name, usual]);
  const accepted = operation.responseTypes.filter((type) => !type.includes('*')).slice(0, 20);
  if (accepted.length > 0) added.push(['accept', accepted.join(', ')]);
  const type = requestType(body, operation.requestTypes);
  if (type !== undefined) added.push(['content-type', type]);
  return { ...Object.fromEntries(added.filter(([name]) => !given.has(name.toLowerCase()))), ...header };
};

const requestType = (body: unknown, types: readonly string[]): string | undefined => {
  const named = types.filter((type) => !type.includes('*'));
  if (body === null || body === undefined) return undefined;
  if (typeof body === 'string' || body instanceof Uint8Array) return named.length === 1 ? named[0] : undefined;
  return named.find(isJson) ?? named.find((type) => /^application\/x-www-form-urlencoded\b/i.test(type));
};
