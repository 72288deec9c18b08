import { type ComponentType, lazy } from 'react';
import type { DialogRequest } from '../state/dialog-request.ts';

type Dialogs = {
  [Name in DialogRequest['dialog']]?: ComponentType<{
    request: Extract<DialogRequest, { dialog: Name }>;
    onClose(): void;
  }>;
};

/** The component of each dialog that commands ask for, loaded when it is first asked for. */
const dialogs: Dialogs = {
  'compare-draft': lazy(async () => ({ default: (await import('../drafts/compare-dialog.tsx')).CompareDialog })),
  deploy: lazy(async () => ({ default: (await import('../drafts/deploy-dialog.tsx')).DeployDialog })),
  'command-palette': lazy(async () => ({
    default: (await import('../command-palette/command-palette.tsx')).CommandPalette,
  })),
  shortcuts: lazy(async () => ({ default: (await import('../command-palette/shortcuts.tsx')).Shortcuts })),
  'clear-logs': lazy(async () => ({ default: (await import('../logs/clear-dialog.tsx')).ClearDialog })),
  'log-level': lazy(async () => ({ default: (await import('../logs/level-dialog.tsx')).LevelDialog })),
  'switch-when': lazy(async () => ({ default: (await import('../logs/when-dialog.tsx')).WhenDialog })),
  create: lazy(async () => ({ default: (await import('../create/create-dialog.tsx')).CreateDialog })),
  'create-operation': lazy(async () => ({
    default: (await import('../create/create-operation-dialog.tsx')).CreateOperationDialog,
  })),
  import: lazy(async () => ({ default: (await import('../import/import-dialog.tsx')).ImportDialog })),
};

/** The dialog that is open, if one is. */
export function OpenDialog({ request, onClose }: { request: DialogRequest; onClose(): void }) {
  const Component = dialogs[request.dialog] as ComponentType<{ request: DialogRequest; onClose(): void }> | undefined;
  return Component === undefined ? null : <Component request={request} onClose={onClose} />;
}
