import type { ResourceKind } from './types.ts';

/** Kinds of resource in the order they are read. */
export const resourceKinds = ['api', 'server', 'service', 'client'] as const satisfies readonly ResourceKind[];

/** Their folders below the data folder, which are also their names in the control API. */
export const folders = {
  api: 'apis',
  server: 'servers',
  service: 'services',
  client: 'clients',
} as const satisfies Record<ResourceKind, string>;

/** The file of a resource, relative to the data folder: `servers/hello.json`. */
export const fileOf = (kind: ResourceKind, id: string): string => `${folders[kind]}/${id}.json`;

/** The kind whose folder has this name. */
export const kindOfFolder = (folder: string): ResourceKind | undefined =>
  resourceKinds.find((kind) => folders[kind] === folder);
