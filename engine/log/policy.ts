import type { Level, Switch, Switches } from '../document/types.ts';
import { rankOf } from './record.ts';

/** Bits of a node's flags. A node whose flags are 0 is not observed at all. */
export const nodeLog = {
  /** Begin, and the end of what succeeded, are written. */
  info: 1,
  /** The end of what failed is written. */
  error: 2,
} as const;

/** What a document says of one node; the place where a default comes from. */
export interface SwitchDefaults {
  readonly address: string;
  readonly log?: Switch | undefined;
  readonly capture?: Switch | undefined;
  readonly logLevel?: Level | undefined;
}

export interface Effective<T> {
  /** Set at the node itself, by the document or while running; null if it is not. */
  own: T | null;
  effective: T;
  /** The address that decides; null when it is the settings, or nothing is on. */
  from: string | null;
}

export interface NodeState {
  log: Effective<Switch>;
  capture: Effective<Switch>;
  logLevel: Effective<Level>;
}

export interface PolicySettings {
  level: Level;
  captureAll: boolean;
}

/** Whether a switch is on at a time (milliseconds since 1970). */
const isOn = (value: Switch | undefined | null, now: number): boolean => {
  if (typeof value !== 'object' || value === null) return value === true;
  return value.on && (value.until === undefined || Date.parse(value.until) > now);
};

const ownOf = <K extends 'log' | 'capture' | 'logLevel'>(node: SwitchDefaults, switches: Switches, key: K) =>
  (switches[node.address]?.[key] ?? node[key] ?? null) as NonNullable<SwitchDefaults[K]> | null;

/**
 * What is in force at a node. `chain` leads from the resource (server, service, client) over the operation to the action.
 * Log of a resource covers its operations' runs; capture covers everything below; the nearest level wins.
 */
export function nodeState(
  chain: readonly SwitchDefaults[],
  switches: Switches,
  settings: PolicySettings,
  now: number,
): NodeState {
  const node = chain.at(-1) as SwitchDefaults;
  const isAction = chain.length > 2;
  return {
    log: nearestOn(isAction ? [node] : chain, switches, 'log', now),
    capture:
      settings.captureAll && chain.length > 1
        ? { own: ownOf(node, switches, 'capture'), effective: true, from: null }
        : nearestOn(chain, switches, 'capture', now),
    logLevel: levelAt(chain, switches, settings),
  };
}

function nearestOn(
  chain: readonly SwitchDefaults[],
  switches: Switches,
  key: 'log' | 'capture',
  now: number,
): Effective<Switch> {
  const own = ownOf(chain.at(-1) as SwitchDefaults, switches, key);
  for (const node of chain.toReversed()) {
    const value = ownOf(node, switches, key);
    if (value !== null && isOn(value, now)) return { own, effective: value, from: node.address };
  }
  return { own, effective: false, from: null };
}

function levelAt(chain: readonly SwitchDefaults[], switches: Switches, settings: PolicySettings): Effective<Level> {
  const own = ownOf(chain.at(-1) as SwitchDefaults, switches, 'logLevel');
  for (const node of chain.toReversed()) {
    const level = ownOf(node, switches, 'logLevel');
    if (level !== null) return { own, effective: level, from: node.address };
  }
  return { own, effective: settings.level, from: null };
}

/** The flags and the lowest written rank of a node, as compiled operations look them up. */
export function nodePolicy(state: NodeState, now: number): { flags: number; rank: number } {
  const rank = rankOf[state.logLevel.effective];
  const on = isOn(state.log.effective, now);
  return { flags: on ? nodeLog.error | (rank <= rankOf.info ? nodeLog.info : 0) : 0, rank };
}
