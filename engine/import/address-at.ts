import type { Resource, ResourceKind } from '../document/types.ts';

/** The address of the node that a pointer into its document leads to: `server/shop/get-items/join`. */
export function addressAt(kind: ResourceKind, document: Resource, pointer: string): string {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  let address = `${kind}/${document.id}`;
  let operation = address;
  let part: unknown = document;
  let parent = '';
  for (const key of keys) {
    part = typeof part === 'object' && part !== null ? (part as { [key: string]: unknown })[key] : undefined;
    const id = typeof part === 'object' && part !== null && 'id' in part ? part.id : undefined;
    if (typeof id === 'string') {
      if (parent === 'operations' && operation === address) operation = address = `${address}/${id}`;
      else if (parent === 'actions') address = `${operation}/${id}`;
    }
    parent = key;
  }
  return address;
}
