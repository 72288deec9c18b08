import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { ActionFailure, type Host } from '../../actions/kit/define.ts';
import { quoteWhole } from '../document/found.ts';
import { checkedAddresses, type Reach } from './connect.ts';

/** Sends datagrams to checked addresses only: every address that a name stands for is, and the datagram goes to the first. */
export function createDatagram(reach: Reach): Host['datagram'] {
  return async ({ host, port }, payload) => {
    try {
      const [address] = await checkedAddresses({ hostname: host, port: String(port), protocol: 'udp:' }, reach);
      if (address === undefined) throw new Error('the host has no address');
      await send(address, port, payload);
    } catch (thrown) {
      if (thrown instanceof ActionFailure) throw thrown;
      const { code, message } = thrown as NodeJS.ErrnoException;
      const why = code === 'EMSGSIZE' ? 'it is longer than a datagram can be' : (code ?? message);
      throw new ActionFailure(
        'request-failed',
        `The datagram to ${quoteWhole(host)} port ${port} was not sent: ${why}.`,
      );
    }
  };
}

const send = (address: string, port: number, payload: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    const end = (error: Error | null) => {
      socket.close();
      if (error === null) resolve();
      else reject(error);
    };
    socket.once('error', end);
    socket.send(payload, port, address, end);
  });
