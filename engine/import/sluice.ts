import { isId } from '../document/address.ts';
import { checkDocument } from '../document/check.ts';
import type { CheckContext } from '../document/check-context.ts';
import { alternatives, found, quote } from '../document/found.ts';
import { folders, resourceKinds } from '../document/layout.ts';
import { didYouMean } from '../document/nearest.ts';
import type { Json, Resource, Server } from '../document/types.ts';
import type { ProjectDocuments } from '../wire/messages.ts';
import { addressAt } from './address-at.ts';
import { bareKind } from './kind.ts';
import type { Source } from './source.ts';
import { ImportFault, type ImportRemark, type ImportResult } from './types.ts';

/** The form of exports that this version writes and reads. */
export const currentForm = 1;

/**
 * A project exported by Sluice, or one of its resources. Everything is kept as it is but for servers, which are stopped.
 * @throws ImportFault with everything that is wrong
 */
export function readSluice(root: Source, context: CheckContext): Omit<ImportResult, 'kind'> {
  const documents: ProjectDocuments = { apis: [], servers: [], services: [], clients: [] };
  const warnings: ImportRemark[] = [];
  const wrong: ImportRemark[] = [];
  const lists = listsOf(root, wrong);
  for (const kind of resourceKinds) {
    const ids = new Map<string, Source>();
    for (const source of lists[folders[kind]]) {
      const document = source.value as unknown as Resource;
      const id = source.at('id').value;
      for (const { severity, pointer, message } of checkDocument(kind, source.value, { ...context, file: '' })) {
        const resource = isId(id) ? addressAt(kind, document, pointer) : null;
        (severity === 'error' ? wrong : warnings).push({ resource, pointer: source.pointer + pointer, message });
      }
      if (!isId(id)) continue;
      const former = ids.get(id);
      if (former !== undefined) {
        const message = `The id ${quote(id)} is already that of the ${kind} at ${former.pointer}. Rename one.`;
        wrong.push({ resource: `${kind}/${id}`, pointer: source.at('id').pointer, message });
      }
      ids.set(id, source);
      (documents[folders[kind]] as Resource[]).push(kind === 'server' ? stopped(document as Server) : document);
    }
  }
  const variables = variablesOf(root, wrong);
  if (wrong.length > 0) throw new ImportFault(wrong);
  return { documents, variables, warnings };
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

function listsOf(root: Source, wrong: ImportRemark[]): Lists {
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
    throw ImportFault.at('/sluice', `"sluice" must be ${currentForm}, found ${found(object.sluice)}.${remedy}`);
  }
  const names = Object.values(folders);
  for (const [key, member] of root.members) {
    if (key === 'sluice' || key === 'variables') continue;
    const name = names.find((each) => each === key);
    if (name === undefined) {
      const known = ['sluice', ...names, 'variables'];
      const remedy = `Allowed are ${alternatives(known)}.${didYouMean(key, known)}`;
      wrong.push(at(member, `An export must not have the key ${quote(key)}. ${remedy}`));
    } else if (!Array.isArray(member.value)) {
      wrong.push(at(member, `${quote(key)} must be an array of documents, found ${found(member.value)}.`));
    } else lists[name] = member.items;
  }
  return lists;
}

function variablesOf(root: Source, wrong: ImportRemark[]): { [name: string]: Json } {
  const isExport = Object.hasOwn(root.object ?? {}, 'sluice');
  const variables = root.at('variables');
  if (!isExport || variables.value === undefined) return {};
  if (variables.object === undefined) {
    wrong.push(at(variables, `"variables" must be an object of names and values, found ${found(variables.value)}.`));
  }
  return variables.object ?? {};
}

const at = ({ pointer }: Source, message: string): ImportRemark => ({ resource: null, pointer, message });
