import { networkInterfaces } from 'node:os';
import { ActionFailure } from '../../actions/kit/define.ts';
import { isLoopback, isNeverAllowed, isPrivate, normalAddress } from './address.ts';
import { type Destination, parseRule, type Rule } from './outgoing-rule.ts';

/** The settings `outgoing.*`. */
export interface OutgoingSettings {
  /** May private and loopback addresses be called? */
  readonly private: boolean;
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

/**
 * Throws request-forbidden for a place that actions may not call. What is blocked for good comes first, then `allow`,
 * which overrides the rest, then `deny`, then `private`.
 */
export type Guard = (destination: Destination) => void;

/** @param controlPort port of the control API on this machine; 0 if there is none */
export function createGuard(settings: OutgoingSettings, controlPort: number): Guard {
  const faults: string[] = [];
  const allow = rulesOf('outgoing.allow', settings.allow, faults);
  const deny = rulesOf('outgoing.deny', settings.deny, faults);
  return (destination) => {
    const { host, port, address } = destination;
    const forbid = (why: string): never => {
      const name = host === address ? address : `${host} (${address})`;
      throw new ActionFailure('request-forbidden', `The request to ${name} port ${port} is not allowed: ${why}.`);
    };
    // A rule that cannot be read might have forbidden this: none is followed until all can be.
    if (faults[0] !== undefined) forbid(faults[0]);
    if (isNeverAllowed(address)) forbid('link-local, metadata, unspecified and multicast addresses never are');
    if (port === controlPort && isOwn(address)) forbid('it is the control API of this engine');
    if (allow.some((rule) => rule(destination))) return;
    if (deny.some((rule) => rule(destination))) forbid('outgoing.deny names it');
    if (!settings.private && isPrivate(address))
      forbid('outgoing.private is off; an administrator can name the host in outgoing.allow');
  };
}

function rulesOf(key: string, entries: readonly string[], faults: string[]): Rule[] {
  const rules: Rule[] = [];
  for (const entry of entries) {
    const rule = parseRule(entry);
    if (typeof rule === 'string') faults.push(`${key} cannot be read: ${rule}`);
    else rules.push(rule);
  }
  return rules;
}

const isOwn = (address: string): boolean =>
  isLoopback(address) ||
  Object.values(networkInterfaces()).some((entries) =>
    entries?.some((entry) => normalAddress(entry.address) === address),
  );
