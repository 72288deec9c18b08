import { randomFillSync } from 'node:crypto';
import type { Run } from './run.ts';

/** W3C Trace Context ids in hex: 16 bytes for the trace, 8 for spans. */
export interface Trace {
  readonly id: string;
  readonly span: string;
  readonly parent: string | undefined;
}

// Asking the kernel for a few bytes at a time costs more than making a record; a pool spreads that.
const pool = Buffer.alloc(4096);
let used = pool.length;
const randomHex = (bytes: number): string => {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
};

/** W3C Trace Context, section 3.2: version 00 exactly, later versions by their first four fields; all-zero ids do not count. */
const traceparent = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(?:$|-)/;

export function parseTraceparent(text: string | undefined): { trace: string; parent: string } | undefined {
  const match = text === undefined ? null : traceparent.exec(text);
  if (match === null || (text as string).length > 512) return undefined;
  if ((text as string).startsWith('00') && (text as string).length !== 55) return undefined;
  return { trace: match[1] as string, parent: match[2] as string };
}

/** The trace a run belongs to: that of its request when it named a valid one, else a new one. Child runs share it. */
export function traceOf(run: Run): Trace {
  if (run.trace !== null) return run.trace;
  if (run.parent !== null) {
    const above = traceOf(run.parent);
    run.trace = { id: above.id, span: randomHex(8), parent: above.span };
  } else {
    const came = parseTraceparent(run.trigger?.traceparent);
    if (came !== undefined) run.trace = { id: came.trace, span: randomHex(8), parent: came.parent };
    else {
      const ids = randomHex(24);
      run.trace = { id: ids.slice(0, 32), span: ids.slice(32), parent: undefined };
    }
  }
  return run.trace;
}
