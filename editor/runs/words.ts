import type { RunState } from '../../engine/store/run-head.ts';
import type { IconName } from '../ui/icon.tsx';

/** `0.04 ms`, `38.6 ms`, `2,004 ms`, `12.5 s`, `1 min 5 s`. */
export function msInWords(ms: number): string {
  if (ms > 0 && ms < 0.005) return '< 0.01 ms';
  if (ms < 0.1) return `${ms.toFixed(2)} ms`;
  if (ms < 100) return `${ms.toFixed(1)} ms`;
  if (ms < 10_000) return `${Math.round(ms).toLocaleString('en')} ms`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${(ms / 1000).toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `14:22:17.052` on this clock; with the day where it is not today. */
export function timeInWords(time: string, now = new Date()): string {
  const at = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`;
  if (at.toDateString() === now.toDateString()) return clock;
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${clock}`;
}

/** How a run or a step is shown. */
export const stateIcons: { readonly [state in RunState]: IconName } = {
  running: 'running',
  succeeded: 'ok',
  failed: 'failed',
  cancelled: 'off',
  interrupted: 'warn',
};
