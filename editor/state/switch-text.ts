import type { NodeAnswer } from '../../engine/control/control.ts';
import type { Switch } from '../../engine/document/types.ts';

export type SwitchName = 'log' | 'capture';

/** Whether a switch is on at a time (milliseconds since 1970). */
export const isOn = (value: Switch | null, now: number): boolean => {
  if (typeof value !== 'object' || value === null) return value === true;
  return value.on && (value.until === undefined || Date.parse(value.until) > now);
};

/** Whether a node's own switch is on, also by its count of runs. */
export function isOwnOn(node: NodeAnswer, name: SwitchName, now: number): boolean {
  const { own, from, left } = node[name];
  if (!isOn(own, now)) return false;
  const hasEnded = typeof own === 'object' && own?.times !== undefined && from !== node.address && left === 0;
  return !hasEnded;
}

/** A switch in a few characters: `on`, `off`, or its bound. `left` are the runs that it may still write. */
export function switchText(value: Switch, now: number, left: number | null = null): string {
  if (!isOn(value, now)) return 'off';
  if (typeof value !== 'object') return 'on';
  if (value.until !== undefined) return duration(Date.parse(value.until) - now);
  if (value.times !== undefined) {
    if (left !== null && left < value.times) return `${left} of ${value.times}`;
    return value.times === 1 ? '1 run' : `${value.times} runs`;
  }
  if (value.sample !== undefined) return `${Number((value.sample * 100).toPrecision(3))} %`;
  if (value.errorsOnly) return 'errors';
  return value.when === undefined ? 'on' : 'when…';
}

/** How a switch of a node came to be what it is. */
export interface SwitchState {
  /** `own`: set at the node itself; `inherited`: on because of a node above it. */
  kind: 'off' | 'own' | 'inherited';
  /** What a badge shows: the bound, or the kind of node that it is inherited from. */
  badge: string;
  /** The whole of it, as a sentence without a full stop. */
  text: string;
}

export function switchState(node: NodeAnswer, name: SwitchName, now: number): SwitchState {
  const { effective, from, left } = node[name];
  const what = name === 'log' ? 'Log' : 'Capture';
  if (!isOn(effective, now)) return { kind: 'off', badge: 'off', text: `${what} is off` };
  const bound = switchText(effective, now, left);
  const bounds = boundsInWords(effective, left);
  if (from === node.address)
    return { kind: 'own', badge: bound, text: `${what} is on, set here${bounds === '' ? '' : ` (${bounds})`}` };
  const place = from === null ? 'settings' : (from.split('/')[0] as string);
  const whence = from === null ? 'the settings' : from;
  const isOperation = from !== null && from.split('/').length === 3;
  return {
    kind: 'inherited',
    badge: isOperation ? 'operation' : place,
    text: `${what} is on, inherited from ${whence}${bounds === '' ? '' : ` (${bounds})`}`,
  };
}

/** All bounds of a switch, such as `until 15:12, only errors`; empty for one that has none. */
function boundsInWords(value: Switch, left: number | null): string {
  if (typeof value !== 'object') return '';
  const { until, times, sample, when, errorsOnly } = value;
  return [
    until !== undefined && `until ${clock(Date.parse(until))}`,
    times !== undefined && (left === null ? `for ${times} runs` : `${left} of ${times} runs left`),
    sample !== undefined && `${Number((sample * 100).toPrecision(3))} % of runs`,
    errorsOnly === true && 'only errors',
    when !== undefined && `only when ${when}`,
  ]
    .filter((part) => part !== false)
    .join(', ');
}

/** A time of day such as `15:12`, with the day when it is not today's; of milliseconds since 1970. */
export function clock(time: number, now: number = Date.now()): string {
  const date = new Date(time);
  const text = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (date.toDateString() === new Date(now).toDateString()) return text;
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${text}`;
}

function duration(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  return minutes < 60 * 48 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
}
