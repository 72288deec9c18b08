import { checkDocument } from '../document/check.ts';
import type { CheckContext } from '../document/check-context.ts';
import { folders, resourceKinds } from '../document/layout.ts';
import type { Fault, Operation, Resource, ResourceKind } from '../document/types.ts';
import type { ProjectDocuments } from '../wire/messages.ts';
import { addressAt } from './address-at.ts';
import { ImportFault, type ImportRemark } from './types.ts';

/** Pointers into the imported document by address. */
export type Origins = ReadonlyMap<string, string>;

/**
 * Checks converted documents. An operation that the check refuses is left out, with a warning; what is wrong elsewhere is
 * a fault of the whole import. Warnings of the check come with the place where that node was in the imported document.
 * @throws ImportFault with every such fault
 */
export function settle(
  documents: ProjectDocuments,
  context: CheckContext,
  origins: Origins,
): { documents: ProjectDocuments; warnings: ImportRemark[] } {
  const said: Said = { warnings: [], faults: [] };
  const settled: ProjectDocuments = { apis: [], servers: [], services: [], clients: [] };
  for (const kind of resourceKinds) {
    const list: Resource[] = documents[folders[kind]];
    (settled[folders[kind]] as Resource[]).push(
      ...list.map((document) => settleOne(kind, document, context, origins, said)),
    );
  }
  if (said.faults.length > 0) throw new ImportFault(said.faults);
  return { documents: settled, warnings: said.warnings };
}

const isTold = /\/action$|^(?:\/operations\/\d+)?\/security$/;

interface Said {
  readonly warnings: ImportRemark[];
  readonly faults: ImportRemark[];
}

function settleOne(
  kind: ResourceKind,
  document: Resource,
  context: CheckContext,
  origins: Origins,
  said: Said,
): Resource {
  const faults = checkDocument(kind, document, { ...context, file: '' });
  const errors = faults.filter(({ severity }) => severity === 'error');
  const at = (fault: Fault, within = document): ImportRemark => {
    const resource = addressAt(kind, within, fault.pointer);
    return { resource, pointer: originOf(resource, origins), message: fault.message };
  };
  if (errors.length === 0) {
    // Told by the conversion: unknown actions once for each, security with the place where it was.
    said.warnings.push(...faults.filter(({ pointer }) => !isTold.test(pointer)).map((fault) => at(fault)));
    return document;
  }
  const refused = new Map<number, Fault>();
  for (const fault of errors) {
    const index = /^\/operations\/(\d+)(?:\/|$)/.exec(fault.pointer)?.[1];
    // A fault of a document as a whole, such as its depth, is that of an operation too when it is gone without it.
    if (index !== undefined && !refused.has(Number(index))) refused.set(Number(index), fault);
  }
  if (refused.size === 0 || !('operations' in document)) {
    said.faults.push(...errors.map((fault) => at(fault)));
    return document;
  }
  for (const [, fault] of refused) {
    const { resource, pointer, message } = at(fault);
    said.warnings.push({ resource, pointer, message: `The operation is left out: ${message}` });
  }
  const operations = ((document.operations ?? []) as Operation[]).filter((_, index) => !refused.has(index));
  const rest = { ...document, operations } as Resource;
  const left = checkDocument(kind, rest, { ...context, file: '' });
  said.faults.push(...left.filter(({ severity }) => severity === 'error').map((fault) => at(fault, rest)));
  return rest;
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
