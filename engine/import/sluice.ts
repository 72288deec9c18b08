import { checkDocument } from '../document/check.ts';
import type { CheckContext } from '../document/check-context.ts';
import { alternatives, found, quote } from '../document/found.ts';
import { folders, resourceKinds } from '../document/layout.ts';
import { didYouMean } from '../document/nearest.ts';
import type { Json, Resource, Server } from '../document/types.ts';
import type { ProjectDocuments } from '../wire/messages.ts';
import { bareKind } from './kind.ts';
import type { Source } from './source.ts';
import { ImportFault, type ImportResult, type ImportWarning } from './types.ts';

/** The form of exports that this version writes and reads. */
export const currentForm = 1;

/**
 * A project exported by Sluice, or one of its resources. Everything is kept as it is but for servers, which are stopped.
 * @throws ImportFault at the first thing that is wrong
 */
export function readSluice(root: Source, context: CheckContext): Omit<ImportResult, 'kind'> {
  const documents: ProjectDocuments = { apis: [], servers: [], services: [], clients: [] };
  const warnings: ImportWarning[] = [];
  const lists = listsOf(root);
  for (const kind of resourceKinds) {
    const ids = new Map<string, Source>();
    for (const source of lists[folders[kind]]) {
      const faults = checkDocument(kind, source.value, { ...context, file: '' });
      const error = faults.find(({ severity }) => severity === 'error');
      if (error !== undefined) throw new ImportFault(error.message, { pointer: source.pointer + error.pointer });
      const document = source.value as unknown as Resource;
      if (ids.has(document.id)) {
        throw new ImportFault(
          `The id ${quote(document.id)} is already that of the ${kind} at ${ids.get(document.id)?.pointer}. Rename one.`,
          { pointer: source.at('id').pointer },
        );
      }
      ids.set(document.id, source);
      const resource = `${kind}/${document.id}`;
      warnings.push(
        ...faults.map(({ pointer, message }) => ({ resource, pointer: source.pointer + pointer, message })),
      );
      (documents[folders[kind]] as Resource[]).push(kind === 'server' ? stopped(document as Server) : document);
    }
  }
  return { documents, variables: variablesOf(root), warnings };
}

/** A server that does not start by itself. The key stays in its place, or comes after the last of those that name it. */
export function stopped(server: Server): Server {
  const entries = Object.entries(server);
  if (Object.hasOwn(server, 'active')) {
    return Object.fromEntries(
      entries.map(([key, value]) => [key, key === 'active' ? false : value]),
    ) as unknown as Server;
  }
  const head = entries.findLastIndex(([key]) => ['schema', 'id', 'type', 'title', 'description'].includes(key));
  return Object.fromEntries([
    ...entries.slice(0, head + 1),
    ['active', false],
    ...entries.slice(head + 1),
  ]) as unknown as Server;
}

type Lists = Record<(typeof folders)[keyof typeof folders], Source[]>;

function listsOf(root: Source): Lists {
  const object = root.object ?? {};
  const lists: Lists = { apis: [], servers: [], services: [], clients: [] };
  if (!Object.hasOwn(object, 'sluice')) {
    const kind = bareKind(object);
    if (kind !== undefined) lists[folders[kind]].push(root);
    return lists;
  }
  if (object.sluice !== currentForm) {
    const isNewer = typeof object.sluice === 'number' && object.sluice > currentForm;
    const remedy = isNewer ? ' It was written by a newer Sluice; use that one.' : '';
    throw new ImportFault(`"sluice" must be ${currentForm}, found ${found(object.sluice)}.${remedy}`, {
      pointer: '/sluice',
    });
  }
  const names = Object.values(folders);
  for (const [key, member] of root.members) {
    if (key === 'sluice' || key === 'variables') continue;
    const name = names.find((each) => each === key);
    if (name === undefined) {
      const known = ['sluice', ...names, 'variables'];
      throw new ImportFault(
        `An export has no key ${quote(key)}. Allowed are ${alternatives(known)}.${didYouMean(key, known)}`,
        { pointer: member.pointer },
      );
    }
    if (!Array.isArray(member.value))
      throw new ImportFault(`${quote(key)} must be an array of documents, found ${found(member.value)}.`, {
        pointer: member.pointer,
      });
    lists[name] = member.items;
  }
  return lists;
}

function variablesOf(root: Source): { [name: string]: Json } {
  const isExport = Object.hasOwn(root.object ?? {}, 'sluice');
  const variables = root.at('variables');
  if (!isExport || variables.value === undefined) return {};
  if (variables.object === undefined) {
    throw new ImportFault(`"variables" must be an object of names and values, found ${found(variables.value)}.`, {
      pointer: variables.pointer,
    });
  }
  return variables.object;
}
