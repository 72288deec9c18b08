import type { JsonObject } from './set-in.ts';

/** Renames a schema where it stands and wherever it is referred to. */
export function renameSchema(openapi: JsonObject, from: string, to: string): JsonObject {
  const reference = `#/components/schemas/${from}`;
  const walk = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, `${path}/`));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        path === '/components/schemas' && key === from ? to : key,
        key === '$ref' && member === reference ? `#/components/schemas/${to}` : walk(member, `${path}/${key}`),
      ]),
    );
  };
  return walk(openapi, '') as JsonObject;
}
