import { folders } from '../../document/layout.ts';
import type { Project, Server } from '../../document/types.ts';
import type { Rehearsal } from '../../wire/messages.ts';
import type { ResourceFault } from './refusals.ts';

/** What would not run of a project, at its place in the documents. */
export function faultsOf({ broken, servers }: Rehearsal, project: Project): ResourceFault[] {
  const tls = Object.entries(servers).map(([id, message]) => {
    return { resource: `server/${id}`, pointer: '/tls', message, severity: 'error' as const };
  });
  const operations = Object.entries(broken).map(([address, message]) => {
    const [kind = '', id = '', operation] = address.split('/');
    const owner = (project[folders[kind as 'server']] as ReadonlyMap<string, Server> | undefined)?.get(id);
    const index = owner?.operations.findIndex((candidate) => candidate.id === operation) ?? -1;
    return {
      resource: id === '' ? 'project' : `${kind}/${id}`,
      pointer: index < 0 ? '' : `/operations/${index}`,
      message,
      severity: 'error' as const,
    };
  });
  return [...tls, ...operations];
}
