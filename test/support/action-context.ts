import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ActionContext, ActionFailure, type Branch, isPlainObject } from '../../actions/kit/index.ts';
import type { Expression } from '../../engine/compile/jsonata/expression.ts';
import { compileJsonata, ExpressionFault } from '../../engine/compile/jsonata.ts';
import { layOutFiles } from './action-files.ts';
import { type OpenHost, openHost } from './action-host.ts';
import { startServer } from './action-server.ts';

/** A context for running actions outside of the engine, and what they did with it. */
export interface OpenContext {
  readonly context: ActionContext;
  readonly logged: { level: string; label: string | undefined; value: unknown }[];
  readonly broken: unknown[];
  /** Datagrams sent, in order. */
  readonly sent: OpenHost['sent'];
  /** Holds files/ and logs/. */
  readonly folder: string;
  /** Puts the clock forward. */
  skip(ms: number): void;
  /** Ends the run: its signal is aborted with this reason. */
  cancel(reason: unknown): void;
  close(): Promise<void>;
}

/** A branch as lazy functions of tests see it: those that wait for something listen to its signal. */
export interface TestBranch extends Branch {
  readonly signal: AbortSignal;
}

const openBranch = (): TestBranch => {
  const controller = new AbortController();
  return { signal: controller.signal, cancel: (reason) => controller.abort(reason) };
};

const evaluate = (text: string, data: unknown): unknown => {
  let expression: Expression;
  try {
    expression = compileJsonata(text);
  } catch (thrown) {
    if (thrown instanceof ExpressionFault) throw new ActionFailure('expression-invalid', thrown.message);
    throw thrown;
  }
  return expression(data);
};

/** Real files in a folder of their own, real requests to a server of their own, a real clock. */
export const openActionContext = async (): Promise<OpenContext> => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-actions-'));
  await layOutFiles(folder);
  const server = await startServer(folder);
  const controller = new AbortController();
  const { host, sent, skip } = openHost(folder, server.send);
  const logged: OpenContext['logged'] = [];
  const broken: unknown[] = [];
  const context: ActionContext = {
    node: 'server/web/get-order/action',
    signal: controller.signal,
    host,
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
    branch: openBranch,
    // Only the smallest of all workflows needs no engine.
    perform: async (workflow) => {
      const { actions, output } = isPlainObject(workflow) ? workflow : {};
      if (Array.isArray(actions) && actions.length === 0) return output ?? null;
      throw new ActionFailure('document-invalid', 'The workflow must have `actions`.');
    },
    evaluate,
  };
  return {
    context,
    logged,
    broken,
    sent,
    folder,
    skip,
    cancel: (reason) => controller.abort(reason),
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

export { runAction } from './run-action.ts';
