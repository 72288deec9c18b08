import net from 'node:net';
import { getSystemErrorName } from 'node:util';

/** A bound TCP socket as node's own cluster module passes it around: workers listen on it, nobody else does. */
export interface BoundHandle {
  close(): void;
  /** Fills in the address; gives a negative error number when binding had failed. */
  getsockname(out: { port?: number }): number;
}

// The call with which node:cluster makes the sockets that its workers share. It is not documented, but there is no other
// way to bind without accepting, and only so does a port stay open, with its queue of connections, while a worker is replaced.
type CreateHandle = (
  address: string,
  port: number,
  addressType: 4 | 6,
  fd: number,
  flags: number,
) => BoundHandle | number;
const createHandle = (net as unknown as { _createServerHandle: CreateHandle })._createServerHandle;

/**
 * Binds a port for workers to listen on.
 * @param host an IP address, or `localhost` for 127.0.0.1
 * @throws NodeJS.ErrnoException with a code such as EADDRINUSE, EACCES or EADDRNOTAVAIL
 */
export function bind(host: string, port: number): BoundHandle {
  const address = host === 'localhost' ? '127.0.0.1' : host;
  const handle = createHandle(address, port, net.isIPv6(address) ? 6 : 4, -1, 0);
  if (typeof handle === 'number') throw refusal(address, port, handle);
  // libuv keeps a taken port to itself until it is told to listen. A worker would then listen on the unbound socket, and
  // the system would choose it another port: so the question is asked here.
  const failure = handle.getsockname({});
  if (failure !== 0) {
    handle.close();
    throw refusal(address, port, failure);
  }
  return handle;
}

const refusal = (address: string, port: number, errno: number): Error =>
  Object.assign(new Error(`cannot bind ${address}:${port}`), { errno, code: getSystemErrorName(errno) });
