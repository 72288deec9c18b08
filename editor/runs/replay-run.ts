import { operationVersion } from '../../engine/document/hash.ts';
import type { Operation } from '../../engine/document/types.ts';
import type { RunHead, SpanTree } from '../../engine/store/run-head.ts';
import type { ApiClient } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import { pathToAddress } from '../state/address-path.ts';
import type { OperationSession } from '../state/operation-session.ts';
import { runDeskOf } from '../state/run-desk.ts';
import { rootOf } from '../state/run-view.ts';
import type { ShownRun } from '../state/shown-run.ts';
import { capturedInput, gapsInWords } from './captured-input.ts';
import { type RunTools, runSimulation, withHandler } from './run-simulation.ts';

/** One run as `GET /api/runs/:id` answers it. */
export interface RunDetail extends RunHead {
  spans: readonly SpanTree[];
  runs: readonly RunHead[];
}

/** Runs that are shown on another canvas than where they were got, by id; simulations are nowhere else. */
const carried = new Map<string, ShownRun>();
const mostCarried = 20;

/** Keeps a run for the canvas that the page goes to next. */
export function carry(run: ShownRun): void {
  carried.delete(run.id);
  carried.set(run.id, run);
  if (carried.size > mostCarried) carried.delete(carried.keys().next().value as string);
}

/**
 * One run with its spans, as far as they were captured.
 * @throws ApiProblem 404 when there is no trace of it
 */
export async function loadRun(session: OperationSession, api: ApiClient, id: string): Promise<ShownRun> {
  const known = carried.get(id) ?? simulated(session, id);
  if (known !== undefined) return { ...known, nearest: session.operation() };
  const detail = await api.get<RunDetail>(`/api/runs/${encodeURIComponent(id)}`);
  return { ...capturedRun(detail, definitionOf(session, detail.version)), nearest: session.operation() };
}

/** A simulation that is still known here; the engine keeps none. */
const simulated = (session: OperationSession, id: string): ShownRun | undefined =>
  [session.state.getState().run, ...runDeskOf(session).getState().results.values()].find(
    (run) => run?.kind === 'simulation' && run.id === id,
  ) ?? undefined;

/** The definition of a version, where it is that of what is live or of what is edited. */
function definitionOf(session: OperationSession, version: string | null): Operation | null {
  const { live, document } = session.draft.state.getState();
  for (const resource of [live, document]) {
    if (resource === null || !('operations' in resource)) continue;
    const operation = (resource.operations as readonly Operation[] | undefined)?.find(({ id }) => id === session.id);
    if (operation === undefined) continue;
    const whole = withHandler(operation, resource);
    if (operationVersion(whole) === version) return whole;
  }
  return null;
}

function capturedRun(detail: RunDetail, ran: Operation | null): ShownRun {
  const { id, node, state, status, error, ms, begin, spans, capture } = detail;
  const run: ShownRun = {
    kind: 'captured',
    id,
    address: node,
    state,
    output: null,
    error,
    spans,
    ms,
    begin,
    ran,
    ...(status !== null && { status }),
    lacks: lacksOf(capture),
  };
  return { ...run, output: rootOf(run)?.output ?? null };
}

function lacksOf(capture: RunHead['capture']): string | undefined {
  if (capture === null) return 'Inputs and outputs of its steps were not captured.';
  if (capture.partial) return 'Only the actions whose own capture is on were captured.';
  if (capture.leftOut > 0) return `For lack of room, ${capture.leftOut} steps or values are not there.`;
  return undefined;
}

/** The run that one step called, as a run of its own. */
export function calledRun(span: SpanTree & { run: string }, from: ShownRun): ShownRun {
  return {
    kind: from.kind,
    id: span.run,
    address: span.node,
    state: span.error === null ? 'succeeded' : 'failed',
    output: span.output,
    error: span.error,
    spans: [span],
    ms: span.ms,
    begin: span.begin,
    ran: null,
  };
}

/** Opens a run on the canvas of the operation, or of the action, that the address names. */
export function openRun(go: (path: string) => void, address: string, id: string): void {
  go(pathToAddress(address, id));
}

/** Why a run cannot be repeated as it was, as a sentence; undefined where it can. */
export function whyNoReplay(run: ShownRun): string | undefined {
  const given = capturedInput(run);
  if (given === null) return 'What this run was given was not captured, so it cannot be repeated.';
  if (given.gaps.length === 0) return undefined;
  return `The capture lacks ${gapsInWords(given.gaps)}. Use Save As Simulation, fill in what is missing, and run that.`;
}

/**
 * Runs the operation on screen, as it is edited, with what a captured run was given. Steps act on the outside world again.
 * @param run the run, or its id
 */
export async function replayRun(
  session: OperationSession,
  tools: RunTools,
  run: ShownRun | string,
): Promise<ShownRun | null> {
  return new Promise((resolve) => {
    tools.attempt('The run was not replayed', async () => {
      try {
        const whole = typeof run === 'string' ? await loadRun(session, tools.api, run) : run;
        const why = whyNoReplay(whole);
        if (why !== undefined) throw new ApiProblem(403, why);
        const { input } = capturedInput(whole) as NonNullable<ReturnType<typeof capturedInput>>;
        resolve(await runSimulation(session, tools, { input, isAgain: true }));
      } catch (thrown) {
        resolve(null);
        throw thrown;
      }
    });
  });
}
