import type { CheckContext } from '../../document/check-context.ts';
import { found, quote } from '../../document/found.ts';
import type { Client, Json, Server, Service } from '../../document/types.ts';
import type { ProjectDocuments } from '../../wire/messages.ts';
import type { Converted } from '../converted.ts';
import { Names, toId } from '../ids.ts';
import { Report } from '../report.ts';
import type { Source } from '../source.ts';
import { convertApi } from './api.ts';
import type { Shared } from './around.ts';
import { convertClient, topicOf } from './client.ts';
import { type Entry, type EntryKind, References } from './references.ts';
import { convertServer } from './server.ts';
import { convertService, namedOperations } from './service.ts';
import { convertValue } from './value.ts';
import { addVariables, holdsVariables } from './variables.ts';
import { currentVersion } from './versions.ts';

/** A resource of the configuration with the version that is taken. */
interface Found {
  readonly kind: EntryKind;
  readonly source: Source;
  readonly content: Source;
  readonly entry: Entry;
}

const lists: readonly [string, EntryKind][] = [
  ['API', 'api'],
  ['Server', 'server'],
  ['Process', 'server'],
  ['Service', 'service'],
  ['Client', 'client'],
];

/** A configuration exported by API AutoFlow 3, as documents of ours. */
export function convertAutoflow(
  root: Source,
  context: CheckContext,
  existing: ProjectDocuments | undefined,
): Converted {
  const report = new Report();
  const references = new References(existing);
  const origins = new Map<string, string>();
  const shared: Shared = { report, context, references, origins, convert: convertValue };
  warnOfProduct(root, report);
  const all = findResources(root, shared);
  const documents: ProjectDocuments = { apis: [], servers: [], services: [], clients: [] };
  const contents = new Map<string, Source>();
  for (const { kind, source, content, entry } of all) {
    if (kind !== 'api') continue;
    const api = convertApi(entry.id, content, report);
    const name = nameOf(source) ?? '';
    if (api === undefined) references.entries.api.delete(name);
    else {
      documents.apis.push(api);
      if (!contents.has(name)) contents.set(name, content);
    }
  }
  // What is about to be replaced does not stand in its own way.
  const replaced = new Set(all.flatMap(({ kind, entry }) => (kind === 'server' ? [entry.id] : [])));
  const ports = new Map(
    (existing?.servers ?? []).flatMap(({ id, port }) => (port && !replaced.has(id) ? [[port, `server/${id}`]] : [])),
  );
  const outside = { ports, apiContent: (name: string) => contents.get(name) };
  const secrets = new Names();
  for (const { kind, source, content, entry } of all) {
    if (kind === 'server') documents.servers.push(convertServer(entry.id, content, outside, shared) satisfies Server);
    else if (kind === 'service') documents.services.push(convertService(entry, content, shared) satisfies Service);
    else if (kind === 'client')
      documents.clients.push(convertClient(entry, source.at('type'), content, secrets, shared) satisfies Client);
  }
  const variables = new Map<string, Json>();
  readSettings(root, variables, report);
  return { documents, variables: Object.fromEntries(variables), report, origins };
}

function warnOfProduct(root: Source, report: Report): void {
  const version = root.at('$product').at('version');
  if (version.filled !== undefined && !/^v?3(?:\.|$)/.test(version.filled)) {
    report.warn(
      null,
      version,
      `The configuration is of version ${quote(version.filled)}, and this reads version 3; see what did not fit.`,
    );
  }
}

const nameOf = (source: Source): string | undefined => source.at('id').filled;

/** Every resource with its new id, before any is converted: references may lead forward. */
function findResources(root: Source, { references, report, origins }: Shared): Found[] {
  const names: Record<EntryKind, Names> = {
    api: new Names(),
    server: new Names(),
    service: new Names(),
    client: new Names(),
  };
  const all: Found[] = [];
  for (const [key, listKind] of lists) {
    const list = root.at(key);
    if (list.value !== undefined && !Array.isArray(list.value) && !list.isEmpty) {
      report.warn(null, list, `${quote(key)} must be an array of resources; it is left out.`);
    }
    for (const source of list.items) {
      const name = nameOf(source);
      if (name === undefined) {
        report.warn(null, source, `An entry of ${quote(key)} needs an id; it is left out.`);
        continue;
      }
      const kind = key === 'Process' && !isServer(source) ? 'client' : listKind;
      if (kind === 'server' && !isHttp(source, report)) continue;
      const id = names[kind].give(toId(name, kind));
      const node = `${kind}/${id}`;
      if (id !== name)
        report.warn(
          node,
          source.at('id'),
          `The id ${quote(name)} ${references.entries[kind].has(name) ? 'is there twice' : 'is none here'}; it becomes ${quote(id)}.`,
        );
      for (const [member, value] of source.members) {
        if (['id', 'type', 'version', 'currentVersion', '__struct__'].includes(member) || value.isEmpty) continue;
        if (source.at('version').object === undefined) continue;
        report.warn(node, value, `${quote(member)} of a resource has no counterpart; it is left out.`);
      }
      const { content, version } = currentVersion(source, node, report);
      const entry: Entry = { id, version, operations: operationIds(kind, content) };
      if (!references.entries[kind].has(name)) references.entries[kind].set(name, entry);
      origins.set(node, source.pointer);
      all.push({ kind, source, content, entry });
    }
  }
  return all;
}

/** Older configurations list clients among the processes: those have no HTTP operations and are not of the type http. */
function isServer(source: Source): boolean {
  const type = source.at('type').filled;
  if (type === 'http') return true;
  if (type !== undefined && ['tcp', 'udp', 'websocket'].includes(type)) return true;
  const versions = source.at('version').members.map(([, content]) => content);
  return versions.some((content) => content.at('events').items.some((event) => event.at('event').object !== undefined));
}

function isHttp(source: Source, report: Report): boolean {
  const type = source.at('type');
  if (type.value === 'http') return true;
  if (type.isEmpty) {
    report.warn(
      `server/${toId(nameOf(source) ?? '', 'server')}`,
      source,
      'The server has no type; it is taken as "http".',
    );
    return true;
  }
  report.warn(
    null,
    source,
    `The server ${quote(nameOf(source) ?? '')} is of the type ${found(type.value)}, which cannot be run; it is left out with its operations.`,
  );
  return false;
}

function operationIds(kind: EntryKind, content: Source): Map<string, string> {
  const names = new Names();
  const ids = new Map<string, string>();
  const wanted =
    kind === 'service'
      ? namedOperations(content)
          .filter(([, { object }]) => object !== undefined)
          .map(([name]) => name)
      : kind === 'client'
        ? content.at('events').items.map((event) => topicOf(event.at('event')) ?? '')
        : [];
  for (const name of wanted) if (name !== '' && !ids.has(name)) ids.set(name, names.give(toId(name, 'operation')));
  return ids;
}

function readSettings(root: Source, variables: Map<string, Json>, report: Report): void {
  for (const [key, member] of root.members) {
    if (key === '$product' || key === '__struct__' || lists.some(([name]) => name === key) || member.isEmpty) continue;
    if (key === 'settings') {
      for (const [name, setting] of member.members) {
        if (holdsVariables(name)) addVariables(setting, variables, report);
        else if (!setting.isEmpty)
          report.warn(
            null,
            setting,
            `The setting ${quote(name)} has no counterpart; it is left out. See the settings of this installation.`,
          );
      }
      if (member.object === undefined) report.warn(null, member, 'The settings must be an object; they are left out.');
    } else if (holdsVariables(key)) addVariables(member, variables, report);
    else report.warn(null, member, `${quote(key)} has no counterpart; it is left out.`);
  }
}
