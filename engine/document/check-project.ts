import { parseAddress } from './address.ts';
import type { CheckContext } from './check-context.ts';
import { walkWorkflow } from './expression.ts';
import { found, quote } from './found.ts';
import { fileOf } from './layout.ts';
import { didYouMean } from './nearest.ts';
import { Place } from './place.ts';
import type { Client, Fault, Json, Operation, Project, ResourceKind, Server, Service } from './types.ts';

/**
 * What is wrong between documents that are each in order: a link to an API that is not there, an address that leads
 * nowhere, two servers on one port. Warnings only, since a run or start that needs them says so itself.
 */
export function checkProject(project: Project, context: CheckContext): Fault[] {
  return checkLinks(project, context, () => true);
}

/** The same for one document of a project. */
export function checkLinksOf(kind: ResourceKind, id: string, project: Project, context: CheckContext): Fault[] {
  const file = fileOf(kind, id);
  const faults = checkLinks(project, context, (candidate) => candidate === file);
  return faults.filter((fault) => fault.file === file);
}

function checkLinks(project: Project, context: CheckContext, isWanted: (file: string) => boolean): Fault[] {
  const faults: Fault[] = [];
  const ports = new Map<string, string>();
  for (const server of project.servers.values()) {
    const place = Place.root(fileOf('server', server.id), faults);
    if (server.api !== undefined && !project.apis.has(server.api)) {
      const near = didYouMean(server.api, project.apis.keys());
      place.at('api').warning(`There is no API ${quote(server.api)}; the server cannot start with it.${near}`);
    }
    checkPort(server, place, ports);
    if (isWanted(fileOf('server', server.id))) checkCalls(server, place, project, context);
  }
  for (const service of project.services.values()) {
    const file = fileOf('service', service.id);
    if (isWanted(file)) checkCalls(service, Place.root(file, faults), project, context);
  }
  for (const client of project.clients.values()) {
    const file = fileOf('client', client.id);
    if (isWanted(file)) checkCalls(client, Place.root(file, faults), project, context);
  }
  return faults;
}

function checkPort(server: Server, place: Place, ports: Map<string, string>): void {
  if (server.type !== 'http' || server.active === false || !server.port) return;
  const listens = `${server.host ?? ''} ${server.port}`;
  const other = ports.get(listens);
  if (other === undefined) ports.set(listens, server.id);
  else
    place
      .at('port')
      .warning(`The port ${server.port} is also that of the server ${quote(other)}; only one of them can start.`);
}

function checkCalls(resource: Server | Service | Client, place: Place, project: Project, context: CheckContext): void {
  const fieldsOf = (action: string) => context.actions?.get(action)?.fields ?? {};
  const check = (owner: Partial<Pick<Operation, 'workflow' | 'onError'>>, at: Place): void => {
    for (const part of ['workflow', 'onError'] as const) {
      const workflow = owner[part];
      if (workflow === undefined) continue;
      walkWorkflow(workflow, {
        verbatim: (action, field) => fieldsOf(action)[field]?.verbatim === true,
        action: ({ action, input = {} }, path) => {
          for (const [name, field] of Object.entries(fieldsOf(action))) {
            if (field.refers !== 'service' && field.refers !== 'client') continue;
            const target = input[name];
            if (leadsNowhere(target, project)) {
              const there = [...path, 'input', name].reduce<Place>((parent, key) => parent.at(key), at.at(part));
              there.warning(`There is nothing at the address ${found(target)}; a run fails when it gets there.`);
            }
          }
        },
      });
    }
  };
  check(resource, place);
  for (const [index, operation] of (resource.operations ?? []).entries())
    check(operation, place.at('operations').at(index));
}

// Anything that is no address of its kind is the document check's to report.
function leadsNowhere(value: Json | undefined, project: Project): boolean {
  const address = typeof value === 'string' ? parseAddress(value) : undefined;
  if (address?.kind === 'client') return !project.clients.has(address.resource);
  if (address?.kind !== 'service' || address.operation === undefined) return false;
  const { resource, operation } = address;
  return !project.services.get(resource)?.operations.some(({ id }) => id === operation);
}
