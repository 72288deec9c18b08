import { found, quote } from '../../document/found.ts';
import type { Api, Json } from '../../document/types.ts';
import type { Report } from '../report.ts';
import { pathOf } from '../routes.ts';
import type { Source } from '../source.ts';

/** An API; undefined when its version holds no OpenAPI 3 document. Paths get their parameters in braces. */
export function convertApi(id: string, content: Source, report: Report): Api | undefined {
  const node = `api/${id}`;
  const version = content.at('openapi');
  if (!/^3\.\d/.test(version.text ?? '')) {
    report.warn(
      node,
      version,
      `An API needs an OpenAPI document of version 3, found ${found(version.value)}; it is left out.`,
    );
    return undefined;
  }
  const info = content.at('info');
  const title = info.at('title').filled;
  const description = info.at('description').filled;
  const openapi = Object.fromEntries(
    content.members
      .filter(([key]) => !['id', 'type', 'currentVersion'].includes(key))
      .map(([key, member]) => [key, key === 'paths' ? convertPaths(member, node, report) : (member.value ?? null)]),
  );
  return {
    schema: 1,
    id,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    openapi,
  };
}

function convertPaths(source: Source, node: string, report: Report): Json {
  if (source.object === undefined) return source.value ?? null;
  const paths = new Map<string, Json>();
  for (const [path, item] of source.members) {
    const converted = pathOf(path);
    const isTaken = converted !== path && (paths.has(converted) || Object.hasOwn(source.object, converted));
    if (isTaken)
      report.warn(node, item, `The path ${quote(path)} is the same as ${quote(converted)}; it stays as it is.`);
    paths.set(isTaken ? path : converted, item.value ?? null);
  }
  return Object.fromEntries(paths);
}
