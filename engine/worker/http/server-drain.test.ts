import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Serving, serve } from './serve-for-test.ts';
import { createHttpServer } from './server.ts';

const open: Socket[] = [];
let serving: Serving;
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});

/** A connection that collects what comes back. */
const client = async (port: number) => {
  const socket = connect(port, '127.0.0.1');
  open.push(socket);
  const state = { text: '', closed: false };
  socket.on('data', (chunk) => {
    state.text += chunk;
  });
  socket.on('close', () => {
    state.closed = true;
  });
  socket.on('error', () => {});
  await once(socket, 'connect');
  return { socket, state };
};
const until = async (met: () => boolean) => {
  while (!met()) await new Promise((resolve) => setTimeout(resolve, 5));
};
const request = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

describe('drain', () => {
  it('lets requests that run come to their answers, closes idle connections and accepts no new ones', async () => {
    const finish: ((output: unknown) => void)[] = [];
    serving = await serve({
      'GET /slow': () => new Promise((resolve) => finish.push(resolve)),
      'GET /quick': () => ({ body: 'x' }),
    });
    const running = await Promise.all(Array.from({ length: 20 }, () => client(serving.port)));
    for (const { socket } of running) socket.write(request('/slow'));
    const idle = await Promise.all(Array.from({ length: 20 }, () => client(serving.port)));
    for (const { socket } of idle) socket.write(request('/quick'));
    const silent = await client(serving.port);
    await until(() => finish.length === 20 && idle.every(({ state }) => state.text !== ''));
    expect(serving.server.connections()).toBe(41);
    let drained = false;
    const drain = serving.server.drain(10_000).then(() => {
      drained = true;
    });
    await until(() => [...idle, silent].every(({ state }) => state.closed));
    expect(drained).toBe(false);
    await expect(client(serving.port)).rejects.toThrow(/ECONNREFUSED/);
    for (const end of finish) end({ body: 'done' });
    await drain;
    expect(serving.server.connections()).toBe(0);
    await until(() => running.every(({ state }) => state.closed));
    for (const { state } of running) expect(state.text).toMatch(/^HTTP\/1.1 200 .*connection: close.*done$/s);
  });

  it('answers 503 to requests on connections still open', async () => {
    serving = await serve({ 'GET /': () => ({ body: 'x' }) });
    const { socket, state } = await client(serving.port);
    socket.write(request('/'));
    await until(() => state.text !== '');
    state.text = '';
    const drain = serving.server.drain(5000);
    socket.write(request('/'));
    await drain;
    await until(() => state.closed);
    expect(state.text).toMatch(/^HTTP\/1.1 503 .*retry-after: 1.*connection: close/s);
    expect(serving.refused).toMatchObject([{ status: 503 }]);
  });

  it('serves them when the server only moves', async () => {
    serving = await serve({ 'GET /': () => ({ body: 'x' }) });
    const { socket, state } = await client(serving.port);
    socket.write(request('/'));
    await until(() => state.text !== '');
    state.text = '';
    const drain = serving.server.drain(5000, { refuse: false });
    socket.write(request('/'));
    await drain;
    await until(() => state.closed);
    expect(state.text).toMatch(/^HTTP\/1.1 200 .*connection: close/s);
  });

  it('cuts off what is left when its time is over', async () => {
    let runs = 0;
    serving = await serve({ 'GET /': () => new Promise(() => runs++) });
    const { socket, state } = await client(serving.port);
    socket.write(request('/'));
    await until(() => runs === 1);
    await serving.server.drain(100);
    await until(() => state.closed);
    expect(state.text).toBe('');
    expect(serving.server.connections()).toBe(0);
  });

  it('loses no request of clients that keep asking while the server moves to another port', async () => {
    const operations = { 'GET /': () => ({ body: 'x' }) };
    serving = await serve(operations);
    const next = await serve(operations);
    let { port } = serving;
    let stop = false;
    let asked = 0;
    const clients = Array.from({ length: 16 }, async () => {
      while (!stop) {
        const answer = await fetch(`http://127.0.0.1:${port}/`);
        expect(await answer.text()).toBe('x');
        asked++;
      }
    });
    await until(() => asked > 100);
    port = next.port;
    await serving.server.drain(5000, { refuse: false });
    stop = true;
    await Promise.all(clients);
    await next.close();
    expect([serving, next].flatMap(({ refused, faults }) => [...refused, ...faults])).toEqual([]);
  });
});

describe('listen', () => {
  it('takes a socket that somebody else has bound', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const server = await createHttpServer({ id: 'x', limits: { requestBytes: 1 } }, [], {
      refused: () => {},
      fault: () => {},
    });
    const address = await server.listen({ handle: holder });
    expect(address).toEqual({ host: '127.0.0.1', port: (holder.address() as { port: number }).port });
    expect((await fetch(`http://127.0.0.1:${address.port}/`)).status).toBe(404);
    await server.drain(0);
  });

  it('says when the port is taken', async () => {
    serving = await serve({});
    const second = await createHttpServer({ id: 'x', limits: { requestBytes: 1 } }, [], {
      refused: () => {},
      fault: () => {},
    });
    await expect(second.listen({ host: '127.0.0.1', port: serving.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await serving.close();
  });
});
