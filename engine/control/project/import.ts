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
  /** Those of them that took the place of something different. */
  replaced: string[];
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
  const replaced: string[] = [];
  const unchanged: string[] = [];
  const committed = await store.change(
    () => {
      const changes = new Map<string, Json>();
      for (const kind of resourceKinds) {
        for (const document of read.documents[folders[kind]] as Resource[]) {
          const key = nameOf(kind, document.id);
          const current = store.get(kind, document.id);
          imported.push(key);
          if (current !== undefined && sameJson(stopped(current), stopped(document))) unchanged.push(key);
          else {
            if (current !== undefined) replaced.push(key);
            changes.set(key, document as unknown as Json);
          }
        }
      }
      const conflicts = [...replaced];
      const given = Object.entries(read.variables);
      const known = variables.all();
      if (given.length > 0) {
        imported.push(variablesName);
        const others = given.filter(
          ([key, value]) => !Object.hasOwn(known, key) || !sameJson(known[key] ?? null, value),
        );
        const different = others.filter(([key]) => Object.hasOwn(known, key));
        if (different.length > 0) replaced.push(variablesName);
        else if (others.length === 0) unchanged.push(variablesName);
        conflicts.push(...different.map(([key]) => `${variablesName}/${key}`));
        if (others.length > 0) changes.set(variablesName, { ...known, ...read.variables });
      }
      if (conflicts.length > 0 && !replace) throw conflict(conflicts);
      return changes;
    },
    { user, action: 'import', message: name ?? null },
  );
  return { imported, replaced, unchanged, warnings: read.warnings, revision: committed.revision };
}

/** A document without what differs only in whether it runs. */
function stopped(document: Resource): Json {
  const { active: _, ...rest } = document as unknown as { [key: string]: Json };
  return rest;
}

/** Why nothing was imported, and what to do. `flag` is how whoever asked says that they mean it. */
export function conflictText(names: readonly string[], flag: string): string {
  const [are, them, they] = names.length === 1 ? ['is', 'it', 'it was'] : ['are', 'them', 'they were'];
  return `${names.join(', ')} ${are} there already, and different. Nothing was imported. Import with ${flag} to replace ${them} (the history keeps what ${they}), or rename ${them} first.`;
}

const conflict = (names: readonly string[]): ControlFault =>
  new ControlFault(409, conflictText(names, 'replace=true'), { field: 'replace', members: { conflicts: names } });
