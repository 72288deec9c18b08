import { readFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LogFile } from '../../log/record.ts';
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
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const lines = (text: string) => text.split('\n').slice(0, -1);

describe('download', () => {
  it('gives what was written so far as an attachment', async () => {
    write('user', json(ago(2), 'first'), json(ago(1), 'second'));
    write('usage', json(ago(1), 'other'));
    const answer = await test.api.call('GET', '/api/logs/download?file=user&format=json');
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-disposition': 'attachment; filename="user.log"',
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

  it('is user.log as plain text unless told otherwise, and both in the order of time for all', async () => {
    write('user', json(ago(3), 'one'), json(ago(1), 'three'));
    write('usage', json(ago(2), 'two'));
    const plain = await test.api.call('GET', '/api/logs/download');
    expect(plain.headers).toMatchObject({
      'content-disposition': 'attachment; filename="user.log"',
      'content-type': 'text/plain; charset=utf-8',
    });
    expect(lines(plain.text)).toHaveLength(2);
    expect(plain.text).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \[info\] {2}/);
    const all = await test.api.call('GET', '/api/logs/download?file=all&format=json');
    expect(all.headers['content-disposition']).toBe('attachment; filename="all.log"');
    expect(lines(all.text).map((line) => JSON.parse(line).message)).toEqual(['one', 'two', 'three']);
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
    ['format=csv', 'format', /must be plain or json, found "csv"/],
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
      'attachment; filename="user.log"',
    ]);
  });

  it('does not mind when whoever asked goes away', async () => {
    write('user', ...Array.from({ length: 20_000 }, (_, i) => json(ago(1), `${i} ${'x'.repeat(500)}`)));
    await test.control.logs.flush();
    await new Promise<void>((resolve, reject) => {
      const request = http.get(
        `${test.api.base}/api/logs/download`,
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
  });
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
