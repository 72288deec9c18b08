// Tries actions with arbitrary inputs, in a thread of its own: what never ends can be ended from outside.
import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { showValue } from '../../actions/docs/show-value.ts';
import { actionById } from '../../actions/index.ts';
import { type ActionDefinition, ActionFailure, isPlainObject } from '../../actions/kit/index.ts';
import { runAction } from './action-context.ts';
import { inputsOf, Steps } from './action-fuzz.ts';
import { faultOfResult, freeze, holdsOdd } from './fuzz-check.ts';
import { Limit, openWorld, type World } from './fuzz-world.ts';

export interface Trial {
  id: string;
  seed: number;
  runs: number;
}

/** CPU milliseconds that one call may take: 500, and what stopping at 500 takes. */
const mostMs = 750;
/** Failures whose message is somebody else's: that of the workflow, or of the host. */
const quoted = new Set(['raised', 'operation-unknown', 'server-unknown', 'timer-unknown', 'timer-invalid']);
const longestMessage = 1_000;
/** Milliseconds after which something that only waits will wait for ever: nothing here takes time. */
const patienceMs = 3_000;
const progress = new Int32Array(workerData as SharedArrayBuffer);
const inherited = Object.getOwnPropertyNames(Object.prototype).length;

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** What is wrong with one call; undefined when nothing is. */
const faultOf = async (
  action: ActionDefinition,
  input: Record<string, unknown>,
  world: World,
): Promise<string | undefined> => {
  const isSame = freeze(input);
  world.hasSeenOdd = holdsOdd(input) || (world.hasSeenOdd && action.run.length > 1);
  const given = Object.freeze(world.equip(input));
  let fault: string | undefined;
  try {
    const result = await inTime(runAction(action, given, world.context));
    fault = result === waited ? 'waits for ever' : faultOfResult(result, world.hasSeenOdd);
  } catch (thrown) {
    fault = faultOfThrown(action, thrown, given.code);
  }
  if (!isSame()) return 'the input was changed';
  if (Object.getOwnPropertyNames(Object.prototype).length !== inherited) return 'Object.prototype was changed';
  return fault;
};

const waited = Symbol('waited');
const realTimeout = globalThis.setTimeout;

const inTime = async (result: unknown): Promise<unknown> => {
  if (!(result instanceof Promise)) return result;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = realTimeout(resolve, patienceMs, waited);
  });
  return await Promise.race([result, late]).finally(() => clearTimeout(timer));
};

/** @param asked the code that the input itself asked to fail with, as that of scope/raise does */
const faultOfThrown = (action: ActionDefinition, thrown: unknown, asked: unknown): string | undefined => {
  if (thrown instanceof Limit) return undefined;
  if (!(thrown instanceof ActionFailure)) return `threw ${thrown instanceof Error ? thrown.stack : String(thrown)}`;
  const known = ['input-invalid', 'steps-failed', asked, ...Object.keys(action.failures ?? {})];
  if (!known.includes(thrown.code)) return `failed with ${thrown.code}, which is not declared: ${thrown.message}`;
  if (thrown.message.length > longestMessage && !quoted.has(thrown.code))
    return `has a message of ${thrown.message.length} characters`;
  return undefined;
};

const timed = async (
  action: ActionDefinition,
  input: Record<string, unknown>,
  world: World,
): Promise<string | undefined> => {
  Atomics.add(progress, 0, 1);
  const begin = cpuMs();
  const fault = await faultOf(action, input, world);
  const ms = cpuMs() - begin;
  return fault ?? (ms > mostMs ? `took ${Math.round(ms)} ms of CPU` : undefined);
};

const attempt = async ({ id, seed, runs }: Trial): Promise<string | null> => {
  const action = actionById.get(id) as ActionDefinition;
  const world = await openWorld(action.run.length < 2);
  // Whatever waits for time to pass sees it pass at once.
  const hurried = (done: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
    realTimeout(
      () => {
        world.skip(ms);
        done(...given);
      },
      Math.min(ms, 1),
    );
  globalThis.setTimeout = Object.assign(hurried, realTimeout) as typeof setTimeout;
  try {
    let said = '';
    // What is slow is not tried with smaller and smaller inputs.
    let isSlow = false;
    const property = fc.asyncProperty(inputsOf(action), async (input) => {
      if (isSlow) return true;
      let fault = await timed(action, input, world);
      // The first call may have loaded a package, and any may have met the garbage collector.
      if (fault?.startsWith('took ')) fault = await timed(action, input, world);
      if (fault !== undefined) said = fault;
      isSlow = fault !== undefined && /^(?:took|waits)/.test(fault);
      return fault === undefined;
    });
    const outcome = await fc.check(property, { seed, numRuns: runs });
    if (!outcome.failed) return null;
    const [input] = outcome.counterexample ?? [];
    return `${said}\nseed ${seed}, input ${showValue(shown(input), 100)}`;
  } finally {
    globalThis.setTimeout = realTimeout;
    await world.close();
  }
};

/** Steps are shown by what they do. */
const shown = (value: unknown): unknown => {
  if (value instanceof Steps) return { [`steps (${value.kind})`]: value.value };
  if (Array.isArray(value) && value.length < 10) return value.map(shown);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      part instanceof Steps || Array.isArray(part) ? shown(part) : part,
    ]),
  );
};

parentPort?.on('message', (trial: Trial) => {
  void attempt(trial).then(
    (fault) => parentPort?.postMessage(fault),
    (thrown: unknown) => parentPort?.postMessage(`The trial itself failed: ${(thrown as Error).stack}`),
  );
});
