import { type ReactNode, useMemo, useState } from 'react';
import type { SpanTree } from '../../engine/store/run-head.ts';
import { useOperation, useSessionState } from '../canvas/session-context.ts';
import { DataView as DataTree } from '../data/data-view.tsx';
import { actionsIn } from '../state/run-actions.ts';
import { containersOf } from '../state/run-containers.ts';
import { rootOf } from '../state/run-view.ts';
import { attemptsAt, dataBefore, type NodeRun, runStates, type ShownRun } from '../state/shown-run.ts';
import { Icon } from '../ui/icon.tsx';
import { IterationStepper } from './iteration-stepper.tsx';
import { msInWords, timeInWords } from './words.ts';

/** What the run that is shown had at the chosen node: what went in, what came out, and all data at that moment. */
export function TracePane() {
  const run = useSessionState((state) => state.run);
  const selected = useSessionState((state) => state.selected);
  if (run === null)
    return (
      <div className="empty trace-empty">
        <p>
          No run is shown. Simulate the operation, or open one of its runs in Replay; then each step says here what it
          had.
        </p>
      </div>
    );
  const [first, ...others] = selected;
  const isOne = first !== undefined && others.length === 0;
  return isOne && first !== 'start' && first !== 'end' && first !== 'onError' ? (
    <NodeTrace run={run} id={first} />
  ) : (
    <RunTrace run={run} part={isOne ? first : null} />
  );
}

/** The run as a whole, or only its input or output. */
function RunTrace({ run, part }: { run: ShownRun; part: string | null }) {
  const root = rootOf(run);
  const input = root === null ? undefined : root.input;
  return (
    <div className="trace">
      <header className="trace-head">
        <b>{part === 'start' ? 'Input of the run' : part === 'end' ? 'Output of the run' : 'The whole run'}</b>
        {run.ms !== null && <span className="t2">{msInWords(run.ms)}</span>}
        {run.begin !== null && <span className="note">{timeInWords(run.begin)}</span>}
      </header>
      {run.lacks !== undefined && <p className="note trace-note">{run.lacks}</p>}
      {run.error !== null && <ErrorText error={run.error} />}
      {part !== 'end' && (
        <Part title="Input" value={input} isKept={root !== null && !root.leftOut?.includes('input')} />
      )}
      {part !== 'start' && (
        <Part title="Output" value={run.output} isKept={root !== null && !root.leftOut?.includes('output')} />
      )}
      {part !== 'start' && <AllData key={run.id} run={run} id="end" />}
    </div>
  );
}

function NodeTrace({ run, id }: { run: ShownRun; id: string }) {
  const iterations = useSessionState((state) => state.iterations);
  const operation = useOperation();
  const [attempt, setAttempt] = useState<number | null>(null);
  const states = useMemo(
    () => (operation === undefined ? null : runStates(run, iterations, operation)),
    [run, iterations, operation],
  );
  if (operation === undefined || states === null) return null;
  const attempts = attemptsAt(run, id, iterations);
  const span = attempts[attempt ?? attempts.length - 1] ?? attempts.at(-1);
  const around = containersOf(operation).get(id) ?? [];
  const action = actionsIn(operation.workflow).get(id);
  return (
    <div className="trace">
      <header className="trace-head">
        <StateIcon state={states.get(id)} />
        <b className="cut">{action?.title || id}</b>
        {span !== undefined && <span className="t2">{msInWords(span.ms)}</span>}
        {span !== undefined && <span className="note">{timeInWords(span.begin)}</span>}
      </header>
      {[...around, id].map((container) => {
        const found = states.get(container)?.iterations;
        const title = actionsIn(operation.workflow).get(container)?.title || container;
        return (
          found !== undefined && <IterationStepper key={container} id={container} title={title} iterations={found} />
        );
      })}
      {attempts.length > 1 && (
        <fieldset className="stepper" aria-label="Attempts">
          <span className="note">Attempts</span>
          {attempts.map((one, index) => (
            <button
              key={one.begin}
              type="button"
              className={`step ${one.error === null ? 'step-ok' : 'step-failed'}`}
              aria-label={`Attempt ${index + 1}${one.error === null ? '' : ', failed'}`}
              aria-pressed={one === span}
              onClick={() => setAttempt(index)}
            >
              {index + 1}
            </button>
          ))}
        </fieldset>
      )}
      {states.get(id)?.isStale && <p className="note trace-note">The step was changed since this run.</p>}
      {span === undefined ? (
        <p className="note trace-note">{whyNoSpan(run, states.get(id))}</p>
      ) : (
        <SpanParts span={span} />
      )}
      <AllData key={`${run.id} ${id}`} run={run} id={id} />
    </div>
  );
}

function whyNoSpan(run: ShownRun, state: NodeRun | undefined): string {
  if (run.spans.length === 0) return run.lacks ?? 'Nothing is known of the steps of this run.';
  if (state === undefined) return 'The step came into the operation after this run.';
  return run.lacks === undefined ? 'The run did not reach this step.' : `Nothing of this step is there. ${run.lacks}`;
}

const SpanParts = ({ span }: { span: SpanTree }) => (
  <>
    {span.error !== null && <ErrorText error={span.error} />}
    <Part title="Input" value={span.input} isKept={!span.leftOut?.includes('input')} />
    {span.error === null && <Part title="Output" value={span.output} isKept={!span.leftOut?.includes('output')} />}
  </>
);

const ErrorText = ({ error: { code, message, node } }: { error: NonNullable<SpanTree['error']> }) => (
  <section className="trace-error" aria-label="Error">
    <p>
      <Icon name="failed" size={14} />
      <b className="mono">{code}</b>
    </p>
    <p>{message}</p>
    <p className="note">
      at <code className="mono">{node}</code>
    </p>
  </section>
);

const Part = ({ title, value, isKept = true }: { title: string; value: unknown; isKept?: boolean }) => (
  <section className="trace-part" aria-label={title}>
    <h2>{title}</h2>
    {isKept ? (
      <DataTree value={value} label={title} />
    ) : (
      <p className="note">Not kept, for lack of room or of a capture.</p>
    )}
  </section>
);

/** Everything that the step could see when it began; made when somebody looks. */
function AllData({ run, id }: { run: ShownRun; id: string }) {
  const [isOpen, open] = useState(false);
  return (
    <section className="trace-part" aria-label="All Data">
      <h2>
        <button type="button" className="expand" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
          <Icon name="right" size={12} />
          All Data
        </button>
      </h2>
      {isOpen && <Data run={run} id={id} />}
    </section>
  );
}

const Data = ({ run, id }: { run: ShownRun; id: string }): ReactNode => {
  const iterations = useSessionState((state) => state.iterations);
  return <DataTree value={dataBefore(run, id, iterations)} label="All Data" search />;
};

const StateIcon = ({ state }: { state: NodeRun | undefined }) => {
  if (state === undefined) return null;
  const isBad = state.state === 'failed' || state.state === 'holds-failure';
  return (
    <Icon
      name={state.state === 'ok' ? 'ok' : isBad ? 'failed' : state.state === 'running' ? 'running' : 'none'}
      className={state.state === 'ok' ? 'is-ok' : isBad ? 'is-failed' : ''}
    />
  );
};
