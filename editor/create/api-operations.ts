import { methods, parsePath, pathShape } from '../../engine/document/route.ts';
import { isObject } from '../../engine/document/shape.ts';
import type { Api, HttpOperation, Operation } from '../../engine/document/types.ts';
import { freeId, operationIdOf } from './propose.ts';

/** One path and method that an API describes. */
export interface ApiRoute {
  method: string;
  path: string;
  /** Empty where the API gives none. */
  summary: string;
  operationId: unknown;
}

/** What an API describes, in its order, as far as an operation can have that path and method. */
export function operationsOfApi(api: Api | undefined): ApiRoute[] {
  const paths = api?.openapi.paths;
  if (!isObject(paths)) return [];
  return Object.entries(paths).flatMap(([path, item]) => {
    if (!isObject(item) || typeof parsePath(path) === 'string') return [];
    return Object.entries(item).flatMap(([key, operation]): ApiRoute[] => {
      const method = key.toUpperCase();
      if (!isObject(operation) || !(methods as readonly string[]).includes(method)) return [];
      const summary = operation.summary ?? item.summary;
      return [
        { method, path, summary: typeof summary === 'string' ? summary : '', operationId: operation.operationId },
      ];
    });
  });
}

const routeKey = ({ method, path }: { method: string; path: string }): string => `${method} ${pathShape(path)}`;

/** Those of an API that have no operation in a server yet. */
export function missingRoutes(api: Api | undefined, operations: readonly Operation[]): ApiRoute[] {
  const there = new Set(operations.flatMap((operation) => ('method' in operation ? [routeKey(operation)] : [])));
  return operationsOfApi(api).filter((route) => !there.has(routeKey(route)));
}

/** Operations for paths of an API: with the ids and titles that it gives them, and nothing in them yet. */
export function operationsOfPaths(routes: readonly ApiRoute[], taken: Iterable<string>): HttpOperation[] {
  const ids = new Set(taken);
  return routes.map(({ method, path, summary, operationId }) => {
    const id = freeId(operationIdOf(operationId, method, path), ids);
    ids.add(id);
    return { id, method, path, ...(summary !== '' && { title: summary }), workflow: emptyAnswer() };
  });
}

/** A workflow that answers 200 without a body, whatever is put into it, until its output says something else. */
export const emptyAnswer = () => ({ actions: [], output: { status: 200 } });
