import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ActionFailure } from '../../actions/kit/define.ts';
import { createDatagram } from './datagram.ts';
import { createGuard, type OutgoingSettings } from './outgoing-guard.ts';

const controlPort = 4000;
const open: OutgoingSettings = { private: true, allow: [], deny: [] };
const names: { [host: string]: string[] } = {
  'here.example': ['127.0.0.1'],
  'mixed.example': ['192.0.2.1', '127.0.0.1'],
  'empty.example': [],
};
const sender = (settings: Partial<OutgoingSettings> = {}) =>
  createDatagram({
    guard: createGuard({ ...open, ...settings }, controlPort),
    resolve: async (host) => {
      const found = names[host];
      if (found === undefined) throw Object.assign(new Error('no such host'), { code: 'ENOTFOUND' });
      return found;
    },
  });

let receiver: Socket;
let port: number;
const received: string[] = [];
beforeEach(async () => {
  received.length = 0;
  receiver = createSocket('udp4', (message) => received.push(message.toString()));
  receiver.bind(0, '127.0.0.1');
  await once(receiver, 'listening');
  port = receiver.address().port;
});
afterEach(() => receiver.close());

const codeOf = async (work: Promise<void>): Promise<string> => {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof ActionFailure) return thrown.code;
    throw thrown;
  }
  return 'none';
};

describe('a datagram', () => {
  it.each(['127.0.0.1', 'here.example'])('arrives at %s', async (host) => {
    const arrival = once(receiver, 'message');
    await sender()({ host, port }, Buffer.from('hello'));
    await arrival;
    expect(received).toEqual(['hello']);
  });

  it.each([
    ['a private address, where those are off', { private: false }, 'here.example', undefined],
    ['a name of which any address is forbidden', { private: false }, 'mixed.example', undefined],
    ['what is denied', { deny: ['here.example'] }, 'here.example', undefined],
    ['the control API', {}, '127.0.0.1', controlPort],
    ['the metadata service', {}, '169.254.169.254', undefined],
    ['a loopback address in other words', { private: false }, '::ffff:127.0.0.1', undefined],
  ])('is not sent to %s', async (_, settings, host, other) => {
    expect(await codeOf(sender(settings)({ host, port: other ?? port }, Buffer.from('hello')))).toBe(
      'request-forbidden',
    );
    expect(received).toEqual([]);
  });

  it.each([
    ['the host has no address', 'empty.example', 10],
    ['there is no such host', 'none.example', 10],
    ['it is too long', '127.0.0.1', 70_000],
  ])('fails when %s', async (_, host, length) =>
    expect(await codeOf(sender()({ host, port }, Buffer.alloc(length)))).toBe('request-failed'),
  );
});
