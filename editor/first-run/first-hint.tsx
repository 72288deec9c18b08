import { useEffect, useState } from 'react';
import type { NodeAnswer } from '../../engine/control/control.ts';
import type { HttpOperation } from '../../engine/document/types.ts';
import { Link } from '../app/link.tsx';
import { pathTo } from '../app/route.ts';
import { useNode, useProject, useWorkspace } from '../app/workspace-context.ts';
import { useOperation, useSession } from '../canvas/session-context.ts';
import { statusOf } from '../lists/status-dot.tsx';
import { isOn } from '../state/switch-text.ts';
import { Icon } from '../ui/icon.tsx';
import './first-hint.css';
import { endHint, isHintWanted } from './hint-flag.ts';

const everyMs = 2000;

/** The three first steps, on the canvas of the example: each is ticked when the engine has seen it done. */
export function FirstHint() {
  const [isShown, setShown] = useState(isHintWanted);
  const operation = useOperation();
  if (!isShown || operation === undefined || !('method' in operation)) return null;
  const end = (): void => {
    endHint();
    setShown(false);
  };
  return <Steps operation={operation} onEnd={end} />;
}

function Steps({ operation, onEnd }: { operation: HttpOperation; onEnd(): void }) {
  const { say } = useWorkspace();
  const session = useSession();
  const server = useNode(session.address.split('/').slice(0, 2).join('/'));
  const done = useDone(session.address);
  const isListening = server?.server?.state === 'listening';
  const url =
    !isListening || server?.server === undefined
      ? null
      : `http://127.0.0.1:${server.server.port}${operation.path}?name=World`;
  const count = [done.isCalled, done.isLogged, done.isSeen].filter(Boolean).length;
  return (
    <aside className="first-hint" aria-label="The first three steps">
      <header>
        <h2>{count === 3 ? 'That is all it takes' : 'The first three steps'}</h2>
        <button type="button" className="btn btn-quiet btn-icon btn-s" aria-label="Hide These Steps" onClick={onEnd}>
          <Icon name="close" size={14} />
        </button>
      </header>
      <ol>
        <Step isDone={done.isCalled} title="Send a request">
          {url === null ? (
            <>
              <p>
                {server === undefined
                  ? 'The server is not known yet.'
                  : `Its server cannot be called: ${whyNot(server)}.`}
              </p>
              <Link className="btn btn-s" href={pathTo('server', session.address.split('/')[1])}>
                Go To Servers
              </Link>
            </>
          ) : (
            <>
              <pre>{`curl '${url}'`}</pre>
              <div className="row">
                <button
                  type="button"
                  className="btn btn-s"
                  onClick={() => {
                    void navigator.clipboard.writeText(`curl '${url}'`);
                    say('The line is on the clipboard.');
                  }}
                >
                  <Icon name="copy" size={14} />
                  Copy
                </button>
                <a className="btn btn-s" href={url} target="_blank" rel="noreferrer">
                  <Icon name="open" size={14} />
                  Open In A New Tab
                </a>
              </div>
            </>
          )}
        </Step>
        <Step isDone={done.isLogged} title="Switch on a log">
          <p>
            Open the menu of a node on the canvas and choose <b>Log This Action</b>. It counts at once, with no restart.
          </p>
        </Step>
        <Step isDone={done.isSeen} title="See it">
          <p>
            Send the request again.{' '}
            <button type="button" className="link" onClick={() => session.state.setState({ lower: 'logs' })}>
              The Logs tab
            </button>{' '}
            shows what went in and what came out.
          </p>
        </Step>
      </ol>
      {count === 3 && (
        <button type="button" className="btn btn-primary" onClick={onEnd}>
          Done
        </button>
      )}
    </aside>
  );
}

const whyNot = (server: NodeAnswer): string => {
  const { look, text } = statusOf(server);
  return look === 'stopped' ? 'it is stopped' : text.replace(/\.$/, '');
};

const Step = ({ isDone, title, children }: { isDone: boolean; title: string; children: React.ReactNode }) => (
  <li className={isDone ? 'is-done' : undefined}>
    <h3>
      <Icon name={isDone ? 'ok' : 'unchecked'} size={14} />
      {title}
      {isDone && <span className="vh">, done</span>}
    </h3>
    {!isDone && children}
  </li>
);

/** What the engine knows of the three steps. */
function useDone(address: string): { isCalled: boolean; isLogged: boolean; isSeen: boolean } {
  const { api } = useWorkspace();
  const { nodes } = useProject();
  const [isCalled, setCalled] = useState(false);
  const [isSeen, setSeen] = useState(false);
  const logged = [...nodes.values()].find(
    (node) => node.kind === 'action' && node.address.startsWith(`${address}/`) && isOn(node.log.own, Date.now()),
  )?.address;
  const [, server = '', operation = ''] = address.split('/');
  useEffect(() => {
    if (isCalled && isSeen) return;
    // What cannot be asked now is asked again: the hint is no reason to report a failure.
    const ask = async (): Promise<void> => {
      if (!isCalled) {
        const { runs } = await api.get<{ runs: { trigger: string }[] }>(
          `/api/runs?${new URLSearchParams({ server, operation, limit: '5' })}`,
        );
        setCalled(runs.some(({ trigger }) => trigger === 'request'));
      } else if (logged !== undefined) {
        const { records } = await api.get<{ records: unknown[] }>(
          `/api/logs?node=${encodeURIComponent(logged)}&limit=1`,
        );
        setSeen(records.length > 0);
      }
    };
    const timer = setInterval(() => void ask().catch(() => {}), everyMs);
    return () => clearInterval(timer);
  }, [api, server, operation, isCalled, isSeen, logged]);
  return { isCalled, isLogged: logged !== undefined, isSeen };
}
