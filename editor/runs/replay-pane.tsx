import { useState } from 'react';
import type { RunHead } from '../../engine/store/run-head.ts';
import { useNode, useWorkspace } from '../app/workspace-context.ts';
import { useSession, useSessionState } from '../canvas/session-context.ts';
import type { ShownRun } from '../state/shown-run.ts';
import { isOn } from '../state/switch-text.ts';
import { Icon } from '../ui/icon.tsx';
import { MenuButton, type MenuGroups } from '../ui/menu.tsx';
import { loadRun, openRun, replayRun } from './replay-run.ts';
import { copyRunId } from './run-actions.ts';
import { saveAsSimulation } from './save-simulation.ts';
import { type RunsFilter, useLatestRuns } from './use-latest-runs.ts';
import { Waterfall } from './waterfall.tsx';
import { msInWords, stateIcons, timeInWords } from './words.ts';

const filters: readonly { id: RunsFilter; label: string }[] = [
  { id: 'all', label: 'All' },
  { id: 'failed', label: 'Failed' },
  { id: 'captured', label: 'Captured' },
];

/** The latest runs of the operation, and what the one on the canvas did. */
export function ReplayPane() {
  const session = useSession();
  const run = useSessionState((state) => state.run);
  const [filter, setFilter] = useState<RunsFilter>('all');
  const { runs, fault } = useLatestRuns(session.address, filter);
  return (
    <div className="replay">
      <section className="replay-runs" aria-label="Latest runs">
        <div className="sim-head">
          <h2>Latest runs</h2>
          <span className="grow" />
          <fieldset className="seg" aria-label="Which runs">
            {filters.map(({ id, label }) => (
              <button key={id} type="button" aria-pressed={filter === id} onClick={() => setFilter(id)}>
                {label}
              </button>
            ))}
          </fieldset>
        </div>
        {fault !== null && <p className="failure">The list is not up to date: {fault}</p>}
        {runs === null ? (
          <p className="note">{fault === null ? 'Loading the runs…' : ''}</p>
        ) : runs.length === 0 ? (
          <NoRuns filter={filter} />
        ) : (
          <ul className="run-list">
            {runs.map((head) => (
              <RunRow key={head.id} head={head} isShown={head.id === run?.id} />
            ))}
          </ul>
        )}
      </section>
      {run !== null && <WhatRan run={run} />}
    </div>
  );
}

const NoRuns = ({ filter }: { filter: RunsFilter }) => (
  <p className="note">
    {filter === 'all'
      ? 'None yet. Runs are listed as requests come in; simulations are not among them.'
      : filter === 'failed'
        ? 'None of the runs that are kept failed.'
        : 'None of the latest runs was captured. Failed runs are, unless the settings say otherwise; Enable Capture keeps the others too.'}
  </p>
);

function WhatRan({ run }: { run: ShownRun }) {
  return (
    <section className="replay-tree" aria-label="What ran">
      <div className="sim-head">
        <h2>{run.kind === 'simulation' ? 'This simulation' : 'This run'}</h2>
        <code className="mono note cut">{run.id}</code>
        <span className="grow" />
        {run.ms !== null && <span className="t2">{msInWords(run.ms)}</span>}
      </div>
      {run.spans.length === 0 ? <NotCaptured run={run} /> : <Waterfall key={run.id} run={run} />}
    </section>
  );
}

/** Says what is not there, and how the next run will have it. */
function NotCaptured({ run }: { run: ShownRun }) {
  const session = useSession();
  const { project, attempt, done, whyNot } = useWorkspace();
  const node = useNode(session.address);
  const why = whyNot('operate');
  const isCaptured = node !== undefined && isOn(node.capture.own, Date.now());
  const enable = (): void =>
    attempt('Capture was not enabled', async () => {
      await project.change(session.address, { capture: true });
      done('From now on, runs of this operation are captured.');
    });
  return (
    <div className="empty">
      <p>
        {run.state === 'running' ? 'The run is under way; its steps can be seen when it has ended. ' : ''}
        {run.lacks ?? 'Nothing is known of the steps of this run.'}
      </p>
      {isCaptured ? (
        <p className="note">Capture is enabled: later runs have their steps.</p>
      ) : (
        <button
          type="button"
          className="btn"
          aria-disabled={why !== undefined || undefined}
          title={why}
          onClick={() => why === undefined && enable()}
        >
          <Icon name="capture" size={14} />
          Enable Capture
        </button>
      )}
    </div>
  );
}

function RunRow({ head, isShown }: { head: RunHead; isShown: boolean }) {
  const { id, node, state, status, ms, begin, capture, trigger, error } = head;
  const session = useSession();
  const tools = useWorkspace();
  const time = timeInWords(begin);
  const notCaptured = capture === null ? 'Inputs and outputs of this run were not captured.' : undefined;
  const groups: MenuGroups = [
    [
      { id: 'open-on-canvas', icon: 'open', label: 'Open On Canvas', perform: () => openRun(tools.go, node, id) },
      {
        id: 'replay-run',
        icon: 'replay',
        label: 'Replay Against Current Version',
        whyNot: tools.whyNot('edit') ?? notCaptured,
        perform: () => void replayRun(session, tools, id),
      },
      {
        id: 'save-as-simulation',
        icon: 'save',
        label: 'Save As Simulation',
        whyNot: notCaptured,
        perform: () =>
          tools.attempt('The run was not saved as a simulation', async () =>
            saveAsSimulation(session, await loadRun(session, tools.api, id), tools),
          ),
      },
    ],
    [copyRunId(tools, id)],
  ];
  const tone = state === 'succeeded' ? 'is-ok' : state === 'running' ? 't2' : 'is-failed';
  return (
    <li className={`run-row${isShown ? ' is-chosen' : ''}`}>
      <button
        type="button"
        className="run-open"
        aria-current={isShown || undefined}
        title={error === null ? undefined : `${error.code}: ${error.message}`}
        onClick={() => openRun(tools.go, node, id)}
      >
        <Icon name={stateIcons[state]} className={`${tone}${state === 'running' ? ' spin' : ''}`} />
        <span className="vh">{state} </span>
        <span className="mono">{time}</span>
        <span className="mono t2">{status ?? (trigger === 'request' ? '' : trigger)}</span>
        <span className="grow" />
        {capture !== null && (
          <span className="badge badge-plain">
            <Icon name="capture" size={10} />
            captured
          </span>
        )}
        <span className="num t2">{ms === null ? '' : msInWords(ms)}</span>
      </button>
      <MenuButton label={`More actions for the run at ${time}`} groups={groups} small />
    </li>
  );
}
