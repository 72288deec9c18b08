import { once } from 'node:events';
import { readFileSync, symlinkSync, unlinkSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { TestEngine, testToken, until } from '../support/engine.ts';
import {
  brokenLines,
  datedFiles,
  droppedBy,
  idsIn,
  idsOnDisk,
  missing,
  range,
  sayServer,
  Talker,
  watchPing,
} from '../support/log-lines.ts';

const quiet = { SLUICE_LOGS_STDOUT: 'false' };
const memoryOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

describe('downloads', () => {
  test('twenty at a time while files are rotated: each is whole, without a line twice or a gap', async () => {
    await using engine = await TestEngine.start({
      servers: [sayServer],
      env: { ...quiet, SLUICE_LOGS_ROTATION_MAX_SIZE: '1m' },
    });
    const talker = new Talker(await engine.url('web'), { perSecond: 4_000, perRequest: 100, padding: 300 });
    const dir = join(engine.data, 'logs');
    await until(
      () => datedFiles(dir).length >= 2,
      20_000,
      () => 'a first rotation',
    );
    const rotations = datedFiles(dir).length;
    const one = async () => {
      const before = talker.ids;
      const answer = await engine.api('/api/logs/download?file=user&format=plain');
      expect(answer.status).toBe(200);
      const text = await answer.text();
      const length = answer.headers.get('content-length');
      if (length !== null) expect(Buffer.byteLength(text)).toBe(Number(length));
      expect(brokenLines(text)).toEqual([]);
      const ids = idsIn(text);
      expect(new Set(ids).size).toBe(ids.length);
      // What had been acknowledged when it was asked for is in it: before an answer to it, the log is flushed.
      return missing(before, ids).length;
    };
    for (let round = 0; round < 2; round++) expect(await Promise.all(range(0, 20).map(one))).toEqual(Array(20).fill(0));
    await until(
      () => datedFiles(dir).length > rotations,
      20_000,
      () => 'a rotation since',
    );
    await talker.stop();
    expect(talker.failures).toEqual([]);
    expect(await engine.stop()).toBe(0);
    expect(idsOnDisk(dir)).toEqual(range(0, talker.following));
  }, 90_000);

  test('of names that lead elsewhere are refused, and links are not followed', async () => {
    await using engine = await TestEngine.start({ servers: [sayServer], env: quiet });
    for (const file of [
      '../settings',
      '/etc/passwd',
      '..%2f..%2fsecrets',
      'user.log',
      'user%00',
      'usage-2026-11-21.log',
    ])
      expect([file, (await engine.api(`/api/logs/download?file=${file}`)).status]).toEqual([file, 400]);
    symlinkSync('/etc/passwd', join(engine.data, 'logs/user-2026-11-20.log'));
    symlinkSync('/etc/passwd', join(engine.data, 'logs/user-2026-11-19.log.gz'));
    const answer = await engine.api('/api/logs/download?file=user');
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toContain('root:');
    for (const name of ['user-2026-11-20.log', 'user-2026-11-19.log.gz']) unlinkSync(join(engine.data, 'logs', name));
  });
});

describe('the live stream', () => {
  /** Opens a stream and reads nothing of it until told to. */
  const openTail = async (engine: TestEngine): Promise<Socket> => {
    const { hostname, port, host } = new URL(engine.control);
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write(
      `GET /api/logs/stream HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${testToken}\r\nAccept: text/event-stream\r\n\r\n`,
    );
    await once(socket, 'readable');
    return socket;
  };

  test('fifty clients that never read cost little memory and hold nobody up; who reads on is told of the gap', async () => {
    await using engine = await TestEngine.start({ servers: [sayServer], env: quiet });
    const base = await engine.url('web');
    const pid = engine.child.pid as number;
    const before = memoryOf(pid);
    // As many as one user may have; the others are refused in words.
    const tails = await Promise.all(range(0, 50).map(() => openTail(engine)));
    const heads = tails.map((socket) => String(socket.read()).split('\r\n', 1)[0]);
    const open = tails.filter((_, i) => heads[i] === 'HTTP/1.1 200 OK');
    expect(open.length).toBeGreaterThanOrEqual(10);
    expect(heads.filter((head) => !/^HTTP\/1\.1 (200|503) /.test(head ?? ''))).toEqual([]);
    const ping = watchPing(base);
    const talker = new Talker(base, { perSecond: 5_000, perRequest: 100, padding: 300 });
    let most = 0;
    const end = performance.now() + 5_000;
    while (performance.now() < end) {
      most = Math.max(most, memoryOf(pid));
      await wait(50);
    }
    await talker.stop();
    expect(talker.failures).toEqual([]);
    expect(await ping.stop()).toMatchObject({ failed: [] });
    expect(await droppedBy(engine)).toEqual({ debug: 0, info: 0, warning: 0, error: 0 });
    // 1 MiB for each, the ring that they share, and what a busy process needs anyway.
    expect(most - before).toBeLessThan((open.length + 100) * 1024 * 1024);

    const [reader] = open as [Socket];
    let text = '';
    reader.on('data', (chunk) => {
      text += chunk;
    });
    await until(
      () => /event: gap\r?\ndata: \{"dropped":\d+\}/.test(text),
      20_000,
      () => `a gap in ${text.length} characters that end in ${text.slice(-300)}`,
    );
    for (const socket of tails) socket.destroy();
    expect(await engine.stop()).toBe(0);
    expect(idsOnDisk(join(engine.data, 'logs'))).toEqual(range(0, talker.following));
  }, 90_000);
});
