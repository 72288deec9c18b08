import { parsePath } from '../../engine/document/route.ts';
import type { Json } from '../../engine/document/types.ts';
import { getIn, isJsonObject, type JsonObject, renameKey, setIn } from './set-in.ts';

/** Methods that a path of an OpenAPI document may have, as its keys. */
export const methodKeys = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'] as const;

export interface PathItem {
  path: string;
  /** Keys of its methods, in its order. */
  methods: string[];
}

/** The paths of a document with their methods, in its order. */
export function pathsOf(openapi: JsonObject): PathItem[] {
  const { paths } = openapi;
  if (!isJsonObject(paths)) return [];
  return Object.entries(paths)
    .filter(([path]) => path.startsWith('/'))
    .map(([path, item]) => ({
      path,
      methods: isJsonObject(item)
        ? Object.keys(item).filter((key) => (methodKeys as readonly string[]).includes(key))
        : [],
    }));
}

/** Why a path cannot be, as a sentence; null when it can. `others` are the ones that are there. */
export function pathFault(path: string, others: readonly string[]): string | null {
  const parsed = parsePath(path);
  if (typeof parsed === 'string') return `The path ${parsed}`;
  return others.includes(path) ? `The path "${path}" is already there. Choose another.` : null;
}

/** One more path, with one method. */
export const withPath = (openapi: JsonObject, path: string, method: string): JsonObject =>
  setIn(openapi, ['paths', path, method], newOperation()) as JsonObject;

export const withMethod = (openapi: JsonObject, path: string, method: string): JsonObject =>
  withPath(openapi, path, method);

const newOperation = (): Json => ({ responses: { '200': { description: 'OK' } } });

export const renamePath = (openapi: JsonObject, from: string, to: string): JsonObject => {
  const { paths } = openapi;
  return isJsonObject(paths) ? { ...openapi, paths: renameKey(paths, from, to) } : openapi;
};

/** Names of a path's parameters that neither it nor the operation describes. */
export function undescribedParameters(openapi: JsonObject, path: string, method: string): string[] {
  const parsed = parsePath(path);
  if (typeof parsed === 'string') return [];
  const described = new Set(
    [getIn(openapi, ['paths', path, 'parameters']), getIn(openapi, ['paths', path, method, 'parameters'])]
      .flatMap((list) => (Array.isArray(list) ? list : []))
      .map((parameter) => resolved(openapi, parameter))
      .filter((parameter) => parameter?.in === 'path')
      .map((parameter) => parameter?.name),
  );
  return parsed.flatMap(({ parameter }) => (parameter === undefined || described.has(parameter) ? [] : [parameter]));
}

/** What a reference within the document leads to; the thing itself where it is none. */
export function resolved(openapi: JsonObject, value: Json | undefined): JsonObject | undefined {
  if (!isJsonObject(value)) return undefined;
  if (typeof value.$ref !== 'string') return value;
  if (!value.$ref.startsWith('#/')) return undefined;
  const path = value.$ref
    .slice(2)
    .split('/')
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'));
  const target = getIn(openapi, path);
  return isJsonObject(target) ? target : undefined;
}
