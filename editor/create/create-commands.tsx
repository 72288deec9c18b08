import type { ResourceKind } from '../../engine/document/types.ts';
import type { Place } from '../app/route.ts';
import { useCommands } from '../app/use-commands.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { newOperation } from '../commands/new-operation.ts';
import { exportProject } from '../import/export-project.ts';

const made: readonly { kind: ResourceKind; label: string; keywords: string }[] = [
  { kind: 'server', label: 'New Server…', keywords: 'add create http schedule port' },
  { kind: 'api', label: 'New API…', keywords: 'add create openapi swagger' },
  { kind: 'service', label: 'New Service…', keywords: 'add create function reuse' },
  { kind: 'client', label: 'New Client…', keywords: 'add create connection database' },
];

/** The commands that make something new where one is, and take projects in and out. */
export function CreateCommands({ place }: { place: Place }) {
  const tools = useWorkspace();
  const { ask, attempt, whyNot } = tools;
  const listed = place.screen === 'list' ? place.kind : null;
  const resource = resourceAt(place);
  useCommands(
    () => [
      ...(resource === null
        ? []
        : [
            {
              id: newOperation.id,
              icon: newOperation.icon,
              label: 'New Operation…',
              group: 'Create',
              keywords: 'add create route endpoint',
              note: resource,
              whyNot: () => whyNot('edit'),
              perform: () => ask({ dialog: 'create-operation', resource }),
            },
          ]),
      ...made.map(({ kind, label, keywords }) => ({
        id: `new-${kind}`,
        icon: kind,
        label,
        ...(kind === listed && { keys: ['N'] }),
        group: 'Create',
        keywords,
        whyNot: () => whyNot('edit'),
        perform: () => ask({ dialog: 'create', kind }),
      })),
      {
        id: 'import',
        icon: 'import',
        label: 'Import…',
        group: 'Project',
        keywords: 'upload openapi autoflow restore file',
        whyNot: () => whyNot('edit'),
        perform: () => ask({ dialog: 'import' }),
      },
      {
        id: 'export-project',
        icon: 'upload',
        label: 'Export Project',
        group: 'Project',
        keywords: 'download backup save file',
        whyNot: () => whyNot('view'),
        perform: () => attempt('The project was not exported', () => exportProject(tools)),
      },
    ],
    [tools, listed, resource],
  );
  return null;
}

/** The server, service or client that is open or whose operation is, as in `server/hello`. */
function resourceAt(place: Place): string | null {
  if (place.screen === 'operation') return `${place.kind}/${place.resource}`;
  return place.screen === 'list' && place.open !== undefined ? `${place.kind}/${place.open}` : null;
}
