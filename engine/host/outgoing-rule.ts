import { BlockList, isIPv4 } from 'node:net';
import { quote } from '../document/found.ts';
import { normalAddress } from './address.ts';

/** A place that a request is about to go to. */
export interface Destination {
  /** Lower case, without brackets or a dot at the end. */
  readonly host: string;
  readonly port: number;
  /** As normalAddress gives it. */
  readonly address: string;
}

/** One entry of outgoing.allow or outgoing.deny. */
export type Rule = (destination: Destination) => boolean;

/**
 * Reads an entry: `host`, `host:port`, `*.suffix`, an address, `[IPv6]:port`, a network in CIDR notation, or `*`. Hosts are
 * compared as they are named, addresses and networks with every address a name stands for. Gives what is wrong as a
 * sentence for anything else.
 */
export function parseRule(text: string): Rule | string {
  const entry = text.trim().toLowerCase();
  if (entry === '*') return () => true;
  if (entry.includes('/')) return parseNetwork(entry) ?? wrong(text);
  const bare = normalAddress(entry);
  if (bare !== undefined) return ({ address }) => address === bare;
  const [, name = '', portText] = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d+))?$/.exec(entry) ?? [];
  const port = portText === undefined ? undefined : Number(portText);
  if (port !== undefined && (port < 1 || port > 65_535)) return wrong(text);
  const onPort = (destination: Destination): boolean => port === undefined || destination.port === port;
  const suffix = /^\*(\.[a-z0-9_.-]*[a-z0-9])$/.exec(name)?.[1];
  if (suffix !== undefined) return (destination) => destination.host.endsWith(suffix) && onPort(destination);
  const host = hostOf(name);
  if (host === undefined) return wrong(text);
  const address = normalAddress(host);
  if (address !== undefined) return (destination) => destination.address === address && onPort(destination);
  return (destination) => destination.host === host && onPort(destination);
}

const wrong = (text: string): string =>
  `found ${quote(text)}; allowed are a host, host:port, *.suffix, an address, a network such as 10.0.0.0/8, or *`;

function parseNetwork(entry: string): Rule | undefined {
  const [, address = '', bits] = /^([0-9a-f:.]+)\/(\d{1,3})$/.exec(entry) ?? [];
  const blocks = new BlockList();
  try {
    blocks.addSubnet(address, Number(bits), isIPv4(address) ? 'ipv4' : 'ipv6');
  } catch {
    return undefined;
  }
  return (destination) => blocks.check(destination.address, isIPv4(destination.address) ? 'ipv4' : 'ipv6');
}

/** A host as URLs spell it: punycode, and addresses in their usual form however they were written. */
function hostOf(name: string): string | undefined {
  if (name === '' || name.includes('*') || !URL.canParse(`http://${name}/`)) return undefined;
  const { hostname } = new URL(`http://${name}/`);
  return plainHost(hostname);
}

/** A URL's host name without brackets and without the dot at the end of a fully qualified one. */
export const plainHost = (hostname: string): string =>
  hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
