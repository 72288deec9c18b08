import { expressionKind } from '../../engine/document/expression.ts';
import type { Json, Operation } from '../../engine/document/types.ts';

const isObject = (value: unknown): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The parameters in a path, as a request has them. The rest of a path may be empty, and need not be given. */
export const pathParameters = (path: string): { name: string; isNeeded: boolean }[] =>
  [...path.matchAll(/\{([^{}*]+)(\*?)\}/g)].map(([, name = '', star]) => ({ name, isNeeded: star === '' }));

/** The parameters of the path that an input of a simulation leaves empty: no request could. */
export function missingOfPath(operation: Operation, input: Json): string[] {
  if (!('method' in operation)) return [];
  const given = isObject(input) && isObject(input.path) ? input.path : {};
  return pathParameters(operation.path).flatMap(({ name, isNeeded }) =>
    isNeeded && (given[name] ?? '') === '' ? [name] : [],
  );
}

/** The names that the steps of an operation read of a part of the request: `size` of `request.query.size`. */
export function readNames({ workflow, onError }: Operation, part: 'query' | 'header' | 'cookie'): string[] {
  const names = new Set<string>();
  const read = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const kind = expressionKind(value as Json);
    if (kind === '$literal') return;
    if (kind === '$ref') {
      const [scope, of, name] = (value as { $ref: Json[] }).$ref;
      if (scope === 'request' && of === part && typeof name === 'string') names.add(name);
    }
    if (kind === '$jsonata' || kind === '$template') {
      const text = String((value as { [key: string]: unknown })[kind]);
      const pattern = new RegExp(`\\brequest\\.${part}\\.(?:([A-Za-z_]\\w*)|\`([^\`]+)\`)`, 'g');
      for (const [, plain, quoted] of text.matchAll(pattern)) names.add(plain ?? quoted ?? '');
    }
    for (const member of Object.values(value)) read(member);
  };
  read(workflow);
  read(onError);
  return [...names];
}
