import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type ActionContext,
  type ActionDefinition,
  ActionFailure,
  checkInput,
  type Field,
  type Fields,
  isPlainObject,
} from '../../actions/kit/index.ts';
import { layOutFiles, openFiles } from './action-files.ts';
import { startServer } from './action-server.ts';

/** A context for running actions outside of the engine, and what they did with it. */
export interface OpenContext {
  readonly context: ActionContext;
  readonly logged: { level: string; label: string | undefined; value: unknown }[];
  readonly broken: unknown[];
  /** Holds files/ and logs/. */
  readonly folder: string;
  /** Ends the run: its signal is aborted with this reason. */
  cancel(reason: unknown): void;
  close(): Promise<void>;
}

/** Real files in a folder of their own, real requests to a server of their own, a real clock. */
export const openActionContext = async (): Promise<OpenContext> => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-actions-'));
  await layOutFiles(folder);
  const server = await startServer();
  const controller = new AbortController();
  const logged: OpenContext['logged'] = [];
  const broken: unknown[] = [];
  const context: ActionContext = {
    signal: controller.signal,
    host: { now: Date.now, random: Math.random, request: server.send, files: openFiles(folder) },
    log: (level, label, value) => {
      logged.push({ level, label, value });
    },
    // The project of these tests has one service operation, and it gives back its input.
    call: (address, input) => {
      if (address === 'service/tools/echo') return input;
      throw new ActionFailure('operation-unknown', `There is no operation ${address}.`);
    },
    sleep: async (ms) => {
      await wait(ms, undefined, { signal: controller.signal }).catch(() => Promise.reject(controller.signal.reason));
    },
    break: (value) => {
      broken.push(value);
    },
  };
  return {
    context,
    logged,
    broken,
    folder,
    cancel: (reason) => controller.abort(reason),
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Turns plain values of lazy fields into functions that give them, in rows too; functions stay as they are. */
const withLazy = (fields: Fields, given: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, lazyValue(fields[name], value)]));

const lazyValue = (field: Field | undefined, value: unknown): unknown => {
  if (field?.lazy) return typeof value === 'function' ? value : () => value;
  const { rows } = field ?? {};
  if (rows && Array.isArray(value)) return value.map((row) => (isPlainObject(row) ? withLazy(rows, row) : row));
  return value;
};

/** Runs an action as the engine does: the input is checked, and no result is null. */
export const runAction = (
  definition: ActionDefinition,
  given: Record<string, unknown>,
  context: ActionContext,
): unknown => {
  const input = checkInput(definition, withLazy(definition.fields, given));
  const result = definition.run(input as never, context);
  return result instanceof Promise ? result.then((late) => late ?? null) : (result ?? null);
};
