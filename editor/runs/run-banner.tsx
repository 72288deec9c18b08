import { lazy, Suspense } from 'react';
import { useWorkspace } from '../app/workspace-context.ts';
import { useOperation, useSession, useSessionState } from '../canvas/session-context.ts';
import { paneRequest } from '../state/pane-request.ts';
import { runDeskOf } from '../state/run-desk.ts';
import { failureOf } from '../state/run-failure.ts';
import type { ShownRun } from '../state/shown-run.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { endOf } from './expected.ts';
import { runActions } from './run-actions.ts';
import { saveAsExpected } from './save-simulation.ts';
import { useRunDesk } from './use-run-desk.ts';
import { msInWords, stateIcons, timeInWords } from './words.ts';

const OutsideDialog = lazy(async () => ({ default: (await import('./outside-dialog.tsx')).OutsideDialog }));

/** Above the canvas: which run it shows, how that ended, and what can be done with it. */
export function RunBanner() {
  const run = useSessionState((state) => state.run);
  const asking = useRunDesk((state) => state.asking);
  return (
    <>
      {run !== null && <Shown run={run} />}
      {asking !== null && (
        <Suspense>
          <OutsideDialog question={asking} />
        </Suspense>
      )}
    </>
  );
}

function Shown({ run }: { run: ShownRun }) {
  const session = useSession();
  const tools = useWorkspace();
  const clear = (): void => session.show(null);
  const own = runActions(session, tools, run);
  const simulation = useOperation()?.simulations?.find(({ id }) => id === run.simulation);
  const { words, tone, differs } = endOf(simulation, run);
  return (
    <section className={`run-banner run-${tone}`} aria-label="Run on the canvas">
      <Icon name={differs ? 'failed' : tone === 'ok' ? 'ok' : stateIcons[run.state]} />
      <p className="grow cut">
        <b>{words}</b>
        <Where run={run} />
        {run.upTo !== undefined && ` as far as ${run.upTo}`}
        {run.state === 'failed' && run.status !== undefined && `, answered ${run.status}`}
        {run.ms !== null && `, after ${msInWords(run.ms)}`}
        {run.kind === 'captured' && run.begin !== null && `, at ${timeInWords(run.begin)}`}
        {run.lacks !== undefined && <span className="t2">. {run.lacks}</span>}
      </p>
      {differs && (
        <button
          type="button"
          className="btn btn-s"
          onClick={() => {
            runDeskOf(session).setState({ chosen: run.simulation ?? null });
            paneRequest.setState({ address: session.address, upper: 'simulation' }, true);
          }}
        >
          Show Differences
        </button>
      )}
      {run.kind === 'simulation' && run.upTo === undefined && (
        <button type="button" className="btn btn-s" onClick={() => saveAsExpected(session, run, tools)}>
          Save As Test
        </button>
      )}
      {run.kind === 'captured' && (
        <Menu label="What can be done with this run" groups={own}>
          <button type="button" className="btn btn-s">
            Use This Run
            <Icon name="down" size={12} />
          </button>
        </Menu>
      )}
      <button type="button" className="btn btn-quiet btn-s" onClick={clear}>
        Clear
      </button>
    </section>
  );
}

/** ` at stock, item 2 of 3`, with a way there. */
function Where({ run }: { run: ShownRun }) {
  const session = useSession();
  const place = failureOf(run);
  if (place === null) return null;
  const { id, item, within } = place;
  return (
    <>
      {id !== null && (
        <>
          {' at '}
          <button
            type="button"
            className="link mono"
            onClick={() => session.state.setState({ selected: [id], iterations: place.iterations, lower: 'trace' })}
          >
            {id}
          </button>
        </>
      )}
      {item !== null && `, item ${item.number.toLocaleString('en')} of ${item.of.toLocaleString('en')}`}
      {within !== null && (
        <>
          , in <code className="mono">{within}</code>
        </>
      )}
    </>
  );
}
