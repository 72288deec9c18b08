import type { HostProject, ResourceName } from '../../actions/kit/define.ts';
import type { Plain } from '../../actions/kit/fields.ts';
import { folders } from '../document/layout.ts';
import type { Project } from '../document/types.ts';

/** The documents of one version of the project, as actions see them. */
export function projectFace(project: Project): HostProject {
  const of = (kind: ResourceName) =>
    project[folders[kind]] as ReadonlyMap<string, unknown> as ReadonlyMap<string, Plain>;
  return {
    list: (kind) => [...of(kind).values()],
    find: (kind, id) => of(kind).get(id),
  };
}
