import { request } from 'node:http';
import { isIPv6, type Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { ActionFailure } from '../../actions/kit/define.ts';
import { checkedAddresses, portOf, type Reach, serverNameOf } from './connect.ts';

export interface TunnelOptions {
  readonly proxy: URL;
  /** Opens the connection to the proxy itself, guarded. */
  readonly toProxy: buildConnector.connector;
  /** Speaks TLS with the target through the tunnel. */
  readonly toTarget: buildConnector.connector;
  readonly reach: Reach;
}

/** More would only repeat what the proxy said to the first. */
const mostAddresses = 3;

/**
 * Opens connections through a proxy, by CONNECT (RFC 9110, section 9.3.6) for http as well as https. The name of the target is
 * resolved and checked here, and the proxy is asked for a checked address: it cannot be led elsewhere by an answer of its own
 * name server.
 */
export function tunnelConnector({ proxy, toProxy, toTarget, reach }: TunnelOptions): buildConnector.connector {
  return (options, callback) => {
    const open = async (): Promise<Socket> => {
      const addresses = await checkedAddresses(options, reach);
      let last: unknown = new ActionFailure('request-failed', `The host ${options.hostname} has no address.`);
      for (const address of addresses.slice(0, mostAddresses)) {
        try {
          return await openTunnel(proxy, toProxy, `${isIPv6(address) ? `[${address}]` : address}:${portOf(options)}`);
        } catch (thrown) {
          last = thrown;
        }
      }
      throw last;
    };
    open().then(
      (socket) => {
        if (options.protocol !== 'https:') return callback(null, socket);
        const servername = serverNameOf(options);
        toTarget({ ...options, httpSocket: socket, ...(servername !== undefined && { servername }) }, callback);
      },
      (error: Error) => callback(error, null),
    );
  };
}

const answerTimeoutMs = 10_000;

/** By node's own client: undici's asks a proxy that hangs up again and again, without end. */
async function openTunnel(proxy: URL, connect: buildConnector.connector, target: string): Promise<Socket> {
  const { protocol, host, hostname, port } = proxy;
  const socket = await new Promise<Socket>((resolve, reject) => {
    connect({ protocol, host, hostname, port }, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  const asking = request({
    method: 'CONNECT',
    path: target,
    headers: { host: target, 'user-agent': 'sluice', ...authorization(proxy) },
    createConnection: () => socket,
  });
  const timer = setTimeout(() => {
    asking.destroy(new Error(`the proxy ${host} did not answer CONNECT within ${answerTimeoutMs} ms`));
  }, answerTimeoutMs);
  const status = await new Promise<number>((resolve, reject) => {
    asking.once('connect', ({ statusCode = 0 }, _socket, head: Buffer) => {
      if (head.length > 0) socket.unshift(head);
      resolve(statusCode);
    });
    // Also when the connection ends before the answer.
    asking.once('error', reject);
    asking.end();
  }).finally(() => clearTimeout(timer));
  if (status >= 200 && status < 300) return socket;
  socket.on('error', () => {}).destroy();
  const why = status === 407 ? 'it wants another user and password' : 'it may not allow this target or port';
  throw new ActionFailure('request-failed', `The proxy ${host} answered CONNECT with the status ${status}; ${why}.`, {
    lasting: status < 500,
  });
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}
