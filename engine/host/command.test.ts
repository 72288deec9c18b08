import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { until } from '../../test/support/engine.ts';
import { createCommand } from './command.ts';

const data = mkdtempSync(join(tmpdir(), 'sluice-command-'));
const folder = join(data, 'files');
afterAll(() => rmSync(data, { recursive: true, force: true }));

const audited: string[] = [];
const open = (allowed = true) =>
  createCommand({
    allowed,
    folder,
    variables: { APP_X: 'shown' },
    audit: (line, by) => audited.push(`${by}: ${line}`),
  });
const run = (line: string, more: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
  open()(line, { by: 'server/a/b/c', signal: new AbortController().signal, ...more });
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const ended = (file: string) =>
  until(
    () => !isAlive(Number(readFileSync(join(folder, file), 'utf8'))),
    5_000,
    () => `the end of process ${file}`,
  );

describe('a command line', () => {
  it('goes through the shell, and gives what it writes and how it ended', async () => {
    const { status, stdout, stderr } = await run('echo "$APP_X" | tr a-z A-Z; echo err >&2; pwd; exit 3');
    expect([status, text(stdout), text(stderr)]).toEqual([3, `SHOWN\n${folder}\n`, 'err\n']);
  });

  it('gives bytes as they are, has no input, and says when a signal ended it', async () => {
    expect([...(await run("printf '\\377\\000'")).stdout]).toEqual([255, 0]);
    expect(text((await run('cat')).stdout)).toBe('');
    expect((await run('kill -9 $$')).status).toBeNull();
  });

  it('sees no other variables than those', async () => {
    process.env.SLUICE_TEST_HIDDEN = 'hidden';
    const names = text((await run('env')).stdout)
      .split('\n')
      .map((line) => line.split('=')[0]);
    delete process.env.SLUICE_TEST_HIDDEN;
    expect(names).toContain('PATH');
    expect(
      names.filter(
        (name) => !['PATH', 'HOME', 'LANG', 'APP_X', 'PWD', '_', 'OLDPWD', 'SHLVL', ''].includes(name as string),
      ),
    ).toEqual([]);
  });

  it('is told of before it runs, and not where it may not run', async () => {
    audited.length = 0;
    await run('true');
    const refused = open(false)('true', { by: 'server/a/b/c', signal: new AbortController().signal });
    await expect(refused).rejects.toMatchObject({ code: 'command-forbidden' });
    expect(audited).toEqual(['server/a/b/c: true']);
  });

  it.each([
    ['too large an output', 'yes', 'too-large'],
    ['a NUL character', 'true \0', 'command-failed'],
    ['a line that is longer than the system takes', `true ${'x'.repeat(300_000)}`, 'command-failed'],
  ])('fails for %s', async (_, line, code) => expect(run(line)).rejects.toMatchObject({ code }));

  it('is ended, with all that it started, when its time is over', async () => {
    const work = run('sleep 1000 & echo $! > timed; wait', { timeoutMs: 200 });
    await expect(work).rejects.toMatchObject({ code: 'timeout' });
    await ended('timed');
  });

  it('is ended when it is not wanted any more, with the reason for that', async () => {
    const controller = new AbortController();
    const work = run('sleep 1000 & echo $! > unwanted; echo started; wait', { signal: controller.signal });
    work.catch(() => {});
    await until(
      () => {
        try {
          return Number(readFileSync(join(folder, 'unwanted'), 'utf8')) > 0;
        } catch {
          return false;
        }
      },
      5_000,
      () => 'the command',
    );
    controller.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
    await ended('unwanted');
    await expect(run('true', { signal: controller.signal })).rejects.toThrow('enough');
  });

  it('is not read any more when it got away by a session of its own, and so ends when it writes', async () => {
    const work = run('setsid sh -c "echo \\$\\$ > away; exec yes" & sleep 0.2; echo hi');
    await expect(work).rejects.toMatchObject({ code: 'too-large' });
    await ended('away');
  });

  it('has its own process and nothing of what watches over it', async () => {
    const { stdout } = await run('echo "$0 $#"; (: <&3) 2>/dev/null || echo none; wait; echo waited');
    expect(text(stdout)).toBe('/bin/sh 0\nnone\nwaited\n');
  });

  it('takes what it left behind with it when it ends', async () => {
    expect((await run('sleep 1000 & echo $! > left')).status).toBe(0);
    await ended('left');
  });
});
