import type { ResourceKind } from '../../engine/document/types.ts';
import { useCommands } from '../app/use-commands.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { exportProject } from '../import/export-project.ts';

const made: readonly { kind: ResourceKind; label: string; keywords: string }[] = [
  { kind: 'server', label: 'New Server…', keywords: 'add create http schedule port' },
  { kind: 'api', label: 'New API…', keywords: 'add create openapi swagger' },
  { kind: 'service', label: 'New Service…', keywords: 'add create function reuse' },
  { kind: 'client', label: 'New Client…', keywords: 'add create connection database' },
];

/** The commands that make something new, and take projects in and out. */
export function CreateCommands() {
  const tools = useWorkspace();
  const { ask, attempt, whyNot } = tools;
  useCommands(
    () => [
      ...made.map(({ kind, label, keywords }) => ({
        id: `new-${kind}`,
        icon: kind,
        label,
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
    [tools],
  );
  return null;
}
