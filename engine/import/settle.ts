import { checkDocument } from '../document/check.ts';
import type { CheckContext } from '../document/check-context.ts';
import { folders, resourceKinds } from '../document/layout.ts';
import type { Fault, Operation, Resource, ResourceKind } from '../document/types.ts';
import type { ProjectDocuments } from '../wire/messages.ts';
import { ImportFault, type ImportWarning } from './types.ts';

/** Pointers into the imported document by address. */
export type Origins = ReadonlyMap<string, string>;

/**
 * Checks converted documents. An operation that the check refuses is left out, with a warning; what is wrong elsewhere is
 * a fault of the whole import. Warnings of the check come with the place where that node was in the imported document.
 */
export function settle(
  documents: ProjectDocuments,
  context: CheckContext,
  origins: Origins,
): { documents: ProjectDocuments; warnings: ImportWarning[] } {
  const warnings: ImportWarning[] = [];
  const settled: ProjectDocuments = { apis: [], servers: [], services: [], clients: [] };
  for (const kind of resourceKinds) {
    const list: Resource[] = documents[folders[kind]];
    (settled[folders[kind]] as Resource[]).push(
      ...list.map((document) => settleOne(kind, document, context, origins, warnings)),
    );
  }
  return { documents: settled, warnings };
}

function settleOne(
  kind: ResourceKind,
  document: Resource,
  context: CheckContext,
  origins: Origins,
  warnings: ImportWarning[],
): Resource {
  const faults = checkDocument(kind, document, { ...context, file: '' });
  const errors = faults.filter(({ severity }) => severity === 'error');
  const at = (fault: Fault): ImportWarning => {
    const resource = addressAt(kind, document, fault.pointer);
    return { resource, pointer: originOf(resource, origins), message: fault.message };
  };
  if (errors.length === 0) {
    // Unknown actions are told once for each, not at every place.
    warnings.push(...faults.filter(({ pointer }) => !pointer.endsWith('/action')).map(at));
    return document;
  }
  const refused = new Map<number, Fault>();
  for (const fault of errors) {
    const index = /^\/operations\/(\d+)(?:\/|$)/.exec(fault.pointer)?.[1];
    // A fault of a document as a whole, such as its depth, is that of an operation too when it is gone without it.
    if (index !== undefined && !refused.has(Number(index))) refused.set(Number(index), fault);
  }
  if (refused.size === 0 || !('operations' in document)) throw faultOf(kind, document, errors[0] as Fault, origins);
  for (const [, fault] of refused) {
    const { resource, pointer, message } = at(fault);
    warnings.push({ resource, pointer, message: `The operation is left out: ${message}` });
  }
  const operations = ((document.operations ?? []) as Operation[]).filter((_, index) => !refused.has(index));
  const rest = { ...document, operations } as Resource;
  const left = checkDocument(kind, rest, { ...context, file: '' });
  const still = left.find(({ severity }) => severity === 'error');
  if (still !== undefined) throw faultOf(kind, rest, still, origins);
  return rest;
}

function faultOf(kind: ResourceKind, document: Resource, fault: Fault, origins: Origins): ImportFault {
  const address = addressAt(kind, document, fault.pointer);
  return new ImportFault(`${address}: ${fault.message}`, { pointer: originOf(address, origins) });
}

/** The address of the node that a pointer into its document leads to. */
function addressAt(kind: ResourceKind, document: Resource, pointer: string): string {
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

/** Of the node, or of the nearest above it that is known. */
function originOf(address: string, origins: Origins): string {
  const parts = address.split('/');
  for (let length = parts.length; length > 1; length--) {
    const origin = origins.get(parts.slice(0, length).join('/'));
    if (origin !== undefined) return origin;
  }
  return '';
}
