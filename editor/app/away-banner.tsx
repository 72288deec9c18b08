import { Icon } from '../ui/icon.tsx';
import { useProject, useWorkspace } from './workspace-context.ts';

/** Says when the engine is away; gone by itself when it is back. */
export function AwayBanner() {
  const { connection, reason, asOf } = useProject();
  const { project } = useWorkspace();
  const since = asOf === null ? '' : ` What you see is from ${new Date(asOf).toLocaleTimeString('en-GB')}.`;
  return (
    <div role="status">
      {connection === 'away' && (
        <div className="banner">
          <Icon name="warn" />
          <span className="grow">
            <b>The engine is away.</b>
            {reason !== null && ` ${reason}`}
            {since} Trying again every 2 s.
          </span>
          <button type="button" className="btn btn-s" onClick={() => void project.refresh()}>
            Try Now
          </button>
        </div>
      )}
    </div>
  );
}
