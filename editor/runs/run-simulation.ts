import type { Json, Operation, Resource, Workflow } from '../../engine/document/types.ts';
import type { ErrorShape } from '../../engine/errors.ts';
import type { SpanTree } from '../../engine/store/run-head.ts';
import { ApiProblem } from '../api/problem.ts';
import type { WorkspaceTools } from '../app/workspace-context.ts';
import type { OperationSession } from '../state/operation-session.ts';
import { chosenSimulation, runDeskOf } from '../state/run-desk.ts';
import { rootOf } from '../state/run-view.ts';
import type { ShownRun } from '../state/shown-run.ts';
import { cutAfter } from './cut-workflow.ts';
import { endOf } from './expected.ts';
import { askOutside } from './outside-consent.ts';
import { missingOfPath } from './request-names.ts';
import { msInWords } from './words.ts';

export type RunTools = Pick<WorkspaceTools, 'api' | 'attempt' | 'say' | 'project'>;

export interface SimulationOptions {
  /** Id of the action after which it ends. */
  upTo?: string;
  /** Left out, the input that is chosen in the Simulation pane. */
  input?: Json;
  /** Id of the stored simulation that is run; its result is kept for its mark. */
  simulation?: string;
  /** What it does was done once before, by the run that it repeats. */
  isAgain?: boolean;
  /** Does not take the run that is shown away. */
  isQuiet?: boolean;
}

/** What `POST /api/simulate` answers. */
interface SimulationAnswer {
  run: string;
  state: ShownRun['state'];
  output: unknown;
  error: ErrorShape | null;
  spans: readonly SpanTree[];
  warnings?: readonly { pointer: string; message: string }[];
}

/**
 * Runs the operation as it is edited, and shows the run. Asks first where steps act on the outside world. Never rejects: a
 * failure to run it at all is shown with a Retry, and gives null, as do a refusal and a cancel.
 */
export async function runSimulation(
  session: OperationSession,
  tools: RunTools,
  options: SimulationOptions = {},
): Promise<ShownRun | null> {
  const desk = runDeskOf(session);
  const operation = session.operation();
  if (operation === undefined || desk.getState().running !== null) return null;
  if (!(await askOutside(session, tools, options.isAgain ?? false))) return null;
  return new Promise((resolve) => {
    tools.attempt('The simulation did not run', async () => {
      try {
        resolve(await simulate(session, tools, options));
      } catch (thrown) {
        resolve(null);
        throw thrown;
      }
    });
  });
}

async function simulate(
  session: OperationSession,
  { api, say }: RunTools,
  { upTo, input, simulation, isQuiet = false }: SimulationOptions,
): Promise<ShownRun | null> {
  const desk = runDeskOf(session);
  const operation = session.operation();
  if (operation === undefined) return null;
  const { chosen, scratch } = desk.getState();
  const stored =
    simulation === undefined
      ? input === undefined
        ? chosenSimulation(operation, chosen)
        : undefined
      : operation.simulations?.find(({ id }) => id === simulation);
  const missing = input === undefined ? missingOfPath(operation, stored?.input ?? scratch) : [];
  if (missing.length > 0) {
    session.state.setState({ upper: 'simulation' });
    const names = missing.map((name) => `{${name}}`).join(' and ');
    throw new ApiProblem(422, `The path needs a text for ${names}, found none. Fill it in under Path.`);
  }
  const ran = withHandler(operation, session.draft.state.getState().document);
  const cut = upTo === undefined ? ran : cutAfter(ran, upTo);
  if (cut === null) throw new Error(`There is no action ${upTo} in this operation any more.`);
  // What is run travels with the call; that the draft is saved meanwhile is for those who come later.
  void session.draft.flush();

  const stop = new AbortController();
  desk.setState({ running: { since: Date.now(), cancel: () => stop.abort(cancelled) } });
  try {
    const { simulations: _, ...draft } = cut;
    const answer = await api.post<SimulationAnswer | { $cut: unknown }>(
      '/api/simulate',
      {
        address: session.address,
        input: input ?? stored?.input ?? scratch,
        ...(!isLive(session, operation, upTo) && { operation: draft }),
      },
      stop.signal,
    );
    if ('$cut' in answer)
      throw new ApiProblem(
        0,
        'The run ended, but what its steps gave is too much to be shown. Give it a smaller input.',
      );
    const run = shownRun(session.address, answer, ran, upTo, stored?.id);
    desk.setState(({ results }) => ({
      warnings: answer.warnings?.map(({ message }) => message) ?? [],
      results: input === undefined ? new Map(results).set(stored?.id ?? '', run) : results,
    }));
    if (!isQuiet) session.show(run);
    say(`${endOf(stored, run).words}${run.ms === null ? '' : ` after ${msInWords(run.ms)}`}.`);
    return run;
  } catch (thrown) {
    if (thrown !== cancelled) throw thrown;
    say('The simulation was cancelled. A step that had begun may still come to its end.');
    return null;
  } finally {
    desk.setState({ running: null });
  }
}

const cancelled = new Error('The simulation was cancelled.');

/** Nothing differs from what is deployed: that can be run without the right to edit, and with the switches of its nodes. */
function isLive(session: OperationSession, operation: Operation, upTo: string | undefined): boolean {
  const { saving, document, live } = session.draft.state.getState();
  if (saving.state !== 'live' || upTo !== undefined || operation.active === false || live === null) return false;
  return (
    document === live && (!('active' in document) || document.active !== false || session.address.startsWith('server/'))
  );
}

/** An operation with the error handler in force for it. */
export function withHandler(operation: Operation, resource: Resource | null): Operation {
  const onError: Workflow | undefined =
    operation.onError ?? (resource !== null && 'onError' in resource ? resource.onError : undefined);
  return onError === undefined || onError === operation.onError ? operation : { ...operation, onError };
}

function shownRun(
  address: string,
  { run: id, state, output, error, spans }: SimulationAnswer,
  ran: Operation,
  upTo: string | undefined,
  simulation: string | undefined,
): ShownRun {
  const status = address.startsWith('server/')
    ? (output as { status?: unknown } | null | undefined)?.status
    : undefined;
  const run: ShownRun = {
    kind: 'simulation',
    id,
    address,
    state,
    output,
    error,
    spans,
    ms: null,
    begin: null,
    ran,
    upTo,
    simulation,
    ...(typeof status === 'number' && { status }),
  };
  const root = rootOf(run);
  if (root === null) return run;
  const missing = leftOutOf(root);
  return {
    ...run,
    ms: root.ms,
    begin: root.begin,
    ...(missing > 0 && { lacks: `${missing.toLocaleString('en')} of its steps are not kept, for lack of room.` }),
  };
}

/** Steps that were part of a run and are not there. */
const leftOutOf = ({ spansLeftOut = 0, children }: SpanTree): number =>
  children.reduce((sum, child) => sum + leftOutOf(child), spansLeftOut);
