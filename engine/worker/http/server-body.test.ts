import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { bodyOf, type Serving, serve, talk } from './serve-for-test.ts';
import { Needs } from './types.ts';

let serving: Serving;
afterEach(async () => {
  await serving.close();
  expect(serving.faults).toEqual([]);
});

const limit = 100_000;
/** Serves an operation that tells what body it got. */
const start = async (needs: number = Needs.body, watched = false) => {
  const seen: unknown[] = [];
  const run = ({ body }: { body: unknown }) => {
    seen.push(body);
    return { body: { kind: Buffer.isBuffer(body) ? 'bytes' : typeof body } };
  };
  serving = await serve({ 'POST /': { needs, watched, run } }, { limits: { requestBytes: limit } });
  const post = (
    body: string | Uint8Array | FormData | URLSearchParams | null,
    type?: string,
    headers: Record<string, string> = {},
  ) =>
    fetch(serving.url, {
      method: 'POST',
      body: body as BodyInit,
      headers: { ...(type !== undefined && { 'content-type': type }), ...headers },
    });
  return { seen, post };
};

describe('a body', () => {
  it.each([
    ['{"a":[1,null,"ä"]}', 'application/json', { a: [1, null, 'ä'] }],
    ['"text"', 'application/json; charset=UTF-8', 'text'],
    ['{"a":1}', 'application/vnd.own+json', { a: 1 }],
    ['\ufeff{"a":1}', 'application/json', { a: 1 }],
    [null, 'application/json', null],
    [null, undefined, null],
    ['a=1&b=x+y&a=2', 'application/x-www-form-urlencoded', { a: ['1', '2'], b: 'x y' }],
    ['Hällo', 'text/plain', 'Hällo'],
    [Buffer.from('Hällo', 'latin1'), 'text/plain; charset="ISO-8859-1"', 'Hällo'],
    [Buffer.from('Hällo', 'utf16le'), 'text/csv; charset=utf-16le', 'Hällo'],
    [Buffer.from([0, 255]), 'application/octet-stream', Buffer.from([0, 255])],
    [Buffer.from('<a/>'), 'application/xml', Buffer.from('<a/>')],
  ])('%j as %s', async (body, type, expected) => {
    const { seen, post } = await start();
    expect((await post(body, type)).status).toBe(200);
    expect(seen).toEqual([expected]);
    expect(serving.done[0]?.bytesIn).toBe(body === null ? 0 : Buffer.byteLength(body));
  });

  it('may come in chunks of any size', async () => {
    const { seen } = await start();
    const chunks = [...'{"a":"ä"}'].map((text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
    const answer = await talk(
      serving.port,
      'POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
      ...chunks,
      '0\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(seen).toEqual([{ a: 'ä' }]);
  });

  it('keeps __proto__ as data', async () => {
    const { seen, post } = await start();
    await post('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}', 'application/json');
    await post('__proto__=1&constructor.prototype=2', 'application/x-www-form-urlencoded');
    expect(seen.map((body) => Object.keys(body as object))).toEqual([
      ['__proto__', 'constructor'],
      ['__proto__', 'constructor.prototype'],
    ]);
    expect('polluted' in {}).toBe(false);
  });

  it.each([
    ['{"a":', 'application/json', 400, /line 1, column 6/],
    ['{"a":1}\n}', 'application/json', 400, /line 2, column 1/],
    ["{'a':1}", 'application/json', 400, /not JSON/],
    ['NaN', 'application/json', 400, /not JSON/],
    [Buffer.from([0x22, 0xff, 0x22]), 'application/json', 400, /not UTF-8/],
    ['x', 'text/plain; charset=ebcdic', 415, /"ebcdic"/],
    ['[1]', 'application/json; charset=utf-32', 415, /utf-8, iso-8859-1 and utf-16le/],
    ['a&'.repeat(1001), 'application/x-www-form-urlencoded', 413, /1000 fields/],
  ])('%j as %s is refused', async (body, type, status, detail) => {
    const { seen, post } = await start();
    const answer = await post(body, type);
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as { detail: string }).detail).toMatch(detail);
    expect(seen).toEqual([]);
    expect(serving.refused).toMatchObject([{ method: 'POST', path: '/', status, bytesIn: Buffer.byteLength(body) }]);
  });

  it('may be nested 100 deep and no deeper', async () => {
    const { post } = await start();
    const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
    expect((await post(nested(100, '[', ']'), 'application/json')).status).toBe(200);
    expect((await post(nested(101, '[', ']'), 'application/json')).status).toBe(400);
    expect((await post(nested(50_000, '[', ''), 'application/json')).status).toBe(400);
    expect((await post(nested(10_000, '{"a":', ''), 'application/json')).status).toBe(400);
    const brackets = JSON.stringify({ text: '[{'.repeat(500), escaped: '\\"['.repeat(500) });
    expect((await post(brackets, 'application/json')).status).toBe(200);
  });
});

describe('a body that nobody asked for', () => {
  it('is not parsed', async () => {
    const { seen, post } = await start(0);
    expect((await post('{broken', 'application/json')).status).toBe(200);
    expect(seen).toEqual([null]);
    expect(serving.done).toMatchObject([{ bytesIn: 7 }]);
  });

  it('is parsed for the log, and left as bytes when it is broken: watching changes nothing', async () => {
    const { seen, post } = await start(0, true);
    expect((await post('{"a":1}', 'application/json')).status).toBe(200);
    expect((await post('{broken', 'application/json')).status).toBe(200);
    expect(seen).toEqual([{ a: 1 }, Buffer.from('{broken')]);
  });

  it('is held to the limit all the same', async () => {
    const { post } = await start(0);
    expect((await post('x'.repeat(limit + 1), 'text/plain')).status).toBe(413);
  });
});

describe('the bytes of a body as they came', () => {
  const startRaw = async (needs: number = Needs.raw | Needs.body, watched = false) => {
    const seen: { raw?: unknown; body: unknown; keys: string[] }[] = [];
    const run = (request: { raw?: unknown; body: unknown }) => {
      seen.push({ raw: request.raw, body: request.body, keys: Object.keys(request) });
      return {};
    };
    serving = await serve({ 'POST /': { needs, watched, run } }, { limits: { requestBytes: 3_000_000 } });
    const post = async (body: string | Uint8Array | FormData | null, headers: Record<string, string> = {}) =>
      (await fetch(serving.url, { method: 'POST', body: body as BodyInit, headers })).status;
    return { seen, post };
  };
  const json = '{ "a": [1.0, "\\u00e4"] }';

  it.each<[string, string | Buffer, Record<string, string>, unknown]>([
    ['JSON', json, { 'content-type': 'application/json' }, { a: [1, 'ä'] }],
    ['a form', 'b=%31&a=+', { 'content-type': 'application/x-www-form-urlencoded' }, { b: '1', a: ' ' }],
    ['text in latin1', Buffer.from([0xe4]), { 'content-type': 'text/plain; charset=latin1' }, 'ä'],
    ['no type', Buffer.from([0, 255]), {}, Buffer.from([0, 255])],
    ['gzip', gzipSync(json), { 'content-type': 'application/json', 'content-encoding': 'gzip' }, { a: [1, 'ä'] }],
  ])('stand beside what they mean: %s', async (_what, bytes, headers, body) => {
    const { seen, post } = await startRaw();
    expect(await post(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, headers)).toBe(200);
    expect(seen).toEqual([{ raw: Buffer.from(bytes as never), body, keys: expect.not.arrayContaining(['raw']) }]);
  });

  it('hold a multipart form whole', async () => {
    const { seen, post } = await startRaw();
    const form = new FormData();
    form.append('title', 'Hällo');
    expect(await post(form)).toBe(200);
    expect(seen[0]?.body).toEqual({ title: 'Hällo' });
    expect(String(seen[0]?.raw)).toMatch(/^--.+\r\nContent-Disposition: .*Hällo\r\n--.+--\r\n/s);
  });

  it('are put together of however many chunks, and none for no body', async () => {
    const { seen, post } = await startRaw(Needs.raw);
    const large = Buffer.alloc(2_500_000, 'xyz');
    expect(await post(large)).toBe(200);
    expect(large.equals(seen[0]?.raw as Buffer)).toBe(true);
    const head = 'POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n';
    await talk(serving.port, head, '1\r\na\r\n', '2;x=y\r\nbc\r\n', '0\r\n\r\n');
    await talk(serving.port, head, '0\r\n\r\n');
    expect(await post(null)).toBe(200);
    expect(seen.slice(1).map(({ raw }) => raw)).toEqual([Buffer.from('abc'), Buffer.alloc(0), Buffer.alloc(0)]);
    expect(serving.done.map(({ bytesIn }) => bytesIn)).toEqual([2_500_000, 3, 0, 0]);
    expect(await post(Buffer.alloc(3_000_001))).toBe(413);
  });

  it('come alone, unread, where nothing else is asked for', async () => {
    const { seen, post } = await startRaw(Needs.raw);
    expect(await post('{broken', { 'content-type': 'application/json' })).toBe(200);
    expect(await post('no gzip', { 'content-type': 'application/json', 'content-encoding': 'gzip' })).toBe(200);
    expect(seen.map(({ raw, body }) => [String(raw), body])).toEqual([
      ['{broken', null],
      ['no gzip', null],
    ]);
  });

  it('do not make a broken body whole for who asks for that too', async () => {
    const { seen, post } = await startRaw();
    expect(await post('{broken', { 'content-type': 'application/json' })).toBe(400);
    expect(seen).toEqual([]);
  });

  it.each([
    ['come to a run that is watched', Needs.raw, json],
    ['are not there for who asks for everything else', Needs.all, undefined],
  ])('%s', async (_what, needs, raw) => {
    const { seen, post } = await startRaw(needs, true);
    expect(await post(json, { 'content-type': 'application/json' })).toBe(200);
    expect(seen[0]).toEqual({
      raw: raw && Buffer.from(raw),
      body: { a: [1, 'ä'] },
      keys: expect.not.arrayContaining(['raw']),
    });
  });
});

describe('a multipart form', () => {
  it('gives texts and files', async () => {
    const { seen, post } = await start();
    const form = new FormData();
    form.append('title', 'Hällo');
    form.append('tag', 'a');
    form.append('tag', 'b');
    form.append('__proto__', 'x');
    form.append('file', new File([Buffer.from([0, 1, 255])], '../up.bin', { type: 'application/x-own' }));
    expect((await post(form)).status).toBe(200);
    const [body] = seen as [Record<string, unknown>];
    expect(Object.keys(body)).toEqual(['title', 'tag', '__proto__', 'file']);
    expect(body).toMatchObject({
      title: 'Hällo',
      tag: ['a', 'b'],
      file: { filename: 'up.bin', type: 'application/x-own', size: 3 },
    });
    expect((body.file as { data: Buffer }).data).toEqual(Buffer.from([0, 1, 255]));
  });

  it.each([
    ['without a boundary', '--x\r\n\r\n--x--', 'multipart/form-data', 400],
    [
      'that is cut short',
      '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nhalf',
      'multipart/form-data; boundary=x',
      400,
    ],
    [
      'of 101 parts',
      `${'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'.repeat(101)}--x--\r\n`,
      'multipart/form-data; boundary=x',
      413,
    ],
  ])('%s is refused', async (_what, body, type, status) => {
    const { post } = await start();
    expect((await post(body, type)).status).toBe(status);
  });
});

describe('a content-encoding', () => {
  const json = Buffer.from(JSON.stringify({ text: 'Hello' }));
  it.each([
    ['gzip', gzipSync(json)],
    ['deflate', deflateSync(json)],
    ['br', brotliCompressSync(json)],
    ['identity', json],
  ])('%s is undone', async (coding, bytes) => {
    const { seen, post } = await start();
    expect((await post(bytes, 'application/json', { 'content-encoding': coding })).status).toBe(200);
    expect(seen).toEqual([{ text: 'Hello' }]);
    expect(serving.done[0]?.bytesIn).toBe(bytes.length);
  });

  it.each([
    ['compress', Buffer.from('x'), 415, /gzip, deflate, br/],
    ['gzip, gzip', Buffer.from('x'), 415, /gzip, deflate, br/],
    ['gzip', Buffer.from('no gzip'), 400, /not valid gzip/],
    ['gzip', gzipSync(Buffer.alloc(50_000)), 413, /10 times/],
    ['br', brotliCompressSync(Buffer.alloc(50_000_000)), 413, /10 times/],
    [
      'gzip',
      gzipSync(Buffer.from(Array.from({ length: limit + 1 }, (_, i) => (i * 7919) % 31))),
      413,
      /limits.requestBytes|10 times/,
    ],
  ])('%s is refused when it cannot or must not be', async (coding, bytes, status, detail) => {
    const { seen, post } = await start();
    const answer = await post(bytes, 'application/json', { 'content-encoding': coding });
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as { detail: string }).detail).toMatch(detail);
    expect(seen).toEqual([]);
  });
});

describe('a body that is too large', () => {
  const head = (...lines: string[]) =>
    ['POST / HTTP/1.1', 'Host: x', 'Content-Type: text/plain', ...lines, '', ''].join('\r\n');

  it('is refused by its declared length before it comes', async () => {
    await start();
    const answer = await talk(serving.port, head(`Content-Length: ${limit + 1}`, 'Expect: 100-continue'));
    expect(answer).toMatch(/^HTTP\/1.1 413 .*connection: close/s);
    expect(bodyOf(answer)).toMatchObject({ status: 413, detail: expect.stringContaining('100000') });
    expect(serving.refused).toMatchObject([{ status: 413, bytesIn: 0 }]);
  });

  it('is refused while it comes, long before its end', async () => {
    await start();
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000, 'x'), Buffer.from('\r\n')]);
    const answer = await talk(
      serving.port,
      head('Transfer-Encoding: chunked'),
      ...new Array<Buffer>(1600).fill(chunk),
      '0\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(serving.refused).toMatchObject([{ status: 413 }]);
    expect(serving.refused[0]?.bytesIn).toBeLessThan(4 * limit);
    expect(serving.done).toEqual([]);
  });

  it('of exactly the limit is fine', async () => {
    const { seen, post } = await start();
    expect((await post('x'.repeat(limit), 'text/plain')).status).toBe(200);
    expect((seen[0] as string).length).toBe(limit);
  });

  it('asks for it with 100 Continue when it will be taken', async () => {
    const { seen } = await start();
    const answer = await talk(
      serving.port,
      head('Content-Length: 2', 'Expect: 100-continue', 'Connection: close'),
      'ok',
    );
    expect(answer).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /);
    expect(seen).toEqual(['ok']);
  });
});
