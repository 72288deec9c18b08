import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { buildConnector } from 'undici';
import type { HostRequest, HostResponse } from '../../actions/kit/index.ts';
import type { BuildConnector } from '../../engine/host/agents.ts';
import { createFiles } from '../../engine/host/files.ts';
import { createGuard } from '../../engine/host/outgoing-guard.ts';
import { createSend } from '../../engine/host/request.ts';

interface Answer {
  status: number;
  type: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

const fixed: Record<string, Answer> = {
  '/orders/7': { status: 200, type: 'application/json', body: '{"id":7,"title":"Flowers"}' },
  '/missing': { status: 404, type: 'text/html', body: '<h1>Missing</h1>' },
  '/page': { status: 200, type: 'text/html', body: '<h1>Page</h1>' },
  '/broken.json': { status: 200, type: 'application/json', body: '{"id":' },
  '/problem': { status: 409, type: 'application/problem+json; charset=utf-8', body: '{"title":"Conflict"}' },
  '/latin': { status: 200, type: 'text/plain; charset=iso-8859-1', body: Buffer.from([0x67, 0x72, 0xfc, 0x6e]) },
  '/image': { status: 200, type: 'image/png', body: Buffer.from([0x89, 0x50, 0x4e, 0x47]) },
  '/empty': { status: 204, type: 'application/json', body: '' },
  '/moved': { status: 302, type: 'text/plain', body: 'moved', headers: { location: '/orders/7' } },
};

const items = ['apples', 'pears', 'plums', 'figs', 'dates'];

/** Two of the items by page, by offset or by cursor; the header `link` and `next` in the body lead on. */
const page = (query: URLSearchParams): Answer => {
  const at = query.get('offset') ?? query.get('cursor') ?? String((Number(query.get('page') ?? 1) - 1) * 2);
  const end = Number(at) + Number(query.get('limit') ?? 2);
  const hasMore = end < items.length;
  const body = { items: items.slice(Number(at), end), next: hasMore ? String(end) : null };
  const headers: Record<string, string> = hasMore
    ? { link: `</items?page=${end / 2 + 1}>; rel="next", </items>; rel=first` }
    : {};
  return { status: 200, type: 'application/json', body: JSON.stringify(body), headers };
};

/** What a multipart request holds, part by part. */
const upload = async (type: string, received: Buffer): Promise<Answer> => {
  const form = await new Response(new Uint8Array(received), { headers: { 'content-type': type } }).formData();
  const parts = [];
  for (const [name, value] of form)
    parts.push(
      typeof value === 'string'
        ? { name, value }
        : { name, filename: value.name, type: value.type, text: await value.text() },
    );
  return { status: 200, type: 'application/json', body: JSON.stringify(parts) };
};

const startAnswering = () => {
  let unsteady = 0;
  return async (incoming: IncomingMessage): Promise<Answer> => {
    const received = await buffer(incoming);
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://api.example');
    const type = incoming.headers['content-type'] ?? '-';
    const known = fixed[pathname.replace(/^\/missing\/.*/, '/missing')];
    if (known !== undefined) return known;
    if (pathname === '/items') return page(searchParams);
    if (pathname === '/upload') return upload(type, received);
    if (pathname === '/login') {
      const body = incoming.headers.cookie ?? 'none';
      return { status: 200, type: 'text/plain', body, headers: { 'set-cookie': 'session=s1; Path=/; HttpOnly' } };
    }
    if (pathname === '/unsteady') {
      unsteady += 1;
      return unsteady === 1
        ? { status: 503, type: 'text/plain', body: 'later', headers: { 'retry-after': '0' } }
        : { status: 200, type: 'text/plain', body: 'steady' };
    }
    return { status: 201, type: 'text/plain', body: `${incoming.method} ${incoming.url} ${type} ${received}` };
  };
};

const reply = (incoming: IncomingMessage, outgoing: ServerResponse, { status, type, body, headers }: Answer): void => {
  // Headers that differ from run to run have no place in an example.
  outgoing.sendDate = false;
  outgoing.removeHeader('connection');
  outgoing.writeHead(status, {
    ...headers,
    'content-type': type,
    ...(body !== '' && { 'content-length': Buffer.byteLength(body) }),
  });
  outgoing.end(incoming.method === 'HEAD' ? undefined : body);
};

/**
 * A server on the loopback interface, and the engine's own way of sending, which finds it under every host name but
 * closed.example, where nothing listens. Only the resolving of names and the port are made up. Files are saved below `folder`.
 */
export const startServer = async (
  folder = '/nowhere',
): Promise<{ send(given: HostRequest): Promise<HostResponse>; close(): Promise<void> }> => {
  const answer = startAnswering();
  const server = createServer((incoming, outgoing) => {
    if (!incoming.url?.startsWith('/silent')) void answer(incoming).then((found) => reply(incoming, outgoing, found));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = String((server.address() as AddressInfo).port);
  const nobody = '127.0.0.2';
  const toServer: BuildConnector = (options) => {
    const connect = buildConnector(options);
    return (to, callback) => connect({ ...to, port: to.hostname === nobody ? '1' : port }, callback);
  };
  const { send, close } = createSend({
    guard: createGuard({ private: true, allow: [], deny: [] }, 0),
    resolve: async (host) => [host === 'closed.example' ? nobody : '127.0.0.1'],
    maxBodyBytes: 10_000_000,
    save: createFiles({ files: join(folder, 'files'), logs: join(folder, 'logs'), maxReadBytes: 0 }).write,
    buildConnector: toServer,
  });
  return {
    send,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await close();
    },
  };
};
