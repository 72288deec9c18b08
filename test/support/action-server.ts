import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Agent, buildConnector, errors, request } from 'undici';
import { ActionFailure, type HostRequest, type HostResponse } from '../../actions/kit/index.ts';

const answers: Record<string, { status: number; type: string; body: string | Buffer }> = {
  '/orders/7': { status: 200, type: 'application/json', body: '{"id":7,"title":"Flowers"}' },
  '/missing': { status: 404, type: 'text/html', body: '<h1>Missing</h1>' },
  '/page': { status: 200, type: 'text/html', body: '<h1>Page</h1>' },
  '/broken.json': { status: 200, type: 'application/json', body: '{"id":' },
  '/problem': { status: 409, type: 'application/problem+json; charset=utf-8', body: '{"title":"Conflict"}' },
  '/latin': { status: 200, type: 'text/plain; charset=iso-8859-1', body: Buffer.from([0x67, 0x72, 0xfc, 0x6e]) },
  '/image': { status: 200, type: 'image/png', body: Buffer.from([0x89, 0x50, 0x4e, 0x47]) },
  '/empty': { status: 204, type: 'application/json', body: '' },
};

const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
  if (incoming.url === '/silent') return;
  const received = await text(incoming);
  const echo = `${incoming.method} ${incoming.url} ${incoming.headers['content-type'] ?? '-'} ${received}`;
  const { status, type, body } = answers[incoming.url ?? ''] ?? { status: 201, type: 'text/plain', body: echo };
  // Headers that differ from run to run have no place in an example.
  outgoing.sendDate = false;
  outgoing.removeHeader('connection');
  outgoing.writeHead(status, {
    'content-type': type,
    ...(body !== '' && { 'content-length': Buffer.byteLength(body) }),
  });
  outgoing.end(incoming.method === 'HEAD' ? undefined : body);
};

/**
 * A server on the loopback interface and a client that finds it under every host name but closed.example, where nothing
 * listens. Only the resolving of names is made up; the requests are real ones.
 */
export const startServer = async (): Promise<{
  send(given: HostRequest): Promise<HostResponse>;
  close(): Promise<void>;
}> => {
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const connect = buildConnector({});
  const agent = new Agent({
    connect: (options, callback) =>
      connect(
        { ...options, hostname: '127.0.0.1', port: options.hostname === 'closed.example' ? '1' : String(port) },
        callback,
      ),
  });
  return {
    send: (given) => send(given, agent),
    close: async () => {
      await agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const send = async (given: HostRequest, dispatcher: Agent): Promise<HostResponse> => {
  const { method, url, headers, body, timeoutMs, signal } = given;
  const limit = timeoutMs === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const response = await request(url, { method: method as 'GET', headers, body, signal: limit, dispatcher });
    const received = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
    return {
      status: response.statusCode,
      headers: Object.fromEntries(received),
      body: new Uint8Array(await response.body.arrayBuffer()),
    };
  } catch (thrown) {
    if (signal.aborted) throw signal.reason;
    if (limit.aborted) throw new ActionFailure('timeout', `No complete answer came within ${timeoutMs} ms.`);
    if (thrown instanceof errors.UndiciError || thrown instanceof Error)
      throw new ActionFailure('request-failed', thrown.message);
    throw thrown;
  }
};
