import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Ask, listen, makeFolder, open, text } from './send-for-test.ts';

let files: string;
let ask: Ask;
beforeEach(async () => {
  const dataDir = await makeFolder();
  files = join(dataDir, 'files');
  await mkdir(files);
  await writeFile(join(files, 'old.txt'), 'old');
  ask = open({}, { maxAnswerBytes: 1000 }, { dataDir });
});
const left = async (): Promise<string[]> => (await readdir(files)).sort();
const old = (): Promise<string> => readFile(join(files, 'old.txt'), 'utf8');

describe('an answer that is saved', () => {
  it('may be larger than one in memory', async () => {
    const body = Buffer.alloc(3_000_000, 'x');
    const port = await listen((_req, res) => res.end(body));
    const answer = await ask(`http://127.0.0.1:${port}/`, { saveTo: 'new/big.bin' });
    expect(answer).toMatchObject({ saved: { file: 'new/big.bin', bytes: 3_000_000 } });
    expect(answer.body).toHaveLength(0);
    expect(body.equals(await readFile(join(files, 'new/big.bin')))).toBe(true);
  });

  it('is unpacked, and replaces what was there', async () => {
    const port = await listen((_req, res) => res.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('new')));
    const answer = await ask(`http://127.0.0.1:${port}/`, { saveTo: 'old.txt' });
    expect(answer.saved?.bytes).toBe(3);
    expect(answer.headers).not.toHaveProperty('content-encoding');
    expect(await old()).toBe('new');
  });

  it('is not, when its status is not 2xx', async () => {
    const port = await listen((_req, res) => res.writeHead(404).end('none'));
    const answer = await ask(`http://127.0.0.1:${port}/`, { saveTo: 'old.txt' });
    expect(text(answer)).toBe('none');
    expect(answer).not.toHaveProperty('saved');
    expect(await old()).toBe('old');
  });
});

describe('an answer that is not saved whole', () => {
  const half = (res: ServerResponse) => {
    res.writeHead(200, { 'content-length': 100_000 }).write(Buffer.alloc(50_000));
  };
  const breakOff = (res: ServerResponse) => {
    half(res);
    setTimeout(() => res.destroy(), 20);
  };
  const cases: [string, string, (res: ServerResponse) => void, object][] = [
    ['it is too large', 'too-large', (res) => res.end(Buffer.alloc(60_000)), { maxBytes: 50_000 }],
    [
      'it grows too large',
      'too-large',
      (res) => res.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(10_000_000))),
      { maxBytes: 50_000 },
    ],
    ['it breaks off', 'request-failed', breakOff, {}],
    [
      'it breaks off at once',
      'request-failed',
      (res) => res.writeHead(200, { 'content-length': 9 }).write('half', () => res.destroy()),
      {},
    ],
    ['it takes too long', 'timeout', half, { timeoutMs: 50 }],
    [
      'its coding is broken',
      'request-failed',
      (res) => res.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(100)).subarray(0, 15)),
      {},
    ],
  ];
  it.each(cases)('since %s leaves the old file and nothing else', async (_why, code, answer, more) => {
    const port = await listen((_req, res) => answer(res));
    await expect(ask(`http://127.0.0.1:${port}/`, { saveTo: 'old.txt', ...more })).rejects.toMatchObject({ code });
    expect(await old()).toBe('old');
    expect(await left()).toEqual(['old.txt']);
  });

  it('since its run is cancelled leaves the old file, and ends the transfer', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    let ended: Promise<unknown> = Promise.resolve();
    const port = await listen((_req, res) => {
      ended = new Promise((resolve) => res.on('close', resolve));
      half(res);
      setTimeout(() => controller.abort(reason), 20);
    });
    await expect(ask(`http://127.0.0.1:${port}/`, { saveTo: 'old.txt', signal: controller.signal })).rejects.toBe(
      reason,
    );
    await ended;
    expect(await left()).toEqual(['old.txt']);
  });

  it.each([
    ['../out.txt', 'file-access'],
    ['logs/user.log', 'file-access'],
    ['.', 'file-failed'],
    ['old.txt/new.txt', 'file-failed'],
  ])('since the path is %s fails, and ends the transfer', async (saveTo, code) => {
    let ended: Promise<unknown> = Promise.resolve();
    const port = await listen((_req, res) => {
      ended = new Promise((resolve) => res.on('close', resolve));
      half(res);
    });
    await expect(ask(`http://127.0.0.1:${port}/`, { saveTo })).rejects.toMatchObject({ code });
    await ended;
    expect(await left()).toEqual(['old.txt']);
  });
});
