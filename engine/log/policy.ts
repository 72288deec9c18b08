import { hashJson } from '../document/hash.ts';
import type { Json, Level, Switch, Switches } from '../document/types.ts';
import { rankOf } from './record.ts';

/** Bits of a node's flags. A node whose flags are 0 is not observed at all. */
export const nodeLog = {
  /** Begin, and the end of what succeeded, are written. */
  info: 1,
  /** The end of what failed is written. */
  error: 2,
  /** Bit of runs: spans are recorded. */
  recording: 4,
  /** Both only where a bounded switch decides so (see run/bounded-log.ts). */
  bounded: 8,
  /** Bit of runs: a counted switch has let an action of the run in, and goes on to when it has ended. */
  admitted: 16,
  /** Bit of operations: their runs are to be recorded, since they might have to be stored. */
  capture: 32,
} as const;

export type SwitchKind = 'log' | 'capture';

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

export interface SwitchState extends Effective<Switch> {
  /** Runs that the switch in force, or the node's own that has ended, may still write; null if they are not counted. */
  left: number | null;
}

export interface NodeState {
  log: SwitchState;
  capture: SwitchState;
  logLevel: Effective<Level>;
}

export interface PolicySettings {
  level: Level;
  captureAll: boolean;
  captureErrors?: boolean;
  /** Milliseconds; undefined for never. */
  captureSlowMs?: number | undefined;
}

/** How far a switch with `times` is. */
export interface SwitchUse {
  /** Another one whenever the switch is set again, so that what is told of the former does not count for it. */
  readonly version: number;
  /** Runs that it may still write; at 0 it has ended. */
  readonly left: number;
}

/** How far the switches with `times` are, by switchKey. */
export type SwitchUses = { readonly [key: string]: SwitchUse };

export type BoundedValue = Exclude<Switch, boolean>;

/** A switch that is on and covers a node. */
export interface SwitchAt {
  readonly address: string;
  readonly kind: SwitchKind;
  readonly value: BoundedValue;
}

/** Names a switch by its place and what it says: a changed switch is another one, and counts from the start. */
export const switchKey = (address: string, kind: SwitchKind, value: BoundedValue): string =>
  `${address} ${kind} ${hashJson(value as { [key: string]: Json })}`;

/** Whether a switch that is on decides run by run. One that is only bounded in time does not. */
const isSelective = (value: BoundedValue): boolean =>
  value.times !== undefined || value.when !== undefined || value.errorsOnly === true || (value.sample ?? 1) < 1;

/** Whether a switch is on at a time (milliseconds since 1970), its bound in time and its count considered. */
function isOn(node: string, kind: SwitchKind, value: Switch, now: number, uses: SwitchUses): boolean {
  if (typeof value === 'boolean') return value;
  if (!value.on || (value.until !== undefined && Date.parse(value.until) <= now)) return false;
  return value.times === undefined || uses[switchKey(node, kind, value)]?.left !== 0;
}

const ownOf = <K extends SwitchKind | 'logLevel'>(node: SwitchDefaults, switches: Switches, key: K) =>
  (switches[node.address]?.[key] ?? node[key] ?? null) as NonNullable<SwitchDefaults[K]> | null;

/** Where switches come from and how far they are. */
export interface SwitchSources {
  readonly switches: Switches;
  readonly settings: PolicySettings;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly uses: SwitchUses;
}

/** Log of a resource covers its operations' runs; capture covers everything below. */
const covers = (chain: readonly SwitchDefaults[], kind: SwitchKind): readonly SwitchDefaults[] =>
  kind === 'log' && chain.length > 2 ? chain.slice(-1) : chain;

/** The switches that are on at a node, the nearest first. */
function switchesOn(
  chain: readonly SwitchDefaults[],
  kind: SwitchKind,
  { switches, now, uses }: SwitchSources,
): { address: string; value: Switch }[] {
  const on: { address: string; value: Switch }[] = [];
  for (const node of covers(chain, kind).toReversed()) {
    const value = ownOf(node, switches, kind);
    if (value !== null && isOn(node.address, kind, value, now, uses)) on.push({ address: node.address, value });
  }
  return on;
}

const decidesRunByRun = (value: Switch): value is BoundedValue => typeof value === 'object' && isSelective(value);

/**
 * What is in force at a node. `chain` leads from the resource (server, service, client) over the operation to the action.
 * A switch that writes every run goes before one that decides run by run, and the nearest goes first; the nearest level wins.
 */
export function nodeState(chain: readonly SwitchDefaults[], sources: SwitchSources): NodeState {
  return {
    log: switchState(chain, 'log', sources),
    capture: switchState(chain, 'capture', sources),
    logLevel: levelAt(chain, sources),
  };
}

function switchState(chain: readonly SwitchDefaults[], kind: SwitchKind, sources: SwitchSources): SwitchState {
  const node = chain.at(-1) as SwitchDefaults;
  const own = ownOf(node, sources.switches, kind);
  if (kind === 'capture' && sources.settings.captureAll && chain.length > 1)
    return { own, effective: true, from: null, left: null };
  const on = switchesOn(chain, kind, sources);
  const first = on.find(({ value }) => !decidesRunByRun(value)) ?? on[0];
  if (first !== undefined)
    return {
      own,
      effective: first.value,
      from: first.address,
      left: leftOf(first.address, kind, first.value, sources),
    };
  return { own, effective: false, from: null, left: leftOf(node.address, kind, own, sources) };
}

function leftOf(address: string, kind: SwitchKind, value: Switch | null, { uses }: SwitchSources): number | null {
  if (typeof value !== 'object' || value === null || !value.on || value.times === undefined) return null;
  return uses[switchKey(address, kind, value)]?.left ?? value.times;
}

function levelAt(chain: readonly SwitchDefaults[], { switches, settings }: SwitchSources): Effective<Level> {
  const own = ownOf(chain.at(-1) as SwitchDefaults, switches, 'logLevel');
  for (const node of chain.toReversed()) {
    const level = ownOf(node, switches, 'logLevel');
    if (level !== null) return { own, effective: level, from: node.address };
  }
  return { own, effective: settings.level, from: null };
}

/** A node's switches as compiled operations look them up. */
export interface NodePolicy {
  readonly flags: number;
  /** Rank of the lowest level that is written. */
  readonly rank: number;
  /** The switches that decide about the log run by run, the nearest first; none where every run is written, or no run. */
  readonly log: readonly SwitchAt[];
  /** Whether every run is captured, or the switches that decide run by run. Of actions, only their own switch. */
  readonly capture: boolean | readonly SwitchAt[];
}

export function nodePolicy(chain: readonly SwitchDefaults[], sources: SwitchSources): NodePolicy {
  const rank = rankOf[levelAt(chain, sources).effective];
  const log = inForce(chain, 'log', sources);
  const captureAll = sources.settings.captureAll && chain.length === 2;
  const capture = captureAll || inForce(chain.length > 2 ? chain.slice(-1) : chain, 'capture', sources);
  if (log === false) return { flags: 0, rank, log: [], capture };
  const levels = levelFlags(rank);
  return log === true
    ? { flags: levels, rank, log: [], capture }
    : { flags: levels | nodeLog.bounded, rank, log, capture };
}

/** The records of a node that its level lets through. */
export const levelFlags = (rank: number): number => nodeLog.error | (rank <= rankOf.info ? nodeLog.info : 0);

function inForce(
  chain: readonly SwitchDefaults[],
  kind: SwitchKind,
  sources: SwitchSources,
): boolean | readonly SwitchAt[] {
  const on = switchesOn(chain, kind, sources);
  const selective = on.flatMap(({ address, value }) => (decidesRunByRun(value) ? [{ address, kind, value }] : []));
  return on.length > selective.length || (selective.length > 0 && selective);
}
