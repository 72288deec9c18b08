import { Icon } from '../ui/icon.tsx';
import { useProject, useWorkspace } from './workspace-context.ts';

export function StatusBar() {
  const { connection, servers, nodes } = useProject();
  const { ask } = useWorkspace();
  const states = servers.map(({ id }) => nodes.get(`server/${id}`)?.server?.state);
  const listening = states.filter((state) => state === 'listening').length;
  const failed = states.filter((state) => state === 'failed').length;
  return (
    <footer className="status">
      {connection === 'connected' && (
        <>
          <span className="st-ok">
            <Icon name="ok" size={12} />
            Engine connected
          </span>
          <span>
            {listening} of {states.length} servers listening
          </span>
          {failed > 0 && <span className="is-failed">{failed} failed</span>}
        </>
      )}
      {connection === 'connecting' && <span>Connecting to the engine…</span>}
      {connection === 'away' && <span className="is-warn">Engine away</span>}
      <span className="grow" />
      <button type="button" onClick={() => ask({ dialog: 'shortcuts' })}>
        ? Shortcuts
      </button>
    </footer>
  );
}
