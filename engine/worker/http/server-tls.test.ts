import { once } from 'node:events';
import https from 'node:https';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { testCertificate } from './certificate-for-test.ts';
import { type Serving, serve, talk } from './serve-for-test.ts';

let serving: Serving;
afterEach(() => serving.close());

const get = async (port: number, path: string): Promise<string> => {
  const request = https.get({ host: '127.0.0.1', port, path, ca: testCertificate.cert, agent: false });
  const [answer] = await once(request, 'response');
  let text = '';
  for await (const chunk of answer) text += chunk;
  return text;
};

describe('a server with TLS', () => {
  it('serves, and knows that it does', async () => {
    serving = await serve(
      { 'GET /': ({ uri }, { remote }) => ({ body: `${uri?.slice(0, 8)} ${remote}` }) },
      { tls: testCertificate },
    );
    expect(await get(serving.port, '/')).toBe('https:// 127.0.0.1');
  });

  it('records clients that do not speak it, but not those that only connect', async () => {
    serving = await serve({ 'GET /': () => null }, { tls: testCertificate });
    const silent = connect(serving.port, '127.0.0.1');
    await once(silent, 'connect');
    silent.destroy();
    expect(await talk(serving.port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('');
    expect(serving.refused).toMatchObject([{ status: 400, method: '', path: '' }]);
    expect(serving.faults).toEqual([]);
  });

  it('is not made with a certificate that is none', async () => {
    serving = await serve({});
    await expect(serve({}, { tls: { cert: 'nonsense', key: 'nonsense' } })).rejects.toThrow();
  });

  it('keeps its certificate when the next one is none', async () => {
    serving = await serve({ 'GET /': () => ({ body: 'one' }) }, { tls: testCertificate });
    await expect(
      serving.use({ 'GET /': () => ({ body: 'two' }) }, { tls: { cert: 'nonsense', key: 'nonsense' } }),
    ).rejects.toThrow();
    expect(await get(serving.port, '/')).toBe('one');
    await serving.use({ 'GET /': () => ({ body: 'two' }) }, { tls: testCertificate });
    expect(await get(serving.port, '/')).toBe('two');
  });

  it('drains like any other', async () => {
    let finish: ((output: unknown) => void) | undefined;
    serving = await serve({ 'GET /': () => new Promise((resolve) => (finish = resolve)) }, { tls: testCertificate });
    const running = get(serving.port, '/');
    while (finish === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    const drain = serving.server.drain(10_000);
    finish({ body: 'done' });
    expect(await running).toBe('done');
    await drain;
  });
});
