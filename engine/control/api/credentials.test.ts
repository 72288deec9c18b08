import net from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
import { expectProblem, useTestApi } from './test-api.ts';
import { testToken } from './test-server.ts';

const test = useTestApi();

/** The whole answer to bytes that no HTTP client would send. */
const overSocket = async (request: string): Promise<string> => {
  const socket = net.connect(test.api.port, '127.0.0.1');
  socket.end(request);
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
};

describe('credentials', () => {
  it.each([
    ['GET', '/api/servers'],
    ['GET', '/api'],
    ['GET', '/api/nothing'],
    ['POST', '/api/health'],
  ] as const)('%s %s needs some', async (method, path) => {
    const answer = await test.api.call(method, path, { token: null });
    expectProblem(answer, 401, /needs an API token or a session/);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="sluice"');
  });

  it('says who is calling', async () => {
    expect((await test.api.call('GET', '/api/session', { token: null })).json()).toEqual({
      user: null,
      setup: 'open',
    });
    expect((await test.api.call('GET', '/api/session')).json()).toEqual({
      user: {
        name: 'api-token',
        role: 'administrator',
        rights: ['view', 'operate', 'edit', 'administer'],
        kind: 'token',
      },
      setup: null,
    });
    expectProblem(await test.api.call('GET', '/api/session', { token: 'wrong' }), 401, /^The API token is wrong/);
  });

  it.each(['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer a b', testToken])('refuses the header %j', async (authorization) => {
    const answer = await test.api.call('GET', '/api/servers', { headers: { authorization } });
    expectProblem(answer, 401, /not of the form "Bearer TOKEN"/);
    expect(answer.headers['www-authenticate']).toContain('error="invalid_request"');
  });

  it('records wrong tokens without the token, and answers 429 after ten', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++)
      statuses.push((await test.api.call('GET', '/api/servers', { token: 'wrong-and-secret' })).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
    expect(test.records('security')).toHaveLength(10);
    expect(test.records('security')[0]).toMatchObject({
      level: 'warning',
      event: 'sign-in.refused',
      message: 'Refused a wrong API token: GET /api/servers',
      remote: '127.0.0.1',
    });
    expect(JSON.stringify(test.control.records)).not.toContain('secret');
    const limited = await test.api.call('GET', '/api/servers', { token: 'wrong-and-secret' });
    expectProblem(limited, 429, /Try again in \d+ s/);
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('still serves the right token while somebody repeats an old one', async () => {
    for (let i = 0; i < 20; i++) await test.api.call('GET', '/api/servers', { token: 'yesterdays' });
    expect((await test.api.call('GET', '/api/servers')).status).toBe(200);
  });

  it('gives no hint to who tries many: then the right token waits too', async () => {
    for (let i = 0; i < 10; i++) await test.api.call('GET', '/api/servers', { token: `guess-${i}` });
    expectProblem(await test.api.call('GET', '/api/servers'), 429, /Too many wrong tokens/);
    expect((await test.api.call('GET', '/healthz', { token: null })).status).toBe(200);
  });
});

describe('other sites', () => {
  it.each([
    ['a foreign name', 'evil.example'],
    ['a suffix', 'localhost.evil.example'],
    ['a prefix', 'evil-localhost'],
    ['a trailing dot', 'localhost.'],
    ['credentials', 'localhost@evil.example'],
    ['another loopback name', '127.0.0.2'],
    ['nothing', ''],
  ])('are refused by %s in Host', async (_, name) => {
    for (const path of ['/healthz', '/readyz', '/api/servers', '/', '/assets/x.js', '/nothing']) {
      const answer = await test.api.call('GET', path, {
        headers: { host: name === '' ? '' : `${name}:${test.api.port}` },
      });
      expectProblem(answer, 403, /^The Host header names another site/);
    }
  });

  it('are refused by the wrong port, no port and two hosts', async () => {
    expectProblem(
      await test.api.call('GET', '/healthz', { headers: { host: 'localhost:1' } }),
      403,
      /allowed are localhost:\d+/,
    );
    expectProblem(await test.api.call('GET', '/healthz', { headers: { host: 'localhost' } }), 403, /Host/);
    const twice = `GET /healthz HTTP/1.1\r\nHost: localhost:${test.api.port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`;
    expect(await overSocket(twice)).toMatch(/^HTTP\/1\.1 403 [\s\S]*found several/);
  });

  it('do not come through headers of proxies', async () => {
    const forwarded = {
      'x-forwarded-host': `localhost:${test.api.port}`,
      'x-forwarded-for': '10.0.0.1',
      forwarded: 'host=localhost',
    };
    expectProblem(
      await test.api.call('GET', '/healthz', { headers: { host: 'evil.example', ...forwarded } }),
      403,
      /Host/,
    );
    await test.api.call('GET', '/api/servers', { token: 'wrong', headers: forwarded });
    expect(test.records('security').at(-1)).toMatchObject({ remote: '127.0.0.1' });
  });

  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '[::1]'])('are not meant by %s', async (name) => {
    const host = `${name}:${test.api.port}`;
    expect((await test.api.call('GET', '/healthz', { headers: { host, origin: `http://${host}` } })).status).toBe(200);
  });

  it('are not meant by the host of the settings', async () => {
    Object.assign(test.control.settings, { host: 'Sluice.internal' });
    await test.restart();
    expect(
      (await test.api.call('GET', '/healthz', { headers: { host: `sluice.internal:${test.api.port}` } })).status,
    ).toBe(200);
    Object.assign(test.control.settings, { host: '0.0.0.0' });
    expectProblem(
      await test.api.call('GET', '/healthz', { headers: { host: `0.0.0.0:${test.api.port}` } }),
      403,
      /Host/,
    );
  });

  describe('where a proxy with TLS stands before the editor', () => {
    beforeEach(() => {
      Object.assign(test.control.settings, { publicUrl: 'https://sluice.example.com' });
    });
    const ask = (headers: Record<string, string | undefined>) => test.api.call('GET', '/api/servers', { headers });
    const origin = 'https://sluice.example.com';

    it.each([
      { host: 'sluice.example.com' },
      { host: 'Sluice.Example.com:443' },
      { host: 'sluice.example.com', origin },
      { origin },
    ])('are not meant by its address: %j', async (headers) => {
      expect((await ask(headers)).status).toBe(200);
    });

    it.each([
      { host: 'sluice.example.com:8443' },
      { host: 'sluice.example.com.evil.example' },
      { host: 'sluice.example.com', origin: 'http://sluice.example.com' },
      { host: 'sluice.example.com', origin: 'https://sluice.example.com:8443' },
      { host: 'evil.example', origin },
      { origin: 'https://evil.example' },
    ])('are still refused: %j', async (headers) => {
      expect((await ask(headers)).status).toBe(403);
    });
  });

  it.each(['null', 'http://evil.example', 'https://localhost', 'file://', ''])(
    'are refused by the Origin %j',
    async (origin) => {
      expectProblem(
        await test.api.call('PATCH', '/api/nodes/server/hello', { json: { log: true }, headers: { origin } }),
        403,
        /^The Origin header names another site/,
      );
      expect(test.control.switches).toEqual({});
    },
  );

  it('are refused by an Origin with another port', async () => {
    const headers = { host: `localhost:${test.api.port}`, origin: 'http://localhost:1' };
    expectProblem(await test.api.call('GET', '/api/servers', { headers }), 403, /Origin/);
  });

  it('are refused by Sec-Fetch-Site, except where a link leads to a page', async () => {
    const site = (value: string, more = {}) => ({ 'sec-fetch-site': value, ...more });
    const link = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    for (const value of ['cross-site', 'same-site']) {
      expectProblem(await test.api.call('GET', '/api/servers', { headers: site(value) }), 403, /page of another site/);
      expectProblem(
        await test.api.call('GET', '/api/servers', { headers: site(value, link) }),
        403,
        /page of another site/,
      );
      expectProblem(
        await test.api.call('GET', '/healthz', { headers: site(value, link) }),
        403,
        /page of another site/,
      );
      expectProblem(
        await test.api.call('GET', '/', { headers: site(value, { ...link, 'sec-fetch-dest': 'iframe' }) }),
        403,
        /page of another site/,
      );
      expectProblem(await test.api.call('POST', '/', { headers: site(value, link) }), 403, /page of another site/);
      expect((await test.api.call('GET', '/servers', { headers: site(value, link) })).status).not.toBe(403);
    }
    for (const value of ['same-origin', 'none'])
      expect((await test.api.call('GET', '/api/servers', { headers: site(value) })).status).toBe(200);
    expect(test.records('security').length).toBeGreaterThan(0);
  });

  it('fill no more than their share of the log', async () => {
    for (let i = 0; i < 40; i++) await test.api.call('GET', '/', { headers: { host: 'evil.example' } });
    expect(test.records('security')).toHaveLength(10);
    expect(test.records('security')[0]).toMatchObject({ event: 'request.refused', remote: '127.0.0.1' });
  });
});
