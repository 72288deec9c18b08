import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundle, bundle } from '../../actions/bundle.mjs';
import { actions } from '../../actions/index.ts';
import type { Trial } from '../support/fuzz-thread.ts';

const isLong = process.env.SLUICE_TEST_LONG === '1';
const runs = isLong ? 5_000 : 100;
/** Slow on purpose. */
const fewer = new Set(['security/password-hash', 'security/password-verify']);
/** SLUICE_TEST_SEED repeats a failure, or tries something else. */
const seed = Number(process.env.SLUICE_TEST_SEED ?? 20_261_121);
/** A call that makes no progress for so long is one that never ends, on any machine. */
const hangsAfterMs = 15_000;

/** A thread that tries actions. It is replaced when it hangs. */
class Prober {
  private worker: Worker | null = null;
  private readonly progress = new Int32Array(new SharedArrayBuffer(4));

  constructor(private readonly program: string) {}

  /** What was found; null for nothing. */
  async try(trial: Trial): Promise<string | null> {
    this.worker ??= new Worker(this.program, { workerData: this.progress.buffer });
    const { worker, progress } = this;
    let last = -1;
    let since = performance.now();
    return await new Promise((resolve) => {
      const finish = (fault: string | null): void => {
        clearInterval(watch);
        worker.off('message', finish);
        worker.off('error', crash);
        resolve(fault);
      };
      const crash = (thrown: Error): void => {
        this.worker = null;
        finish(`The thread ended: ${thrown.stack}`);
      };
      const watch = setInterval(() => {
        const now = Atomics.load(progress, 0);
        if (now !== last) {
          last = now;
          since = performance.now();
        } else if (performance.now() - since > hangsAfterMs) {
          void this.close();
          finish(`hangs in one of its calls; seed ${trial.seed}`);
        }
      }, 250);
      worker.on('message', finish);
      worker.on('error', crash);
      worker.postMessage(trial);
    });
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
    this.worker = null;
  }
}

describe('any input', () => {
  let bundled: Bundle;
  let prober: Prober;
  beforeAll(async () => {
    bundled = await bundle({ thread: 'test/support/fuzz-thread.ts' });
    prober = new Prober(bundled.pathOf('thread'));
  });
  afterAll(async () => {
    await prober?.close();
    bundled?.remove();
  });

  it.each(actions.map(({ id }) => id))('%s', { timeout: isLong ? 600_000 : 60_000 }, async (id) => {
    const fault = await prober.try({ id, seed, runs: fewer.has(id) ? runs / 10 : runs });
    if (fault !== null) expect.fail(fault);
  });
});
