import type { Operation, Resource } from '../../engine/document/types.ts';

export type OperationList = readonly Operation[];

/** The document with other operations; the same object when they are the same. */
export function withOperations(document: Resource, change: (operations: OperationList) => OperationList): Resource {
  if ('openapi' in document) return document;
  const before = (document.operations ?? []) as OperationList;
  const after = change(before);
  const isSame = after.length === before.length && after.every((operation, index) => operation === before[index]);
  return isSame ? document : ({ ...document, operations: after } as Resource);
}
