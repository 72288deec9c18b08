import { quote } from '../../document/found.ts';
import type { Json } from '../../document/types.ts';
import type { ProjectDocuments } from '../../wire/messages.ts';
import { toId } from '../ids.ts';
import type { Source } from '../source.ts';
import type { Around } from './around.ts';

export type EntryKind = 'api' | 'server' | 'service' | 'client';

/** A resource that is being imported: its id here, which version of it, and the ids of its operations by their own name. */
export interface Entry {
  readonly id: string;
  readonly version: string | undefined;
  readonly operations: Map<string, string>;
}

/** What references can lead to: resources by kind and by the id that the configuration gives them. */
export class References {
  readonly entries: Readonly<Record<EntryKind, Map<string, Entry>>> = {
    api: new Map(),
    server: new Map(),
    service: new Map(),
    client: new Map(),
  };

  constructor(private readonly existing: ProjectDocuments | undefined) {}

  idOf(kind: EntryKind, name: string): string {
    return this.entries[kind].get(name)?.id ?? toId(name, kind);
  }

  has(kind: EntryKind, name: string): boolean {
    return this.entries[kind].has(name) || this.former(kind, name) !== undefined;
  }

  /** The id of an operation, and whether there is one. */
  operation(kind: 'service' | 'client', resource: string, name: string): { id: string; known: boolean } {
    const imported = this.entries[kind].get(resource);
    const id = imported?.operations.get(name);
    if (id !== undefined) return { id, known: true };
    const former = imported === undefined ? this.former(kind, resource) : undefined;
    const own = toId(name, 'operation');
    const list = former !== undefined && 'operations' in former ? (former.operations ?? []) : [];
    return { id: own, known: list.some((operation) => operation.id === own) };
  }

  private former(kind: EntryKind, name: string) {
    const lists = { api: 'apis', server: 'servers', service: 'services', client: 'clients' } as const;
    const documents: readonly { id: string; operations?: { id: string }[] }[] = this.existing?.[lists[kind]] ?? [];
    return documents.find(({ id }) => id === toId(name, kind));
  }
}

const kinds: ReadonlyMap<string, EntryKind> = new Map([
  ['APIReference', 'api'],
  ['ServerReference', 'server'],
  ['ServiceReference', 'service'],
  ['ClientReference', 'client'],
]);

/**
 * A reference to a resource or an operation as the text of its address; undefined when the structure is none. What it
 * leads to is looked for, and told when it is not there.
 */
export function convertAddress(struct: string, source: Source, around: Around): Json | undefined {
  const kind = kinds.get(struct);
  if (kind !== undefined) return resourceAddress(kind, source, around);
  switch (struct) {
    case 'ProcessReference': {
      const name = source.at('id').filled ?? '';
      const isServer = around.references.has('server', name) && !around.references.has('client', name);
      return resourceAddress(isServer ? 'server' : 'client', source, around);
    }
    case 'ServiceOperationReference':
      return operationAddress('service', source.at('serviceReference'), source, around);
    case 'ClientOperationReference':
      return operationAddress('client', source.at('clientReference'), source, around);
    case 'APIOperationReference': {
      const api = resourceAddress('api', source.at('apiReference'), around);
      const operation = source.at('operationReference');
      return typeof api === 'string' ? `${api}/${routeText(operation)}` : null;
    }
    case 'HTTPOperationReference':
      return routeText(source);
    default:
      return undefined;
  }
}

const routeText = (source: Source): string =>
  `${(source.at('method').text ?? '').toUpperCase()} ${source.at('path').text ?? ''}`.trim();

function resourceAddress(kind: EntryKind, source: Source, around: Around): string | null {
  const name = source.at('id').filled ?? source.filled;
  const { report, references, node } = around;
  if (name === undefined) {
    report.warn(node, source, `The reference to ${article(kind)} names none; it becomes null.`);
    return null;
  }
  const address = `${kind}/${references.idOf(kind, name)}`;
  if (!references.has(kind, name)) missing(address, source, around);
  warnOfVersion(kind, name, source, around);
  return address;
}

function operationAddress(kind: 'service' | 'client', owner: Source, source: Source, around: Around): string | null {
  const { report, references, node } = around;
  const resource = owner.at('id').filled ?? owner.filled;
  const operation = source.at('id').filled ?? source.at('operation').filled;
  if (resource === undefined || operation === undefined) {
    report.warn(node, source, `The reference to an operation of ${article(kind)} is not complete; it becomes null.`);
    return null;
  }
  const { id, known } = references.operation(kind, resource, operation);
  const address = `${kind}/${references.idOf(kind, resource)}/${id}`;
  if (!known) missing(address, source, around);
  warnOfVersion(kind, resource, owner, around);
  return address;
}

/** Which version a reference asks for makes no difference: one of each resource is taken. */
export function warnOfVersion(
  kind: EntryKind,
  name: string,
  source: Source,
  { report, references, node }: Pick<Around, 'report' | 'references' | 'node'>,
): void {
  const version = source.at('version').filled;
  const taken = references.entries[kind].get(name)?.version;
  if (version === undefined || taken === undefined || version === taken) return;
  report.tally(
    `version ${kind} ${name} ${version}`,
    node,
    source,
    (more) =>
      `The version ${quote(version)} of the ${kind} ${quote(name)} is asked for${more}; ${quote(taken)} was taken.`,
  );
}

const missing = (address: string, source: Source, { report, node }: Around): void =>
  report.tally(
    `missing ${address}`,
    node,
    source,
    (more) => `There is nothing at the address ${quote(address)}${more}; a run fails when it gets there.`,
  );

const article = (kind: EntryKind): string => (kind === 'api' ? 'an API' : `a ${kind}`);
