import type { NodeAnswer } from '../../engine/control/control.ts';
import type { Switch } from '../../engine/document/types.ts';

export type SwitchName = 'log' | 'capture';

/** Whether a switch is on at a time (milliseconds since 1970). */
export const isOn = (value: Switch | null, now: number): boolean => {
  if (typeof value !== 'object' || value === null) return value === true;
  return value.on && (value.until === undefined || Date.parse(value.until) > now);
};

/** A switch in a few characters: `on`, `off`, or its bound. */
export function switchText(value: Switch, now: number): string {
  if (!isOn(value, now)) return 'off';
  if (typeof value !== 'object') return 'on';
  if (value.until !== undefined) return duration(Date.parse(value.until) - now);
  if (value.times !== undefined) return value.times === 1 ? '1 run' : `${value.times} runs`;
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
  const { effective, from } = node[name];
  const what = name === 'log' ? 'Log' : 'Capture';
  if (!isOn(effective, now)) return { kind: 'off', badge: 'off', text: `${what} is off` };
  const bound = switchText(effective, now);
  if (from === node.address)
    return { kind: 'own', badge: bound, text: `${what} is on, set here${bound === 'on' ? '' : ` (${bound})`}` };
  const place = from === null ? 'settings' : (from.split('/')[0] as string);
  const whence = from === null ? 'the settings' : from;
  const isOperation = from !== null && from.split('/').length === 3;
  return {
    kind: 'inherited',
    badge: isOperation ? 'operation' : place,
    text: `${what} is on, inherited from ${whence}`,
  };
}

function duration(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  return minutes < 60 * 48 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
}
