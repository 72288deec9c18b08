import { type ActionContext, ActionFailure, type Awaitable, type Branch, type Lazy } from '../kit/index.ts';
import { sideBySide } from './awaitable.ts';
import { within } from './deadline.ts';
import { recover } from './failure.ts';

/** Steps that run beside others, and are stopped together. */
export interface Branches {
  /** Runs steps in a branch of their own. */
  run(value: Lazy, locals?: Record<string, unknown>): Awaitable<unknown>;
  /** As `run`, but fails with what `over` makes after so many milliseconds, and stops the steps then. */
  runWithin(
    value: Lazy,
    ms: number | undefined,
    over: () => ActionFailure,
    locals?: Record<string, unknown>,
  ): Awaitable<unknown>;
  /** Stops what still runs. */
  stop(message: string): void;
}

export const timeoutFailure = (name: string, ms: number): ActionFailure =>
  new ActionFailure(
    'timeout',
    `${name} took longer than the ${ms} ms that \`timeout\` allows; allow more, or do less.`,
  );

export const openBranches = (context: ActionContext): Branches => {
  const running = new Set<Branch>();
  const begin = (branch: Branch, value: Lazy, locals?: Record<string, unknown>): Awaitable<unknown> => {
    running.add(branch);
    const end = () => running.delete(branch);
    let result: Awaitable<unknown>;
    try {
      result = value(locals, branch);
    } catch (thrown) {
      end();
      throw thrown;
    }
    if (result instanceof Promise) result.then(end, end);
    else end();
    return result;
  };
  return {
    run: (value, locals) => begin(context.branch(), value, locals),
    runWithin: (value, ms, over, locals) => {
      const branch = context.branch();
      return within(begin(branch, value, locals), ms, () => {
        running.delete(branch);
        const failure = over();
        branch.cancel(failure);
        throw failure;
      });
    },
    stop: (message) => {
      for (const branch of running) branch.cancel(new ActionFailure('branch-cancelled', message));
      running.clear();
    },
  };
};

/** Work on many things at once: `step` begins one of them, in a branch of its own. */
export interface Crowd<T> {
  readonly count: number;
  /** How many at once. */
  readonly limit: number;
  /** Milliseconds for all of them together, and what comes when they are over. */
  readonly timeoutMs?: number | undefined;
  over?(): void;
  step(index: number, branches: Branches): Awaitable<T>;
  take(result: T, index: number): void;
}

/** Does the work of a crowd. When one fails, or the time is over, the others are stopped. */
export const runCrowd = <T>(context: ActionContext, crowd: Crowd<T>): Awaitable<void> => {
  const branches = openBranches(context);
  const { count, limit, timeoutMs } = crowd;
  let isOver = false;
  const step = (index: number): Awaitable<T> => {
    // A step that ends with the time must not let another begin.
    if (isOver) throw timeoutFailure('All together', timeoutMs as number);
    return crowd.step(index, branches);
  };
  const take = (result: T, index: number): void => {
    if (!isOver) crowd.take(result, index);
  };
  const work = () =>
    within(sideBySide(count, limit, step, take), timeoutMs, () => {
      isOver = true;
      branches.stop('The time for all together was over.');
      if (crowd.over === undefined) throw timeoutFailure('All together', timeoutMs as number);
      crowd.over();
    });
  return recover(work, (thrown) => {
    branches.stop('Another one failed.');
    throw thrown;
  }) as Awaitable<void>;
};

/** Refuses ids that name two results. */
export const checkIds = (rows: readonly { readonly id: string }[], field: string): void => {
  const seen = new Set<string>();
  rows.forEach(({ id }, index) => {
    if (seen.has(id)) {
      throw new ActionFailure(
        'input-invalid',
        `\`${field}[${index}].id\` is that of another row as well; give each row an id of its own`,
      );
    }
    seen.add(id);
  });
};
