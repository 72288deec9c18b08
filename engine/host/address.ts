import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

const list = (...networks: string[]): BlockList => {
  const blocks = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    blocks.addSubnet(address, Number(bits), isIPv4(address) ? 'ipv4' : 'ipv6');
  }
  return blocks;
};

/** Nothing good is there for a workflow: link-local, unspecified, multicast, and where clouds keep their metadata and keys. */
const never = list(
  '0.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  '255.255.255.255/32',
  '100.100.100.200/32',
  '168.63.129.16/32',
  '192.0.0.192/32',
  '::/128',
  'fe80::/10',
  'ff00::/8',
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
);

/** Not reachable from everywhere (IANA special-purpose address registries). */
const inside = list(
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '240.0.0.0/4',
  '::1/128',
  'fc00::/7',
  'fec0::/10',
);

const loopback = list('127.0.0.0/8', '::1/128');

const holds = (blocks: BlockList, address: string): boolean => blocks.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');

export const isNeverAllowed = (address: string): boolean => holds(never, address);
export const isPrivate = (address: string): boolean => holds(inside, address);
export const isLoopback = (address: string): boolean => holds(loopback, address);

/**
 * An address as what it reaches: an IPv6 address that stands for an IPv4 one (mapped, compatible, translated, NAT64, 6to4, Teredo)
 * becomes that one; zones and brackets go. Undefined for what is no address.
 */
export function normalAddress(text: string): string | undefined {
  const address = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (isIP(address) === 4) return address;
  if (!isIPv6(address)) return undefined;
  const groups = groupsOf(address);
  const [a = 0, b = 0, c = 0, , e = 0, f = 0, g = 0, h = 0] = groups;
  const startsEmpty = groups.slice(0, 5).every((group) => group === 0);
  if (startsEmpty && f === 0xffff) return ipv4(g, h);
  if (startsEmpty && f === 0 && (g !== 0 || h > 1)) return ipv4(g, h);
  // RFC 2765, section 2.1.
  if (groups.slice(0, 4).every((group) => group === 0) && e === 0xffff && f === 0) return ipv4(g, h);
  if (a === 0x64 && b === 0xff9b && c === 1) return behindTranslator(groups);
  if (a === 0x64 && b === 0xff9b && groups.slice(2, 6).every((group) => group === 0)) return ipv4(g, h);
  if (a === 0x2002) return ipv4(b, c);
  // RFC 4380, section 4: the client's address is written with every bit turned.
  if (a === 0x2001 && b === 0) return ipv4(g ^ 0xffff, h ^ 0xffff);
  return address.toLowerCase();
}

/**
 * What an address of 64:ff9b:1::/48 reaches (RFC 8215) depends on how long a prefix the translator of that network has. Of the ways
 * to read it (RFC 6052, section 2.2) the one counts that a workflow is least allowed to reach.
 */
function behindTranslator(groups: readonly number[]): string {
  const [, , , d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  // The bits 64 to 71 are no part of the address.
  const readings = [
    ipv4(g, h),
    ipv4(d, ((e & 255) << 8) | (f >> 8)),
    ipv4(((d & 255) << 8) | (e & 255), f),
    ipv4(((e & 255) << 8) | (f >> 8), ((f & 255) << 8) | (g >> 8)),
  ].filter((reading) => !reading.startsWith('0.'));
  return (
    readings.find(isNeverAllowed) ?? readings.find(isLoopback) ?? readings.find(isPrivate) ?? readings[0] ?? '0.0.0.0'
  );
}

const ipv4 = (high: number, low: number): string => [high >> 8, high & 255, low >> 8, low & 255].join('.');

function groupsOf(address: string): number[] {
  const text = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((group) => group.toString(16)).join(':'),
  );
  const [head = '', tail] = text.split('::');
  const parse = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const first = parse(head);
  if (tail === undefined) return first;
  const last = parse(tail);
  return [...first, ...new Array<number>(8 - first.length - last.length).fill(0), ...last];
}
