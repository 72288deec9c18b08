import { useWorkspace } from '../app/workspace-context.ts';
import { clearLogs } from '../commands/clear-logs.ts';
import { Confirm } from '../ui/confirm.tsx';

/** Asks before the logs are emptied: that cannot be undone. */
export function ClearDialog({ onClose }: { onClose(): void }) {
  const tools = useWorkspace();
  return (
    <Confirm
      title="Clear the logs?"
      action="Clear Logs"
      onCancel={onClose}
      onConfirm={() => {
        onClose();
        tools.attempt('The logs were not cleared', () => clearLogs(tools));
      }}
    >
      This is not about one node: user.log and usage.log are emptied, the older files and the stored records of all
      nodes go too. Captured runs and the audit trail stay. This cannot be undone.
    </Confirm>
  );
}
