import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import type { LogFile } from '../../log/record.ts';
import { localDate, localTime } from '../../log/timestamp.ts';
import { useTestApi } from './test-api.ts';
import { testToken } from './test-server.ts';

const test = useTestApi();

const write = (file: LogFile, ...lines: string[]) =>
  test.control.logs.write(file, lines.map((line) => `${line}\n`).join(''), {
    debug: 0,
    info: lines.length,
    warning: 0,
    error: 0,
  });
const json = (time: Date, message: string) =>
  JSON.stringify({ id: '1-1', time: time.toISOString(), level: 'info', kind: 'application', event: 'log', message });
const said = (time: Date, value: string) =>
  JSON.stringify({ id: '1-1', time: time.toISOString(), level: 'info', kind: 'application', event: 'log', value });
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const lines = (text: string) => text.split('\n').slice(0, -1);
const today = localDate(new Date());
/** Files of the log folder that this process has open, where the system tells. */
const openFiles = (): number =>
  !existsSync('/proc/self/fd')
    ? 0
    : readdirSync('/proc/self/fd').filter((name) => {
        try {
          return readlinkSync(`/proc/self/fd/${name}`).startsWith(`${test.control.logsDir}/`);
        } catch {
          return false;
        }
      }).length;

const fetchBytes = (query: string): Promise<{ headers: http.IncomingHttpHeaders; bytes: Buffer }> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${testToken}` };
    const request = http.get(`${test.api.base}/api/logs/download?${query}`, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ headers: response.headers, bytes: Buffer.concat(chunks) }));
    });
    request.on('error', reject);
  });

/** The texts of an archive by name, as its directory at the end tells (APPNOTE of ZIP, without ZIP64). */
function unzip(bytes: Buffer): { [name: string]: string } {
  const end = bytes.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  const files: { [name: string]: string } = {};
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, nameLength, extraLength, commentLength] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
    ] as const;
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const text = inflateRawSync(bytes.subarray(start, start + packed));
    expect(text.length).toBe(bytes.readUInt32LE(at + 24));
    files[name] = text.toString();
    at += 46 + nameLength + extraLength + commentLength;
  }
  return files;
}

describe('download', () => {
  it('gives what was written so far as an attachment', async () => {
    write('user', json(ago(2), 'first'), json(ago(1), 'second'));
    write('usage', json(ago(1), 'other'));
    const answer = await test.api.call('GET', '/api/logs/download?file=user&format=json');
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-disposition': `attachment; filename="sluice-user-${today}.jsonl"`,
      'content-type': 'application/x-ndjson; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(lines(answer.text).map((line) => JSON.parse(line).message)).toEqual(['first', 'second']);
    expect(test.records('audit')).toEqual([
      expect.objectContaining({
        event: 'logs.downloaded',
        message: 'Downloaded user.log as json',
        user: 'api-token',
        remote: '127.0.0.1',
      }),
    ]);
  });

  it('is user.log as plain text unless told otherwise', async () => {
    write('user', json(ago(3), 'one'), json(ago(1), 'three'));
    const plain = await test.api.call('GET', '/api/logs/download');
    expect(plain.headers).toMatchObject({
      'content-disposition': `attachment; filename="sluice-user-${today}.log"`,
      'content-type': 'text/plain; charset=utf-8',
    });
    expect(lines(plain.text)).toHaveLength(2);
    expect(plain.text).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \[info\] {2}/);
  });

  it.each(['plain', 'json', 'csv'])('packs both logs into a zip, as %s', async (format) => {
    write('user', json(ago(3), 'one'), json(ago(1), 'three'));
    write('usage', json(ago(2), 'two'));
    await test.control.logs.flush();
    const { headers, bytes } = await fetchBytes(`file=all&format=${format}`);
    expect(headers).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="sluice-all-${today}.zip"`,
      'x-content-type-options': 'nosniff',
    });
    const ending = { plain: 'log', json: 'jsonl', csv: 'csv' }[format];
    const files = unzip(bytes);
    expect(Object.keys(files)).toEqual([`sluice-user-${today}.${ending}`, `sluice-usage-${today}.${ending}`]);
    for (const [file, text] of [
      ['user', files[`sluice-user-${today}.${ending}`]],
      ['usage', files[`sluice-usage-${today}.${ending}`]],
    ])
      expect(text).toBe((await test.api.call('GET', `/api/logs/download?file=${file}&format=${format}`)).text);
    expect(test.records('audit')[0]?.message).toBe(`Downloaded both logs as ${format}`);
  });

  it('takes whole records of the store, and older lines of the files', async () => {
    const day = ago(1).toISOString().slice(0, 10);
    mkdirSync(join(test.control.storeDir, day), { recursive: true });
    const stored = { ...JSON.parse(json(ago(1), '')), message: undefined, label: 'L', value: { a: [1, 2] } };
    writeFileSync(join(test.control.storeDir, day, 'records-0001.jsonl'), `${JSON.stringify(stored)}\n`);
    const plain = (time: Date, text: string) => `${localTime(time.getTime())} [info]  ${text}`;
    write('user', plain(ago(2), 'old'), plain(new Date(stored.time), 'L: {"a":[1,2]}'));
    const answer = await test.api.call('GET', '/api/logs/download?format=json');
    expect(lines(answer.text).map((line) => JSON.parse(line))).toEqual([
      { time: expect.any(String), level: 'info', message: 'old' },
      JSON.parse(JSON.stringify(stored)),
    ]);
  });

  it('is named after the installation and the days, and its record says what range', async () => {
    await test.api.call('PUT', '/api/settings', { json: { name: 'Käse & Co / "Plant 7"' } });
    const from = new Date('2026-01-01T12:00:00Z').toISOString();
    const to = new Date('2026-01-03T12:00:00Z').toISOString();
    const answer = await test.api.call('HEAD', `/api/logs/download?format=csv&file=usage&from=${from}&to=${to}`);
    expect(answer.headers['content-disposition']).toBe(
      'attachment; filename="k-se-co-plant-7-usage-2026-01-01-to-2026-01-03.csv"',
    );
    await test.api.call('GET', `/api/logs/download?format=csv&file=usage&from=${from}&to=${to}`);
    expect(test.records('audit').at(-1)?.message).toBe(`Downloaded usage.log as csv, from ${from} to ${to}`);
  });

  it('gives 20 at once every line once while the log rotates', { timeout: 60_000 }, async () => {
    let number = 0;
    const put = () => {
      write('user', ...Array.from({ length: 200 }, () => said(new Date(), `${number++} ${'x'.repeat(300)}`)));
    };
    for (let i = 0; i < 15; i++) put();
    await test.control.logs.flush();
    const writing = setInterval(put, 10);
    const formats = ['plain', 'json', 'csv', 'zip'];
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const format = formats[i % 4] as string;
        await delay(i * 10);
        const first = number;
        const { bytes } = await fetchBytes(format === 'zip' ? 'file=all&format=json' : `format=${format}`);
        return {
          format,
          first,
          text: format === 'zip' ? (Object.values(unzip(bytes))[0] as string) : bytes.toString(),
        };
      }),
    );
    clearInterval(writing);
    await test.control.logs.flush();
    expect(readdirSync(test.control.logsDir).filter((name) => name.startsWith('user-')).length).toBeGreaterThan(2);
    for (const { format, first, text } of answers) {
      const got = text.trimEnd().split(/\r?\n/);
      const numberOf = {
        plain: (line: string) => /^[\d-]+ [\d:.]+ \[info\] {2}(\d+) x{300}$/.exec(line)?.[1],
        json: (line: string) => (JSON.parse(line).value as string).split(' ')[0],
        zip: (line: string) => (JSON.parse(line).value as string).split(' ')[0],
        csv: (line: string) => /,"""(\d+) x{300}""",*$/.exec(line)?.[1],
      }[format] as (line: string) => string | undefined;
      const numbers = (format === 'csv' ? got.slice(1) : got).map((line) => Number(numberOf(line)));
      expect(numbers.length).toBeGreaterThanOrEqual(first);
      expect(numbers.filter((one, i) => one !== i)).toEqual([]);
    }
  });

  it('follows no link', async () => {
    const secret = join(test.control.logsDir, '..', 'secret.txt');
    writeFileSync(secret, `${said(ago(1), 'hidden')}\n`);
    symlinkSync(secret, join(test.control.logsDir, 'user-2026-01-01.log'));
    write('user', said(ago(1), 'shown'));
    for (const format of ['plain', 'json', 'csv']) {
      const { text } = await test.api.call('GET', `/api/logs/download?format=${format}`);
      expect([text.includes('hidden'), text.includes('shown')]).toEqual([false, true]);
    }
  });

  it('keeps to a time range', async () => {
    write('user', json(ago(120), 'old'), json(ago(10), 'recent'), json(ago(1), 'now'));
    const messages = async (query: string) =>
      lines((await test.api.call('GET', `/api/logs/download?format=json&${query}`)).text).map(
        (line) => JSON.parse(line).message,
      );
    expect(await messages('from=1h')).toEqual(['recent', 'now']);
    expect(await messages('from=3h&to=5m')).toEqual(['old', 'recent']);
    expect(await messages(`to=${ago(60).toISOString()}`)).toEqual(['old']);
  });

  it.each([
    ['file=../settings', 'file', /must be user, usage or all, found "\.\.\/settings"/],
    ['file=/etc/passwd', 'file', /must be user, usage or all/],
    ['file=user.log', 'file', /must be user, usage or all/],
    ['file=%2e%2e%2fusage', 'file', /must be user, usage or all/],
    ['format=xml', 'format', /must be plain, json or csv, found "xml"/],
    ['from=yesterday', 'from', /must be a time as in RFC 3339/],
    ['to=', 'to', /must be a time as in RFC 3339/],
    ['from=1h&to=2h', 'from', /is later than "to"/],
    ['file=user&file=usage', 'file', /is given twice/],
    ['path=x', 'path', /no query parameter "path"/],
  ])('refuses %s', async (query, field, detail) => {
    const answer = await test.api.call('GET', `/api/logs/download?${query}`);
    expect([answer.status, answer.headers['content-type'], answer.headers['content-disposition']]).toEqual([
      400,
      'application/problem+json',
      undefined,
    ]);
    expect(answer.json()).toMatchObject({ field, detail: expect.stringMatching(detail) });
    expect(test.records('audit')).toEqual([]);
  });

  it('answers HEAD with the headers alone', async () => {
    write('user', json(ago(1), 'first'));
    const answer = await test.api.call('HEAD', '/api/logs/download');
    expect([answer.status, answer.text, answer.headers['content-disposition']]).toEqual([
      200,
      '',
      `attachment; filename="sluice-user-${today}.log"`,
    ]);
  });

  it.each(['format=plain', 'format=csv', 'file=all'])(
    'does not mind when who asked for %s goes away',
    async (query) => {
      write(
        'user',
        ...Array.from({ length: 20_000 }, (_, i) => said(ago(1), `${i} ${randomBytes(250).toString('hex')}`)),
      );
      await test.control.logs.flush();
      const before = openFiles();
      await new Promise<void>((resolve, reject) => {
        const request = http.get(
          `${test.api.base}/api/logs/download?${query}`,
          { headers: { authorization: `Bearer ${testToken}` } },
          (response) => {
            response.once('data', () => {
              response.destroy();
              resolve();
            });
          },
        );
        request.on('error', reject);
      });
      expect((await test.api.call('GET', '/healthz')).status).toBe(200);
      expect(test.control.records.filter(({ event }) => event === 'api.failed')).toEqual([]);
      await vi.waitFor(() => expect(openFiles()).toBeLessThanOrEqual(before), { timeout: 10_000 });
    },
  );
});

describe('clear', () => {
  it('empties both logs and leaves its trace', async () => {
    write('user', json(ago(1), 'gone'));
    write('usage', json(ago(1), 'gone'));
    await test.control.logs.flush();
    const answer = await test.api.call('DELETE', '/api/logs');
    expect([answer.status, answer.text]).toEqual([204, '']);
    for (const name of ['user.log', 'usage.log'])
      expect(readFileSync(join(test.control.logsDir, name), 'utf8')).toBe('');
    expect(test.records('audit')).toEqual([
      expect.objectContaining({ level: 'warning', event: 'logs.cleared', user: 'api-token', remote: '127.0.0.1' }),
    ]);
  });

  it('says when a file stays', async () => {
    test.control.logs.clear = () => Promise.reject(new Error('EACCES: permission denied'));
    const answer = await test.api.call('DELETE', '/api/logs');
    expect(answer.status).toBe(500);
    expect(answer.json()).toMatchObject({
      detail:
        'Not all of the log files could be removed: EACCES: permission denied. Remove them by hand, or try again.',
    });
    expect(test.records('audit')).toEqual([
      expect.objectContaining({ event: 'logs.cleared', message: expect.stringContaining('not all of them') }),
    ]);
  });

  it('takes no parameters', async () => {
    expect((await test.api.call('DELETE', '/api/logs?file=user')).status).toBe(400);
    expect(test.records('audit')).toEqual([]);
  });
});
