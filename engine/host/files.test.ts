import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HostFiles } from '../../actions/kit/define.ts';
import { createHost } from './host.ts';

let folder: string;
let files: HostFiles;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'host-files-'));
  mkdirSync(join(folder, 'files'));
  mkdirSync(join(folder, 'logs'));
  writeFileSync(join(folder, 'logs/user.log'), 'line\n');
  writeFileSync(join(folder, 'settings.json'), 'secret');
  files = createHost(
    { dataDir: folder, port: 0, outgoing: { private: true, allow: [], deny: [] } },
    { maxReadBytes: 1000 },
  ).files;
});
afterEach(() => rmSync(folder, { recursive: true }));

const inFiles = (path: string) => join(folder, 'files', path);
const text = async (path: string) => Buffer.from(await files.read(path)).toString();
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('files', () => {
  it('are written, read, added to, listed and deleted', async () => {
    await files.write('a/b/note.txt', 'one');
    await files.append('a/b/note.txt', Buffer.from(' two'));
    await files.append('new/log.txt', 'first');
    await files.makeDirectory('a/empty/inner');
    expect(await text('a/b/note.txt')).toBe('one two');
    expect(await files.list('a')).toEqual([
      { name: 'b', directory: true, absolute: inFiles('a/b') },
      { name: 'empty', directory: true, absolute: inFiles('a/empty') },
    ]);
    await files.write('a/b/note.txt', 'three');
    expect(await text(inFiles('a/b/note.txt'))).toBe('three');
    expect(readdirSync(inFiles('a/b'))).toEqual(['note.txt']);
    await files.remove('a/b/note.txt', false);
    await files.remove('a/empty', true);
    expect((await files.list('.')).map(({ name }) => name)).toEqual(['a', 'new']);
    expect(await files.list('a/b')).toEqual([]);
  });

  it('belong to the user of the engine alone', async () => {
    await files.write('a/note.txt', 'x');
    await files.append('a/log.txt', 'x');
    const modes = ['a', 'a/note.txt', 'a/log.txt'].map((path) => (statSync(inFiles(path)).mode & 0o777).toString(8));
    expect(modes).toEqual(['700', '600', '600']);
  });

  it('of the log can be read and nothing else', async () => {
    expect(await text('logs/user.log')).toBe('line\n');
    expect(await text(join(folder, 'logs/user.log'))).toBe('line\n');
    expect((await files.list('logs')).map(({ name }) => name)).toEqual(['user.log']);
    for (const path of ['logs/user.log', './logs/user.log', 'logs//user.log', join(folder, 'logs/user.log')]) {
      await expect(files.write(path, 'x')).rejects.toEqual(code('file-access'));
      await expect(files.append(path, 'x')).rejects.toEqual(code('file-access'));
      await expect(files.remove(path, false)).rejects.toEqual(code('file-access'));
    }
    await expect(files.makeDirectory('logs/own')).rejects.toEqual(code('file-access'));
    expect(readFileSync(join(folder, 'logs/user.log'), 'utf8')).toBe('line\n');
  });

  it('appear in a data folder that has none yet', async () => {
    rmSync(join(folder, 'files'), { recursive: true });
    expect(await files.list('.')).toEqual([]);
    rmSync(join(folder, 'files'), { recursive: true });
    await files.write('a.txt', 'x');
    expect(await text('a.txt')).toBe('x');
  });

  it('are whole for every reader while many write', async () => {
    const contents = Array.from({ length: 20 }, (_, i) => String(i % 10).repeat(900));
    await files.write('shared.txt', contents[0] as string);
    await Promise.all([
      ...contents.map((content) => files.write('shared.txt', content)),
      ...contents.map(async () => expect(contents).toContain(await text('shared.txt'))),
    ]);
    expect(readdirSync(join(folder, 'files'))).toEqual(['shared.txt']);
  });
});

describe('no way leads out', () => {
  const outside = [
    '../settings.json',
    'a/../../settings.json',
    'logs/../settings.json',
    '/etc/passwd',
    'note\0.txt',
    '..',
    '/',
  ];
  it.each(outside)('by %j', async (path) => {
    for (const attempt of [
      () => files.read(path),
      () => files.write(path, 'x'),
      () => files.append(path, 'x'),
      () => files.remove(path, true),
      () => files.makeDirectory(path),
      () => files.list(path),
    ]) {
      await expect(attempt()).rejects.toEqual(code('file-access'));
    }
    expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toBe('secret');
  });

  it('by absolute paths that only begin alike', async () => {
    await expect(files.read(`${join(folder, 'files')}/../settings.json`)).rejects.toEqual(code('file-access'));
    await expect(files.write(`${join(folder, 'files')}-other/x`, 'x')).rejects.toEqual(code('file-access'));
  });

  it('by percent signs: they are names', async () => {
    await files.write('..%2fsettings.json', 'x');
    expect(readdirSync(join(folder, 'files'))).toEqual(['..%2fsettings.json']);
  });

  it('by a link to a file', async () => {
    symlinkSync(join(folder, 'settings.json'), inFiles('link'));
    await expect(files.read('link')).rejects.toEqual(code('file-access'));
    await expect(files.append('link', 'x')).rejects.toEqual(code('file-access'));
    await expect(files.write('link', 'x')).rejects.toEqual(code('file-access'));
    await files.remove('link', true);
    expect(existsSync(inFiles('link'))).toBe(false);
    expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toBe('secret');
  });

  it('by a link to a folder', async () => {
    symlinkSync(folder, inFiles('up'));
    for (const attempt of [
      () => files.read('up/settings.json'),
      () => files.write('up/settings.json', 'x'),
      () => files.write('up/new/x', 'x'),
      () => files.append('up/settings.json', 'x'),
      () => files.remove('up/settings.json', false),
      () => files.makeDirectory('up/new'),
      () => files.list('up'),
      () => files.list('up/logs'),
    ]) {
      await expect(attempt()).rejects.toEqual(code('file-access'));
    }
    expect(readdirSync(folder).sort()).toEqual(['files', 'logs', 'settings.json']);
    await files.remove('up', true);
    expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toBe('secret');
  });

  it('by deleting a folder that holds a link', async () => {
    mkdirSync(inFiles('a'));
    symlinkSync(folder, inFiles('a/up'));
    await files.remove('a', true);
    expect(readdirSync(folder).sort()).toEqual(['files', 'logs', 'settings.json']);
  });

  it('by pipes and sockets, which are no files', async () => {
    execFileSync('/usr/bin/env', ['mkfifo', inFiles('pipe')]);
    await expect(files.read('pipe')).rejects.toEqual(code('file-access'));
    await expect(files.append('pipe', 'x')).rejects.toThrow(/pipe/);
    await expect(files.write('pipe', 'x')).rejects.toEqual(code('file-access'));
    expect(lstatSync(inFiles('pipe')).isFIFO()).toBe(true);
  });

  it('by deleting the root', async () => {
    await files.write('a.txt', 'x');
    for (const path of ['.', '', 'a/..', join(folder, 'files')])
      await expect(files.remove(path, true)).rejects.toEqual(code('file-access'));
    expect(await text('a.txt')).toBe('x');
  });
});

describe('what the file system refuses', () => {
  it.each([
    ['a file that does not exist', () => files.read('none'), /"none" does not exist/],
    ['a folder in place of a file', () => files.read('.'), /is a folder/],
    ['writing to a folder', () => files.write('.', 'x'), /is a folder/],
    ['adding to a folder', () => files.append('.', 'x'), /is a folder/],
    ['deleting what does not exist', () => files.remove('none', true), /does not exist/],
    ['a folder that does not exist', () => files.list('none'), /does not exist/],
    ['a name that is too long', () => files.write('x'.repeat(300), 'x'), /too long/],
  ])('is file-failed: %s', async (_what, attempt, message) => {
    await expect(attempt()).rejects.toEqual(
      expect.objectContaining({ code: 'file-failed', message: expect.stringMatching(message) }),
    );
  });

  it('is file-failed: files and folders in place of each other, and full folders', async () => {
    await files.write('a/b.txt', 'x');
    await expect(files.remove('a', false)).rejects.toEqual(
      expect.objectContaining({ code: 'file-failed', message: expect.stringMatching(/not empty/) }),
    );
    await expect(files.write('a', 'x')).rejects.toEqual(
      expect.objectContaining({ code: 'file-failed', message: expect.stringMatching(/is a folder/) }),
    );
    await expect(files.makeDirectory('a/b.txt')).rejects.toEqual(code('file-failed'));
    await expect(files.write('a/b.txt/c.txt', 'x')).rejects.toEqual(code('file-failed'));
    await expect(files.list('a/b.txt')).rejects.toEqual(code('file-failed'));
  });

  it('does not tell where the data folder is', async () => {
    chmodSync(join(folder, 'files'), 0o500);
    for (const attempt of [() => files.read('none'), () => files.list('none'), () => files.remove('none', false)]) {
      await expect(attempt()).rejects.toEqual(
        expect.objectContaining({ message: expect.not.stringContaining(folder) }),
      );
    }
    chmodSync(join(folder, 'files'), 0o700);
  });

  it('is a file that is too large to read', async () => {
    await files.write('large', 'x'.repeat(1001));
    await expect(files.read('large')).rejects.toEqual(
      expect.objectContaining({ code: 'file-failed', message: expect.stringMatching(/1001 bytes; allowed are 1000/) }),
    );
  });
});
