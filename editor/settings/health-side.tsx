import type { Health } from '../../engine/control/control.ts';
import { useProject, useWorkspace } from '../app/workspace-context.ts';
import { downloadAllLogs } from '../commands/download-logs.ts';
import { Icon } from '../ui/icon.tsx';
import { bytesOf, sizeText } from './size-text.ts';
import { useAsked } from './use-asked.ts';

const everyMs = 5000;

/** What the logs and the store take, how the sinks are, and what was dropped. */
export function HealthSide({ storeMax, filesMax }: { storeMax: unknown; filesMax: unknown }) {
  const tools = useWorkspace();
  const whyNotClear = tools.whyNot('operate');
  const { connection } = useProject();
  const { value: health, failure } = useAsked<Health>('/api/health', everyMs);
  if (health === null)
    return <aside className="side">{failure !== null && <p className="is-failed">{failure}</p>}</aside>;
  const { logs, store } = health;
  return (
    <aside className="side" aria-label="Disk and health">
      <section className="card" aria-label="Disk">
        <h2>Disk</h2>
        <Share
          label="Store"
          used={store.bytes}
          most={bytesOf(storeMax)}
          note={`${store.days} ${store.days === 1 ? 'day' : 'days'} of records, runs and captures`}
        />
        <Share
          label="Log files"
          used={logs.bytes}
          most={bytesOf(filesMax)}
          note="user.log, usage.log and their predecessors"
        />
      </section>
      <section className="card" aria-label="Health">
        <h2>Health</h2>
        <dl className="facts">
          <dt>Files</dt>
          <dd>{state(logs.writable, logs.lastError)}</dd>
          <dt>Store</dt>
          <dd>{state(store.writable, store.lastError)}</dd>
          <dt>Dropped</dt>
          <dd>{dropped(logs.dropped) + dropped(store.dropped)} records</dd>
          <dt>Captures dropped</dt>
          <dd>{store.droppedCaptures}</dd>
          <dt>Waiting</dt>
          <dd>{sizeText(logs.backlog)}</dd>
        </dl>
        <div className="row side-buttons">
          <button
            type="button"
            className="btn btn-s"
            disabled={connection === 'away'}
            onClick={() => tools.attempt('The logs were not downloaded', () => downloadAllLogs(tools))}
          >
            <Icon name="download" size={14} />
            Download Logs
          </button>
          <button
            type="button"
            className="btn btn-s"
            aria-disabled={whyNotClear !== undefined}
            title={whyNotClear}
            onClick={() => whyNotClear === undefined && tools.ask({ dialog: 'clear-logs' })}
          >
            <Icon name="clear" size={14} />
            Clear Logs
          </button>
        </div>
      </section>
    </aside>
  );
}

function Share({ label, used, most, note }: { label: string; used: number; most: number | null; note: string }) {
  return (
    <div className="share">
      <p>
        <b>{sizeText(used)}</b> {most !== null && <span className="t2">of {sizeText(most)}</span>} {label.toLowerCase()}
      </p>
      {most !== null && <meter aria-label={label} min={0} max={most} high={most * 0.9} value={used} />}
      <p className="note">{note}</p>
    </div>
  );
}

const state = (isWritable: boolean, lastError: unknown) =>
  isWritable ? (
    <span className="st-ok">
      <Icon name="ok" size={12} />
      Written
    </span>
  ) : (
    <span className="is-failed">{lastError === null ? 'Cannot be written' : String(lastError)}</span>
  );

const dropped = (counts: { readonly [level: string]: number }): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
