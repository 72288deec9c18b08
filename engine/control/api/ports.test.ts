import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { expectProblem, useTestApi } from './test-api.ts';

const it = useTestApi();
const portFrom = async (from: number) =>
  (await it.api.call('GET', `/api/ports/free?from=${from}`)).json<{ port: number | null }>().port as number;

describe('/api/ports/free', () => {
  test('gives a port that can be had', async () => {
    const port = await portFrom(20_000);
    expect(port).toBeGreaterThanOrEqual(20_000);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
  });

  test('passes over one that another program has, and one that a server of the project wants', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const next = await portFrom(port);
    expect(next).toBeGreaterThan(port);
    const document = { id: 'wants', type: 'http', active: false, port: next, operations: [] };
    expect((await it.api.call('POST', '/api/servers', { json: document })).status).toBe(201);
    expect(await portFrom(port)).toBeGreaterThan(next);
    other.close();
  });

  test.each(['0', '65536', 'many'])('refuses to begin at %s', async (from) => {
    expectProblem(await it.api.call('GET', `/api/ports/free?from=${from}`), 400, /"from" must be a whole number/);
  });
});
