import type { Outcome } from '../../engine/run/execute.ts';
import type { Interpretation } from './interpreter.ts';
import { Steps } from './interpreter-input.ts';
import type { Told } from './interpreter-place.ts';

/** How a run ended and what it told, as text that can be compared: equal data gives equal text, and nothing is lost in it. */
export interface Report {
  ended: { output: string; failure: string | null; handled: boolean };
  told: string[];
}

export const reportOf = (
  { output, failure, handled }: Pick<Outcome, 'output' | 'failure' | 'handled'> | Interpretation,
  told: readonly Told[],
): Report => ({
  ended: { output: show(output), failure: failure && `${failure.code} at ${failure.node}`, handled },
  told: told.map(({ event, node, iteration, attempt, data, failure: fault }) => {
    const at = iteration === undefined ? node : `${node}#${iteration}`;
    const where = attempt === undefined ? at : `${at} (attempt ${attempt})`;
    return `${event} ${where} ${show(data)}${fault === undefined ? '' : ` ${fault}`}`;
  }),
});

/** JSON that tells apart what JSON does not: undefined, functions, dates and bytes. */
export const show = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => {
    if (part === undefined) return '[undefined]';
    if (typeof part === 'function' || part instanceof Steps) return '[steps]';
    if (typeof part === 'number' && !Number.isFinite(part)) return `[${part}]`;
    return part;
  });
