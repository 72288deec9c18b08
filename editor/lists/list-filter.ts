import type { NodeAnswer } from '../../engine/control/control.ts';
import { isOn } from '../state/switch-text.ts';
import { statusOf } from './status-dot.tsx';

/** What a list can be narrowed to by one press. */
export type ListFilter = 'running' | 'failed' | 'stopped' | 'log' | 'capture';

export const filterNames: Record<ListFilter, string> = {
  running: 'Running',
  failed: 'Failed',
  stopped: 'Stopped',
  log: 'Log on',
  capture: 'Capture on',
};

/** Whether a node is what a filter asks for. */
export function isWanted(filter: ListFilter, node: NodeAnswer | undefined, now: number): boolean {
  if (node === undefined) return false;
  if (filter === 'log' || filter === 'capture') return isOn(node[filter].effective, now);
  return statusOf(node).look === filter;
}
