import { setTimeout as delay } from 'node:timers/promises';
import type { Response } from 'express';
import { describe, exactly, orNull, text } from '../../document/shape.ts';
import { CursorFault } from '../../store/records.ts';
import type { Control } from '../control.ts';
import { Refusal } from './problem.ts';

/** How long an answer waits for what was just written to be on the disk. */
const flushMs = 1000;

/** Milliseconds that a page may be looked for. */
export const lookMs = 2000;

export const flushed = (control: Control): Promise<void> =>
  Promise.race([control.flushStore().catch(() => {}), delay(flushMs, undefined, { ref: false })]);

/** Is aborted when whoever asked has gone away. */
export function whileAsked(res: Response): AbortSignal {
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  return gone.signal;
}

/** Times that were looked at, in milliseconds since 1970. */
export interface Scanned {
  from: number | null;
  to: number | null;
}

const timeText = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

export const scannedText = ({ from, to }: Scanned) => ({ from: timeText(from), to: timeText(to) });

/** What two pages, the newer one first, have looked at. */
export const scannedBoth = (newer: Scanned, older: Scanned): Scanned => ({
  from: older.from ?? newer.from,
  to: newer.to ?? older.to,
});

export const scannedAnswer = describe(exactly({ from: orNull(text), to: orNull(text) }), {
  description: 'The times that were looked at; null when there was nothing to look at.',
});

/** @throws Refusal 400 for a cursor that is none */
export async function withoutCursorFault<T>(page: Promise<T>): Promise<T> {
  try {
    return await page;
  } catch (thrown) {
    if (thrown instanceof CursorFault) throw new Refusal(400, thrown.message, { field: 'cursor' });
    throw thrown;
  }
}
