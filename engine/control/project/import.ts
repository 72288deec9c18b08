import type { CheckContext } from '../../document/check-context.ts';
import { sameJson } from '../../document/difference.ts';
import { folders, resourceKinds } from '../../document/layout.ts';
import type { Json, Resource } from '../../document/types.ts';
import type { ImportWarning } from '../../import/types.ts';
import { documentsOf } from '../../wire/messages.ts';
import { ControlFault } from '../control.ts';
import type { Variables } from '../variables.ts';
import { readApart } from './read-apart.ts';
import { nameOf, type Revision, variablesName } from './revision.ts';
import type { ProjectStore } from './store.ts';

export interface ImportOptions {
  /** Replace what is there under the same id and different. */
  replace: boolean;
  /** Name of the file, for ids and titles of what has none. */
  name?: string;
  user: string;
  context: CheckContext;
}

/** What came of an import. */
export interface Imported {
  /** Names of everything that the text held: `server/hello`, `api/pets`, `variables`. */
  imported: string[];
  /** Those of them that were there already, just so. */
  unchanged: string[];
  /** What could not be carried over, item by item. */
  warnings: ImportWarning[];
  /** null when everything was there already. */
  revision: Revision | null;
}

/**
 * Takes a project of Sluice, a configuration of API AutoFlow or an OpenAPI document into a project: all of it in one step,
 * or nothing. Servers arrive stopped; one that is there already, just so, goes on as it is.
 * @throws ImportFault when the text cannot be used
 * @throws ControlFault 409 when something different is there under the same id, unless `replace`
 */
export async function importInto(
  store: ProjectStore,
  variables: Variables,
  text: string,
  { replace, name, user, context }: ImportOptions,
): Promise<Imported> {
  const read = await readApart(text, {
    ...(name !== undefined && { name }),
    context,
    existing: documentsOf(store.documents),
  });
  const imported: string[] = [];
  const unchanged: string[] = [];
  const committed = await store.change(
    () => {
      const changes = new Map<string, Json>();
      const conflicts: string[] = [];
      for (const kind of resourceKinds) {
        for (const document of read.documents[folders[kind]] as Resource[]) {
          const key = nameOf(kind, document.id);
          const current = store.get(kind, document.id);
          imported.push(key);
          if (current !== undefined && sameJson(stopped(current), stopped(document))) unchanged.push(key);
          else {
            if (current !== undefined) conflicts.push(key);
            changes.set(key, document as unknown as Json);
          }
        }
      }
      const given = Object.entries(read.variables);
      const known = variables.all();
      if (given.length > 0) {
        imported.push(variablesName);
        const different = given.filter(
          ([key, value]) => Object.hasOwn(known, key) && !sameJson(known[key] as Json, value),
        );
        conflicts.push(...different.map(([key]) => `${variablesName}/${key}`));
        changes.set(variablesName, { ...known, ...read.variables });
      }
      if (conflicts.length > 0 && !replace) throw conflict(conflicts);
      return changes;
    },
    { user, action: 'import', message: name ?? null },
  );
  return { imported, unchanged, warnings: read.warnings, revision: committed.revision };
}

/** A document without what differs only in whether it runs. */
function stopped(document: Resource): Json {
  const { active: _, ...rest } = document as unknown as { [key: string]: Json };
  return rest;
}

const conflict = (names: readonly string[]): ControlFault =>
  new ControlFault(
    409,
    `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} there already, and different. Nothing was imported. Import with replace=true to replace them (the history keeps what they were), or rename them first.`,
    { field: 'replace', members: { conflicts: names } },
  );
