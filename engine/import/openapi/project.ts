import { sameJson } from '../../document/difference.ts';
import { found, quote } from '../../document/found.ts';
import type { Api, Json, Server } from '../../document/types.ts';
import type { ProjectDocuments } from '../../wire/messages.ts';
import type { Converted } from '../converted.ts';
import { toId } from '../ids.ts';
import { Report } from '../report.ts';
import { Source } from '../source.ts';
import { ImportFault } from '../types.ts';
import { stubs } from './operations.ts';
import { resolve } from './resolve.ts';

/**
 * An OpenAPI 3 document as an API and a server of stubs, which answer with the document's own examples.
 * @throws ImportFault for a version that this does not read
 */
export function convertOpenapi(
  root: Source,
  name: string | undefined,
  existing: ProjectDocuments | undefined,
): Converted {
  const version = root.at('openapi');
  if (!/^3\.[01](?:\.|$)/.test(version.text ?? '')) {
    const what = `"openapi" must be 3.0 or 3.1, found ${quote(version.text ?? '')}. Convert the document first.`;
    throw ImportFault.at('/openapi', what);
  }
  if (root.at('paths').value !== undefined && root.at('paths').object === undefined) {
    throw ImportFault.at('/paths', '"paths" must be an object of paths.');
  }
  const report = new Report();
  const origins = new Map<string, string>();
  const title = root.at('info').at('title').filled;
  const description = root.at('info').at('description').filled;
  const id = toId((title ?? name?.replace(/\.[^.]*$/, '') ?? 'api').toLowerCase(), 'api');
  const api: Api = {
    schema: 1,
    id,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    openapi: root.object ?? {},
  };
  const node = `server/${id}`;
  origins.set(node, '').set(`api/${id}`, '');
  const operations = stubs(root, node, report, origins);
  const outside = leadsOut(root, root);
  if (outside !== undefined) {
    report.warn(
      node,
      outside,
      `The reference ${found(outside.value)} leads to nothing in this document, so requests cannot be checked against it; the server is not linked to the API. Bundle the document into one.`,
    );
  }
  warnOfRest(root, node, report);
  const server: Server = {
    schema: 1,
    id,
    type: 'http',
    ...(title !== undefined && { title }),
    active: false,
    port: portOf(root, id, existing),
    ...(outside === undefined && { api: id }),
    operations,
  };
  return { documents: { apis: [api], servers: [server], services: [], clients: [] }, variables: {}, report, origins };
}

function warnOfRest(root: Source, node: string, report: Report): void {
  if (!root.at('webhooks').isEmpty)
    report.warn(node, root.at('webhooks'), 'Webhooks are kept in the API only; there are no stubs for them.');
  if (!root.at('security').isEmpty)
    report.warn(
      node,
      root.at('security'),
      'The stubs answer without checking who calls: "security" is kept in the API only.',
    );
  for (const server of root.at('servers').items) {
    const path = urlOf(server)?.pathname.replace(/\/+$/, '') ?? '';
    if (path === '') continue;
    report.warn(node, server.at('url'), `The stubs have the paths of the document, without ${quote(path)} in front.`);
  }
}

/**
 * The port of a server on this machine that the document names, else the first free one from 8080 on. A server that is
 * there keeps its port, which may have been chosen by hand or while another was taken, unless the document it came from
 * named other ports than this one: the same document gives the same server each time.
 */
function portOf(root: Source, id: string, existing: ProjectDocuments | undefined): number {
  const servers = existing?.servers ?? [];
  const named = portsOf(root);
  const former = servers.find((server) => server.id === id);
  if (former?.port !== undefined && sameJson(named, portsOf(Source.root(formerDocument(id, existing))))) {
    return former.port;
  }
  const taken = new Set(servers.filter((server) => server.id !== id).map(({ port }) => port));
  let port = 8080;
  while (taken.has(port)) port++;
  return named.find((each) => !taken.has(each)) ?? port;
}

const formerDocument = (id: string, existing: ProjectDocuments | undefined): Json =>
  existing?.apis.find((api) => api.id === id)?.openapi ?? {};

/** Ports on this machine that the document names, in its order. */
const portsOf = (root: Source): number[] =>
  root.at('servers').items.flatMap((server) => {
    const url = urlOf(server);
    const isHere = url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
    return isHere && Number(url.port) > 0 ? [Number(url.port)] : [];
  });

function urlOf(server: Source): URL | undefined {
  const text = server.at('url').text?.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const { value } = server.at('variables').at(name).at('default');
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  });
  try {
    return text === undefined ? undefined : new URL(text, 'http://relative.invalid');
  } catch {
    return undefined;
  }
}

/** The first reference that cannot be followed. Examples are data and may hold anything. */
function leadsOut(source: Source, root: Source): Source | undefined {
  for (const item of source.items) {
    const found = leadsOut(item, root);
    if (found !== undefined) return found;
  }
  if (source.at('$ref').text !== undefined && resolve(root, source) === undefined) return source.at('$ref');
  for (const [key, member] of source.members) {
    if (
      key === 'example' ||
      key === 'examples' ||
      key === 'default' ||
      key === 'enum' ||
      key === 'const' ||
      key.startsWith('x-')
    )
      continue;
    const found = leadsOut(member, root);
    if (found !== undefined) return found;
  }
  return undefined;
}
