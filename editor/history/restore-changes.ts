import type { ChangeAnswer } from '../../engine/control/project/revision.ts';

/** What a restore would do to a resource: put one there again, take one away, or put back what was changed. */
export interface RestoreChange {
  /** As in `server/hello`; or `variables`. */
  resource: string;
  kind: ChangeAnswer['kind'];
}

/** The engine's settings are no part of the project: a restore leaves them as they are. */
const leftAlone = 'settings';

/**
 * What putting the project back would change, by resource: the opposite of all that came later.
 * @param later the changes of every later revision, newest first
 */
export function restoreChanges(
  later: readonly { changes: readonly Pick<ChangeAnswer, 'resource' | 'kind'>[] }[],
): RestoreChange[] {
  const found = new Map<string, { first: ChangeAnswer['kind']; last: ChangeAnswer['kind'] }>();
  for (const { changes } of later)
    for (const { resource, kind } of changes)
      if (resource !== leftAlone) found.set(resource, { first: kind, last: found.get(resource)?.last ?? kind });
  return [...found]
    .flatMap(([resource, { first, last }]): RestoreChange[] => {
      const [wasThere, isThere] = [first !== 'added', last !== 'removed'];
      if (!wasThere && !isThere) return [];
      return [{ resource, kind: wasThere ? (isThere ? 'changed' : 'added') : 'removed' }];
    })
    .sort((a, b) => (a.resource < b.resource ? -1 : 1));
}
