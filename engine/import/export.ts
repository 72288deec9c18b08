import type { Json } from '../document/types.ts';
import type { ProjectDocuments } from '../wire/messages.ts';
import { currentForm, stopped } from './sluice.ts';

/**
 * A project as text that import takes: the same project gives the same bytes. Lists and variables are in the order of
 * their ids and names; documents keep the order of their keys. Servers are stopped, as they arrive.
 */
export function exportProject(documents: ProjectDocuments, variables: { [name: string]: Json }): string {
  const project = {
    sluice: currentForm,
    apis: sorted(documents.apis),
    servers: sorted(documents.servers).map(stopped),
    services: sorted(documents.services),
    clients: sorted(documents.clients),
    variables: Object.fromEntries(Object.entries(variables).sort(([a], [b]) => order(a, b))),
  };
  return `${JSON.stringify(project, null, 2)}\n`;
}

const sorted = <T extends { id: string }>(list: readonly T[]): T[] => list.toSorted((a, b) => order(a.id, b.id));

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
