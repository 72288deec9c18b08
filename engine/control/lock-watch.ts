import type { FolderLock } from './folder-lock.ts';

/** Milliseconds between two looks at the lock. */
const everyMs = 3_000;

/** Looks at a lock now and then, and says once when it does not hold any more. It does not keep the process running. */
export function watchLock(lock: FolderLock, report: (trouble: string) => void): { close(): Promise<void> } {
  let last: string | null = null;
  let looking: Promise<void> = Promise.resolve();
  let isClosed = false;

  const look = async () => {
    // What cannot be looked at now, as without descriptors or space, is looked at the next time.
    const trouble = await lock.check().catch(() => last);
    if (trouble !== null && trouble !== last && !isClosed) report(trouble);
    last = trouble;
    if (!isClosed) wait();
  };
  let timer: NodeJS.Timeout;
  const wait = () => {
    timer = setTimeout(() => {
      looking = look();
    }, everyMs).unref();
  };
  wait();
  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
