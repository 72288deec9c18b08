import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestControl } from './test-control.ts';
import { serveApi } from './test-server.ts';

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
let folder: string;
let test: Awaited<ReturnType<typeof openTestControl>>;
let api: Awaited<ReturnType<typeof serveApi>>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-page-'));
  const dir = join(folder, '.built');
  mkdirSync(join(dir, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'outside.txt'), 'outside');
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>page</title><meta nonce="{{style-nonce}}">');
  writeFileSync(join(dir, 'favicon.svg'), '<svg/>');
  writeFileSync(join(dir, '.hidden'), 'hidden');
  writeFileSync(join(dir, 'assets/index-1a2B_3c4.js'), 'export {};');
  writeFileSync(join(dir, 'assets/index-1a2B_3c4.js.gz'), gzipSync('export {};'));
  test = await openTestControl();
  api = await serveApi(test.control, { editorDir: dir });
});
afterEach(async () => {
  await api.close();
  await test.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) => api.call('GET', path, { token: null, headers });

describe('the page', () => {
  it.each(['/', '/servers', '/servers/hello/get-hello', '/servers/v1.2/get.json', '/nowhere'])(
    'is what a browser gets at %s',
    async (path) => {
      const answer = await get(path, html);
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('<title>page</title>');
      expect(answer.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
      expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    },
  );

  it('sends scripts packed to those who take that', async () => {
    const packed = await get('/assets/index-1a2B_3c4.js', { 'accept-encoding': 'gzip, br' });
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    const plain = await get('/assets/index-1a2B_3c4.js', { 'accept-encoding': 'identity' });
    expect([plain.headers['content-encoding'], plain.text]).toEqual([undefined, 'export {};']);
    expect((await get('/assets/missing-12345678.js', { 'accept-encoding': 'gzip' })).status).toBe(404);
  });

  it('has a nonce for the style sheets that its script makes, another each time', async () => {
    const nonceOf = async () => {
      const { text, headers } = await get('/', html);
      const nonce = /nonce="([^"]+)"/.exec(text)?.[1] as string;
      expect(nonce).toMatch(/^[\w+/]{24}$/);
      expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(headers['content-security-policy']).toContain("script-src 'self';");
      return nonce;
    };
    expect(await nonceOf()).not.toBe(await nonceOf());
    expect((await get('/favicon.svg')).headers['content-security-policy']).toContain("style-src 'self';");
  });

  it('comes with its files; those with a hash in their name are kept', async () => {
    const script = await get('/assets/index-1a2B_3c4.js');
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect((await get('/favicon.svg')).headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'no-cache',
    });
  });

  it.each([
    ['/nowhere', {}],
    ['/nowhere', { accept: 'application/json' }],
    ['/nowhere', { accept: '*/*' }],
    ['/assets/missing-12345678.js', html],
    ['/.hidden', {}],
    ['/%2e%2e/outside.txt', {}],
    ['/..%2foutside.txt', {}],
    ['/assets/..%2f..%2foutside.txt', {}],
    ['/assets/%00.js', {}],
  ])('is not what is got at %s with %j', async (path, headers) => {
    const answer = await get(path, headers as Record<string, string>);
    expect([400, 403, 404]).toContain(answer.status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.text).not.toMatch(/outside$|hidden$/m);
  });

  it('answers HEAD without a body', async () => {
    const answer = await api.call('HEAD', '/servers', { token: null, headers: html });
    expect([answer.status, answer.text]).toEqual([200, '']);
  });

  it('says that it is not built', async () => {
    await api.close();
    api = await serveApi(test.control, { editorDir: null });
    const answer = await get('/', html);
    expect(answer.status).toBe(404);
    expect(answer.json()).toMatchObject({
      detail: 'There is nothing at /: the editor is not built. Run "npm run build".',
    });
  });
});
