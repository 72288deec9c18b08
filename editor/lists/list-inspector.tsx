import { Link } from '../app/link.tsx';
import { type ListKind, pathToAddress } from '../app/route.ts';
import { SwitchBadge } from '../app/switch-badge.tsx';
import { useNode, useWorkspace } from '../app/workspace-context.ts';
import { simulate } from '../commands/simulate.ts';
import { ResourceInspector } from '../create/resource-inspector.tsx';
import { switchState } from '../state/switch-text.ts';
import { summaryOf } from '../state/traffic-text.ts';
import { Icon } from '../ui/icon.tsx';
import { LevelMark } from '../ui/level.tsx';
import { TrafficChart } from './traffic-chart.tsx';

/** What there is to know and to set of the chosen row. */
export function ListInspector({ kind, address }: { kind: ListKind; address: string | null }) {
  if (address === null)
    return (
      <div className="empty">
        <p>Choose a {kind} or an operation to see what it does, and what it writes below.</p>
      </div>
    );
  const isOperation = address.split('/').length === 3;
  return (
    <div className="list-inspector">
      {isOperation && <OperationHead address={address} />}
      <Lately address={address} />
      {!isOperation && <ResourceInspector name={address} />}
    </div>
  );
}

function OperationHead({ address }: { address: string }) {
  const node = useNode(address);
  const { run } = useWorkspace();
  return (
    <header className="li-head">
      <div className="row">
        <b className="cut grow">{node?.title ?? address.split('/')[2]}</b>
        {node && (
          <button type="button" className="btn btn-s" onClick={() => run(simulate, node)}>
            <Icon name="play" size={12} />
            Simulate
          </button>
        )}
        <Link className="btn btn-primary btn-s" href={pathToAddress(address)}>
          Open
        </Link>
      </div>
      <code className="t3 cut">{address}</code>
    </header>
  );
}

/** The last quarter of an hour, and what is recorded. */
function Lately({ address }: { address: string }) {
  const node = useNode(address);
  if (node === undefined) return null;
  const { runs, errors } = summaryOf(node.traffic);
  const { effective, from } = node.logLevel;
  const now = Date.now();
  return (
    <>
      <section className="li-part">
        <h2>Last 15 minutes</h2>
        <dl className="figures">
          <div>
            <dt>{address.startsWith('server/') ? 'Requests' : 'Runs'}</dt>
            <dd>{runs.toLocaleString('en')}</dd>
          </div>
          <div>
            <dt>Errors</dt>
            <dd className={errors > 0 ? 'is-failed' : ''}>{errors.toLocaleString('en')}</dd>
          </div>
        </dl>
        <TrafficChart traffic={node.traffic} />
      </section>
      <section className="li-part">
        <h2>Recording</h2>
        <dl className="recording">
          {(['log', 'capture'] as const).map((name) => (
            <div key={name}>
              <dt>{name === 'log' ? 'Log' : 'Capture'}</dt>
              <dd>
                <SwitchBadge node={node} name={name} isSpoken={false} />
                <span className="t2">{switchState(node, name, now).text}</span>
              </dd>
            </div>
          ))}
          <div>
            <dt>Level</dt>
            <dd>
              <LevelMark level={effective} />
              <span className="t2">
                and above, {from === null ? 'from the settings' : from === address ? 'set here' : `from ${from}`}
              </span>
            </dd>
          </div>
        </dl>
      </section>
    </>
  );
}
