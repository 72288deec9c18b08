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

/**
 * Opens connections to checked addresses only: a name is resolved once, every address it stands for is checked, and the
 * connection goes to those very addresses, so that a second answer of the name server changes nothing.
 */
export function guardedConnector(
  connect: buildConnector.connector,
  guard: Guard,
  resolve: Resolve,
): buildConnector.connector {
  return (options, callback) => {
    checkedAddresses(options, guard, resolve).then(
      (addresses) => connectToFirst(connect, options, addresses, callback),
      (error: Error) => callback(error, null),
    );
  };
}

async function checkedAddresses(
  { hostname, port, protocol }: buildConnector.Options,
  guard: Guard,
  resolve: Resolve,
): Promise<string[]> {
  const host = plainHost(hostname);
  const addresses = isIP(host) ? [host] : await resolve(host);
  for (const found of addresses) {
    const address = normalAddress(found);
    if (address === undefined)
      throw new ActionFailure(
        'request-failed',
        `The name server gave ${JSON.stringify(found)} for ${host}, which is no address.`,
      );
    guard({ host: normalAddress(host) ?? host, port: Number(port) || (protocol === 'https:' ? 443 : 80), address });
  }
  return addresses;
}

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
  // TLS still asks for the name, and checks the certificate against it.
  const servername = options.servername ?? (isIP(plainHost(options.hostname)) ? undefined : options.hostname);
  connect({ ...options, hostname: address, ...(servername !== undefined && { servername }) }, (...result) => {
    if (result[0] !== null && others.length > 0) connectToFirst(connect, options, others, callback);
    else callback(...result);
  });
}
