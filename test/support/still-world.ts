import { randomBytes } from 'node:crypto';
import {
  type ActionContext,
  type ActionDefinition,
  ActionFailure,
  type HostResponse,
  type Plain,
} from '../../actions/kit/index.ts';
import { createMemory } from '../../engine/host/memory.ts';
import { runAction } from './action-context.ts';

/** When it is, until a test says otherwise. */
export const noon = Date.UTC(2026, 10, 21, 12);

export interface World {
  now: number;
  /** Answers of the network, by address. */
  answers: Record<string, Partial<HostResponse>>;
  asked: string[];
  redirects: (number | undefined)[];
  context: ActionContext;
}

/** What these actions use of the world: a clock that stands still, memory, and a network of a few addresses. */
export const openWorld = (): World => {
  const world: World = { now: noon, answers: {}, asked: [], redirects: [], context: undefined as never };
  const host = {
    now: () => world.now,
    randomBytes: (count: number) => new Uint8Array(randomBytes(count)),
    memory: createMemory({ maxBytes: 50_000, monotonic: () => world.now }),
    request: async ({ url, redirects }: { url: string; redirects?: number }): Promise<HostResponse> => {
      world.asked.push(url);
      world.redirects.push(redirects);
      return { status: 200, headers: {}, body: new Uint8Array(), ...world.answers[url] };
    },
  };
  world.context = { signal: new AbortController().signal, host } as unknown as ActionContext;
  return world;
};

const { context } = openWorld();
/** Runs an action in a world of its own, or in the given one. */
export const run = <T = unknown>(action: ActionDefinition, given: Plain, inside = context): T =>
  runAction(action, given, inside) as T;

/** The code that an action fails with, at once or later. */
export const failure = async (action: ActionDefinition, given: Plain, inside = context): Promise<string> => {
  try {
    await runAction(action, given, inside);
  } catch (thrown) {
    if (thrown instanceof ActionFailure) return thrown.code;
    throw thrown;
  }
  return 'none';
};
