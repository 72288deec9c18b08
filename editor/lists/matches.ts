import type { Client, Server, Service } from '../../engine/document/types.ts';

/** Whether every word of a search occurs, case ignored, in the title, id or port of a resource or in its operations. */
export function matches(resource: Server | Service | Client, search: string): boolean {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return true;
  const text = textOf(resource);
  return words.every((word) => text.includes(word));
}

const texts = new WeakMap<object, string>();

/** What is searched of a resource; made once for each, since every key that is typed asks for all of them. */
function textOf(resource: Server | Service | Client): string {
  const known = texts.get(resource);
  if (known !== undefined) return known;
  const operations = (
    (resource.operations ?? []) as readonly { id: string; title?: string; method?: string; path?: string }[]
  ).flatMap(({ id, title, method, path }) => [id, title, method, path]);
  const port = 'port' in resource ? `:${resource.port}` : undefined;
  const text = [resource.title, resource.id, port, ...operations]
    .filter((part) => part !== undefined)
    .join('\n')
    .toLowerCase();
  texts.set(resource, text);
  return text;
}
