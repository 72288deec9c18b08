import { sameJson } from '../../document/difference.ts';
import { folders, resourceKinds } from '../../document/layout.ts';
import type { Json, Project } from '../../document/types.ts';
import { type Change, nameOf, parseName } from './revision.ts';

/** The documents with changes made to them; the project that is given stays as it is. */
export function projectWith(project: Project, changes: readonly Change[]): Project {
  const next: Project = {
    apis: new Map(project.apis),
    servers: new Map(project.servers),
    services: new Map(project.services),
    clients: new Map(project.clients),
  };
  for (const { resource, after } of changes) {
    const parsed = parseName(resource);
    if (parsed === undefined) continue;
    const documents = next[folders[parsed.kind]] as Map<string, unknown>;
    if (after === null) documents.delete(parsed.id);
    else documents.set(parsed.id, after);
  }
  return next;
}

/** What is different from one state of the documents to another, by kind and name. */
export function changesBetween(before: Project, after: Project): Change[] {
  return resourceKinds.flatMap((kind) => {
    const olds = before[folders[kind]] as ReadonlyMap<string, unknown>;
    const news = after[folders[kind]] as ReadonlyMap<string, unknown>;
    return [...new Set([...olds.keys(), ...news.keys()])].flatMap((id) => {
      const [old, now] = [(olds.get(id) ?? null) as Json, (news.get(id) ?? null) as Json];
      return sameJson(old, now) ? [] : [{ resource: nameOf(kind, id), before: old, after: now }];
    });
  });
}
