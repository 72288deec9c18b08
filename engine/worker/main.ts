import { STATUS_CODES } from 'node:http';
import net from 'node:net';
import process from 'node:process';
import { actionById } from '../../actions/index.ts';
import type { HostMemory } from '../../actions/kit/define.ts';
import { BoundedSwitches } from '../compile/bounded-switches.ts';
import type { CompiledOperation } from '../compile/operation.ts';
import type { CompiledProject } from '../compile/project.ts';
import { compileLoose, operationOf, simulate, unknownActions } from '../compile/simulation.ts';
import { quote } from '../document/found.ts';
import { didYouMean } from '../document/nearest.ts';
import { createHost } from '../host/host.ts';
import { createMemory } from '../host/memory.ts';
import { createAnswerEncoder, createCaptureEncoder, createRecordEncoders } from '../log/encoder.ts';
import { rankOf } from '../log/record.ts';
import { RunFailure } from '../run/failure.ts';
import { watchTurns } from '../run/turn.ts';
import { LoopDelayMeter } from '../wire/loop-delay.ts';
import type {
  FromWorker,
  SimulationRequest,
  SwitchRuns,
  ToWorker,
  WorkerState,
  WorkerVitals,
} from '../wire/messages.ts';
import { CaptureWriter } from './captures.ts';
import { Channel } from './channel.ts';
import { EngineControl } from './engine-control.ts';
import { HttpServers } from './http-servers.ts';
import { RunJournal } from './journal.ts';
import { bringToLife, type LiveProject, nextExpiry, refreshPolicies, rehearse, type Surroundings } from './live.ts';
import { RecordObserver } from './observer.ts';
import { RecordPipe } from './record-pipe.ts';
import { requestCounts } from './request-counts.ts';
import { runCounts } from './run-counts.ts';
import { simulationText } from './simulation-text.ts';
import { SwitchLeases } from './switch-leases.ts';
import { runTimed } from './timed-run.ts';
import { tlsFaults } from './tls.ts';
import { startWatchdog } from './watchdog.ts';

// A worker process: runs workflows, and does nothing that the control process could do for it.

const beatEveryMs = 200;
const name = process.env.SLUICE_WORKER_NAME ?? `0.${Date.now().toString(36)}`;
const tell = (message: FromWorker): void => {
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
};

// Nothing is written to the socket itself: it keeps the descriptor from blocking.
new net.Socket({ fd: 3, readable: false, writable: true }).on('error', () => {});
const channel = new Channel(RecordPipe.of(3));
const observer = new RecordObserver(channel, name);
const captures = new CaptureWriter(channel, name);
const journal = new RunJournal(channel);
const leases = new SwitchLeases(tell);
const control = new EngineControl(tell);
const switches = new BoundedSwitches(leases);
const watchdog = startWatchdog();
watchTurns();
const meter = new LoopDelayMeter();
const vitals = (): WorkerVitals => ({
  loopDelayMs: meter.take(),
  rssBytes: process.memoryUsage.rss(),
  ...requestCounts,
  running: journal.size,
  backlogBytes: channel.backlog(),
  dropped: channel.dropped,
});

let surroundings: Surroundings | null = null;
let hostRules = '';
let memory: HostMemory | null = null;
let live: LiveProject | null = null;
/** What was compiled for a change that is about to come. */
let rehearsed: CompiledProject | null = null;
let encodeAnswer: (value: unknown) => string = () => 'null';
let expiry: NodeJS.Timeout | undefined;
const servers = new HttpServers(observer, tell);

async function apply(id: number, state: WorkerState, granted: readonly SwitchRuns[]): Promise<void> {
  const { settings } = state;
  const secrets = [...Object.values(state.secrets), ...state.formerSecrets];
  observer.lowestRank = rankOf[settings.logs.level];
  channel.use(createRecordEncoders(settings, secrets, state.redactionKey));
  captures.use(
    createCaptureEncoder(settings, new Map(Object.entries(state.secrets)), state.formerSecrets, state.redactionKey),
    settings.logs.captureMemory,
    state.documents.servers,
  );
  encodeAnswer = createAnswerEncoder(settings, secrets, state.redactionKey);
  // Runs in flight keep the rules that they began with; idle connections of the host before end by themselves.
  const { outgoing, restricted, env } = settings;
  const rules = JSON.stringify({ outgoing, restricted, env });
  memory ??= createMemory({ maxBytes: settings.limits.memoryBytes });
  if (surroundings === null || rules !== hostRules) {
    const host = createHost(settings, { memory, audit: (line, by) => tell({ type: 'command', line, by }) });
    surroundings = { host, control, observer, journal, switches, captures };
  }
  hostRules = rules;
  for (const lease of granted) leases.grant(lease);
  const next = await bringToLife(state, actionById, live, surroundings, rehearsed);
  rehearsed = null;
  for (const operation of next.compiled.operations.values()) {
    if (live?.compiled.operations.get(operation.address) !== operation)
      watchdog.learn({ first: operation.index, addresses: operation.nodes });
  }
  live = next;
  leases.keep(state.uses);
  const behind = await servers.use(next);
  waitForExpiry(next);
  tell({ type: 'applied', id, broken: reasonsOf(next.compiled), servers: behind });
}

async function tryOut(id: number, state: WorkerState): Promise<void> {
  rehearsed = await rehearse(state, actionById, live);
  tell({ type: 'rehearsed', id, broken: reasonsOf(rehearsed), servers: await tlsFaults(state) });
}

const reasonsOf = ({ broken }: CompiledProject): { [address: string]: string } =>
  Object.fromEntries([...broken].map(([address, error]) => [address, error.message]));

function waitForExpiry(current: LiveProject): void {
  clearTimeout(expiry);
  const at = nextExpiry(current.state.switches, current.state.documents, Date.now());
  if (at === undefined) return;
  expiry = setTimeout(
    () => {
      refreshPolicies(current, switches);
      waitForExpiry(current);
    },
    Math.min(at - Date.now() + 1, 2 ** 31 - 1),
  );
  expiry.unref();
}

async function answerSimulation(request: SimulationRequest): Promise<{ status: number; json: string }> {
  const problem = (status: number, detail: string, field?: string) => ({
    status,
    json: JSON.stringify({
      type: 'about:blank',
      title: STATUS_CODES[status],
      status,
      detail,
      field,
    }),
  });
  if (live === null) return problem(503, 'The worker has no project yet.');
  const { address } = request;
  const draft = request.operation ?? request.workflow;
  if (draft === undefined && live.quarantined.has(address))
    return problem(422, `${address} is set aside: it ended its worker three times within a minute. Change it first.`);
  const known = live.compiled.operations.get(address);
  if (draft === undefined && known === undefined) return problem(404, `There is no active operation "${address}".`);
  const { workflow, onError } = operationOf(address, draft ?? (known as NonNullable<typeof known>).source);
  const unknown = unknownActions(actionById, workflow, onError);
  if (unknown.length > 0)
    return problem(
      422,
      unknown.map((id) => `The library has no action ${quote(id)}.${didYouMean(id, actionById.keys())}`).join(' '),
      request.operation === undefined ? 'workflow' : 'operation',
    );
  let operation: CompiledOperation;
  try {
    operation =
      draft === undefined ? (known as NonNullable<typeof known>) : await compileLoose(address, draft, actionById);
  } catch (thrown) {
    return problem(422, (thrown as Error).message, request.operation === undefined ? 'workflow' : 'operation');
  }
  if (operation !== known) watchdog.learn({ first: operation.index, addresses: operation.nodes });
  const answer = await simulate(operation, live, request.input, request.store);
  return { status: 200, json: simulationText(answer, encodeAnswer) };
}

let draining = false;
let hasToldAll = false;
async function drain(ms: number): Promise<void> {
  if (draining) return;
  draining = true;
  const late = setTimeout(
    () =>
      journal.endAll(
        () =>
          new RunFailure('cancelled', 'The engine was stopped before the run ended.', undefined, { uncatchable: true }),
      ),
    ms,
  );
  await servers.drain(ms);
  while (journal.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  clearTimeout(late);
  leases.tellUses();
  await captures.written();
  await channel.drained();
  // What was said before this is on its way when this is.
  await new Promise<void>((resolve) => {
    if (process.connected)
      process.send?.(
        {
          type: 'beat',
          waiting: 0,
          dropped: channel.dropped,
          droppedCaptures: captures.dropped,
          backlog: 0,
        } satisfies FromWorker,
        undefined,
        undefined,
        () => resolve(),
      );
    else resolve();
  });
  hasToldAll = true;
  process.disconnect();
  process.exit(0);
}

// One state after the other, in the order they came: a later one must not be overtaken by an earlier one that compiles longer.
let queue: Promise<void> = Promise.resolve();
process.on('message', (message: ToWorker, handle: unknown) => {
  switch (message.type) {
    case 'apply':
      queue = queue
        .then(() => apply(message.id, message.state, message.leases))
        .catch((thrown: Error) => {
          observer.system('error', 'worker.state', `A new state could not be put in force: ${thrown.message}`);
          tell({ type: 'apply-failed', id: message.id });
        });
      break;
    case 'rehearse':
      queue = queue
        .then(() => tryOut(message.id, message.state))
        .catch((thrown: Error) =>
          tell({ type: 'rehearsed', id: message.id, broken: { project: thrown.message }, servers: {} }),
        );
      break;
    case 'listen':
      queue = queue.then(() => servers.listen(message.server, handle));
      break;
    case 'unlisten':
      queue = queue
        .then(() => servers.unlisten(message.server))
        .then(() => tell({ type: 'unlistened', id: message.id }));
      break;
    case 'simulate':
      answerSimulation(message.request).then(
        (answer) => tell({ type: 'simulated', id: message.id, ...answer }),
        (thrown: Error) =>
          tell({
            type: 'simulated',
            id: message.id,
            status: 422,
            json: JSON.stringify({
              type: 'about:blank',
              title: 'Unprocessable Content',
              status: 422,
              detail: thrown.message,
            }),
          }),
      );
      break;
    case 'fire':
      void runTimed(message.operation, message.input, live, observer).finally(() =>
        tell({ type: 'fired', id: message.id }),
      );
      break;
    case 'answer':
      control.answered(message.id, message.answer);
      break;
    case 'switch-lease':
      leases.grant(message);
      break;
    case 'switch-recall':
      leases.recall(message);
      break;
    case 'measure':
      tell({ type: 'measured', id: message.id, vitals: vitals() });
      break;
    case 'drain':
      void drain(message.ms);
      break;
  }
});

// The control process directs the stop; a signal to the whole process group must not make workers run ahead of it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
// Without the control process nothing that is held here can be saved. `exit` would wait for every thread that is busy with a
// file or a name, however long, and keep the ports that the next engine needs.
process.on('disconnect', () => hasToldAll || process.kill(process.pid, 'SIGKILL'));

// A driver that throws late, or a promise nobody waits for, must not end the other runs.
process.on('uncaughtException', (thrown) =>
  observer.system(
    'error',
    'worker.exception',
    `An error reached the worker from outside any run: ${thrown.stack ?? thrown.message}`,
  ),
);
process.on('unhandledRejection', (thrown) =>
  observer.system(
    'error',
    'worker.rejection',
    `A promise failed and nobody waited for it: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`,
  ),
);

setInterval(
  () =>
    tell({
      type: 'beat',
      waiting: journal.size,
      dropped: channel.dropped,
      droppedCaptures: captures.dropped,
      backlog: channel.backlog(),
      runs: runCounts.take(),
    }),
  beatEveryMs,
).unref();
tell({ type: 'up' });
