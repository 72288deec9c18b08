import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { buildConnector } from 'undici';
import { ActionFailure } from '../../actions/kit/define.ts';
import { normalAddress } from './address.ts';
import type { Guard } from './outgoing-guard.ts';
import { plainHost } from './outgoing-rule.ts';

/** All addresses of a host name. */
export type Resolve = (host: string) => Promise<string[]>;

export const resolveBySystem: Resolve = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** What decides where connections may go. */
export interface Reach {
  readonly guard: Guard;
  readonly resolve: Resolve;
}

/**
 * Opens connections to checked addresses only: a name is resolved once, every address it stands for is checked, and the
 * connection goes to those very addresses, so that a second answer of the name server changes nothing.
 */
export function guardedConnector(connect: buildConnector.connector, reach: Reach): buildConnector.connector {
  return (options, callback) => {
    checkedAddresses(options, reach).then(
      (addresses) => connectToFirst(connect, options, addresses, callback),
      (error: Error) => callback(error, null),
    );
  };
}

export const portOf = ({ port, protocol }: Pick<buildConnector.Options, 'port' | 'protocol'>): number =>
  Number(port) || (protocol === 'https:' ? 443 : 80);

/** What a host stands for, all of it allowed. Throws request-forbidden as soon as one address is not. */
export async function checkedAddresses(
  options: Pick<buildConnector.Options, 'hostname' | 'port' | 'protocol'>,
  { guard, resolve }: Reach,
): Promise<string[]> {
  const host = plainHost(options.hostname);
  const addresses = isIP(host) ? [host] : await resolve(host);
  for (const found of addresses) {
    const address = normalAddress(found);
    if (address === undefined)
      throw new ActionFailure(
        'request-failed',
        `The name server gave ${JSON.stringify(found)} for ${host}, which is no address.`,
      );
    guard({ host: normalAddress(host) ?? host, port: portOf(options), address });
  }
  return addresses;
}

/** The name that TLS asks for and checks the certificate against; none for an address. */
export const serverNameOf = ({ servername, hostname }: buildConnector.Options): string | undefined =>
  servername ?? (isIP(plainHost(hostname)) ? undefined : hostname);

/** Tries one address after the other; a host whose IPv6 address is dead is reached by its IPv4 one. */
function connectToFirst(
  connect: buildConnector.connector,
  options: buildConnector.Options,
  [address, ...others]: readonly string[],
  callback: buildConnector.Callback,
): void {
  if (address === undefined) {
    callback(new ActionFailure('request-failed', `The host ${options.hostname} has no address.`), null);
    return;
  }
  const servername = serverNameOf(options);
  connect({ ...options, hostname: address, ...(servername !== undefined && { servername }) }, (...result) => {
    if (result[0] !== null && others.length > 0) connectToFirst(connect, options, others, callback);
    else callback(...result);
  });
}
