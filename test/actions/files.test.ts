import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import type { ActionDefinition } from '../../actions/kit/index.ts';
import { type OpenContext, openActionContext, runAction } from '../support/action-context.ts';

let opened: OpenContext;
beforeEach(async () => {
  opened = await openActionContext();
});
afterEach(() => opened.close());

const run = async (id: string, given: Record<string, unknown>): Promise<unknown> =>
  runAction(actionById.get(id) as ActionDefinition, given, opened.context);
const at = (path: string): string => join(opened.folder, 'files', path);

describe('write and append', () => {
  it('leave on disk what was given', async () => {
    await run('file/write', { file: 'a/b.txt', content: 'first' });
    await run('file/write', { file: 'a/b.txt', content: 'grün\n' });
    await run('file/append', { file: 'a/b.txt', content: Buffer.from([0xff, 0x00]) });
    expect(await readFile(at('a/b.txt'))).toEqual(Buffer.concat([Buffer.from('grün\n'), Buffer.from([0xff, 0x00])]));
    await run('file/append', { file: 'new/c.txt', content: 'x' });
    expect(await readFile(at('new/c.txt'), 'utf8')).toBe('x');
  });

  it.each([['../outside.txt'], ['/etc/sluice-test'], ['logs/user.log'], ['a/../../logs/x']])(
    'do not reach %s',
    async (file) => {
      for (const id of ['file/write', 'file/append']) {
        await expect(run(id, { file, content: 'x' })).rejects.toMatchObject({ code: 'file-access' });
      }
    },
  );
});

describe('read', () => {
  it('replaces what is not UTF-8 and drops a byte order mark', async () => {
    await writeFile(at('mixed'), Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff, 0xc3, 0xbc]));
    expect(await run('file/read', { file: 'mixed' })).toBe('a\ufffdü');
  });
  it('reads log files', async () => expect(await run('file/read', { file: 'logs/user.log' })).toBe(''));
});

describe('list', () => {
  it('gives absolute paths when asked', async () =>
    expect(
      await run('file/list', { path: 'reports', 'return-absolute-path': true, 'included-extensions': ['.txt'] }),
    ).toEqual([at('reports/b.txt')]));

  it('lists the logs, and matches extensions of several parts but no bare names', async () => {
    expect(await run('file/list', { path: 'logs' })).toEqual(['user.log']);
    for (const name of ['x.tar.gz', 'y.gz', '.gz', 'gz', 'zgz']) await writeFile(at(`reports/old/${name}`), '');
    const list = (extension: string) => run('file/list', { path: 'reports/old', 'included-extensions': [extension] });
    expect(await list('tar.gz')).toEqual(['x.tar.gz']);
    expect(await list('GZ')).toEqual(['x.tar.gz', 'y.gz']);
  });
});

describe('delete and mkdir', () => {
  it('delete takes an absolute path only when told so', async () => {
    const file = at('greeting.txt');
    await expect(run('file/delete', { file })).rejects.toMatchObject({ code: 'file-access' });
    await expect(run('file/delete', { file: 'C:\\x' })).rejects.toMatchObject({ code: 'file-access' });
    expect(await readdir(at('.'))).toContain('greeting.txt');
    await run('file/delete', { file, 'allow-absolute-path': true });
    expect(await readdir(at('.'))).toEqual(['reports']);
  });

  it('delete leaves a full folder whole unless recursive', async () => {
    await expect(run('file/delete', { file: 'reports' })).rejects.toMatchObject({ code: 'file-failed' });
    expect(await readdir(at('reports'))).toHaveLength(4);
    await run('file/delete', { file: 'reports/old' });
    await run('file/delete', { file: 'reports', recursive: true });
    expect(await readdir(at('.'))).toEqual(['greeting.txt']);
  });

  it('mkdir makes all folders of the path', async () => {
    await run('file/mkdir', { path: 'x/y/z' });
    expect(await readdir(at('x/y'))).toEqual(['z']);
  });
});
