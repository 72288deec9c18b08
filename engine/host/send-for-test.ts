import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Server as NetServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { HostRequest, HostResponse } from '../../actions/kit/define.ts';
import { createHost, type HostOptions } from './host.ts';
import type { OutgoingSettings } from './outgoing-guard.ts';

export type Answers = (req: IncomingMessage, res: ServerResponse) => void;

const closing: (() => unknown)[] = [];
/** Runs after the test. */
const afterwards = (work: () => unknown): void => {
  closing.push(work);
};
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Lets a server listen on 127.0.0.1 until the test ends; gives its port. */
export const listen = async (answers: Answers, server: Server = http.createServer()): Promise<number> => {
  server.on('request', answers);
  return listenBare(server);
};

export const listenBare = async (server: NetServer): Promise<number> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('close', () => sockets.delete(socket))));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterwards(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
};

export const makeFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-host-'));
  afterwards(() => rm(folder, { recursive: true }));
  return folder;
};

export type Ask = (url: string, more?: Partial<HostRequest>) => Promise<HostResponse>;

/** A host whose names are made up where `resolve` says so, and what asks through it. */
export const open = (
  outgoing: Partial<OutgoingSettings> = {},
  options: HostOptions = {},
  { port = 0, dataDir = '/nowhere' } = {},
): Ask => {
  const host = createHost({ dataDir, port, outgoing: { private: true, allow: [], deny: [], ...outgoing } }, options);
  afterwards(() => host.close());
  return (url, more = {}) =>
    host.request({ method: 'GET', url, headers: {}, signal: new AbortController().signal, ...more });
};

export const text = ({ body }: { body: Uint8Array }): string => Buffer.from(body).toString();

/** Answers with what came, as JSON. */
export const echo: Answers = async (req, res) => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  res.end(
    JSON.stringify({ method: req.method, url: req.url, headers: req.headers, body: Buffer.concat(chunks).toString() }),
  );
};

/** A proxy that knows CONNECT only, and what it was asked for. */
export interface TestProxy {
  readonly port: number;
  readonly asked: { target: string; authorization: string | undefined }[];
}

export const startProxy = async (
  server: Server = http.createServer(),
  refuse: (authorization: string | undefined) => number | undefined = () => undefined,
): Promise<TestProxy> => {
  const asked: TestProxy['asked'] = [];
  server.on('connect', (req, socket) => {
    const authorization = req.headers['proxy-authorization'];
    asked.push({ target: req.url ?? '', authorization });
    const status = refuse(authorization);
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(`http://${req.url}`);
    const onward = connect(Number(port) || 80, hostname, () => {
      socket.write('HTTP/1.1 200 Fine\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    socket.on('error', () => socket.destroy()).on('close', () => onward.destroy());
    onward.on('error', () => socket.destroy());
  });
  const port = await listen((_req, res) => res.writeHead(500).end('not a proxy request'), server);
  return { port, asked };
};
