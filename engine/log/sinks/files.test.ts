import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { localDate } from '../timestamp.ts';
import { type LogFiles, type LogNotice, openLogFiles } from './files.ts';
import { noLines } from './levels.ts';

const root = mkdtempSync(join(tmpdir(), 'sluice-log-files-'));
let opened: LogFiles[] = [];
const notices: LogNotice[] = [];
const rotation = { maxSize: 1024 ** 2, maxFiles: 14, maxTotal: 1024 ** 3, minFree: 0 };
let folders = 0;
const freshDir = () => join(root, String(folders++), 'logs');
const start = async (dir: string, changed: Partial<typeof rotation> = {}) => {
  const files = await openLogFiles({
    dir,
    rotation: { ...rotation, ...changed },
    stdout: false,
    report: (notice) => notices.push(notice),
  });
  opened.push(files);
  return files;
};
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(opened.map((files) => files.close()));
  opened = [];
  notices.length = 0;
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

let number = 0;
const put = (files: LogFiles, count = 1, padding = 0) => {
  let text = '';
  for (let i = 0; i < count; i++) text += `2026-11-21 04:36:22.123 [info]  line ${number++} ${'x'.repeat(padding)}\n`;
  files.write('user', text, { ...noLines(), info: count });
};
const read = (path: string) => (path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path)).toString();
const numbersIn = (text: string) => [...text.matchAll(/line (\d+) /g)].map((match) => Number(match[1]));
const dated = (dir: string) =>
  readdirSync(dir)
    .filter((name) => name.startsWith('user-'))
    .sort();
const numbersOnDisk = (dir: string) =>
  dated(dir)
    .flatMap((name) => numbersIn(read(join(dir, name))))
    .sort((a, b) => a - b);
const range = (from: number) => Array.from({ length: number - from }, (_, i) => from + i);
const until = async (what: () => boolean, ms = 10_000) => {
  for (const end = Date.now() + ms; Date.now() < end; await delay(10)) if (what()) return;
  expect(what.toString()).toBe('true in time');
};
const today = localDate(new Date());

describe('opening', () => {
  it('makes both logs, for their owner only, each under two names', async () => {
    const dir = freshDir();
    await start(dir);
    expect(readdirSync(dir).sort()).toEqual([`usage-${today}.log`, 'usage.log', `user-${today}.log`, 'user.log']);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, 'user.log')).ino).toBe(statSync(join(dir, `user-${today}.log`)).ino);
    expect(statSync(join(dir, 'user.log')).size).toBe(0);
  });

  it('goes on in the file of the day, ends a torn line, and closes it to others', async () => {
    const dir = freshDir();
    mkdirSync(dir, { recursive: true, mode: 0o755 });
    writeFileSync(join(dir, `user-${today}.log`), '2026-11-21 04:36:22.123 [info]  line 1 x\n2026-11-21 04:36', {
      mode: 0o644,
    });
    const files = await start(dir);
    files.write('user', 'next\n', noLines());
    await files.flush();
    expect(read(join(dir, 'user.log'))).toBe('2026-11-21 04:36:22.123 [info]  line 1 x\n2026-11-21 04:36\nnext\n');
    expect(statSync(join(dir, 'user.log')).mode & 0o777).toBe(0o600);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
  });

  it('begins a new file when the last is already large, and leaves every line where it was', async () => {
    const dir = freshDir();
    const first = number;
    const before = await start(dir);
    put(before, 3000, 100);
    await before.close();
    const after = await start(dir);
    put(after);
    await after.close();
    expect(numbersIn(read(join(dir, 'user.log')))).toEqual([number - 1]);
    expect(numbersOnDisk(dir)).toEqual(range(first));
    expect(dated(dir)).toEqual([`user-${today}.1.log`, `user-${today}.log.gz`]);
  });

  it('mends what a crash left: half a packed file, a packed file beside its raw one, empty ones, a torn one', async () => {
    const dir = freshDir();
    mkdirSync(dir, { recursive: true });
    const there = (name: string, content: string | Buffer) => writeFileSync(join(dir, name), content);
    const recent = localDate(new Date(Date.now() - 86_400_000));
    there(`.user-${recent}.log.gz.tmp`, 'half');
    there(`user-${recent}.log`, 'line 9000001 \n');
    there(`user-${recent}.1.log.gz`, gzipSync('line 9000002 \n'));
    there(`user-${recent}.1.log`, 'line 9000002 \n');
    there(`user-${recent}.2.log`, '');
    there(`user-${recent}.4.log.gz`, '');
    there(`user-${recent}.4.log`, 'line 9000005 \n');
    there(`user-${recent}.3.log`, 'line 9000003 \nline 9000004 torn');
    await start(dir);
    await until(() => dated(dir).length === 5 && dated(dir).filter((name) => name.endsWith('.gz')).length === 4);
    expect(numbersOnDisk(dir)).toEqual([9000001, 9000002, 9000003, 9000004, 9000005]);
    expect(read(join(dir, `user-${recent}.3.log.gz`))).toMatch(/torn\n$/);
    expect(readdirSync(dir).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('keeps what somebody put under the live name, but not a copy of what is there anyway', async () => {
    const dir = freshDir();
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'user.log'), 'line 9000005 \n');
    writeFileSync(join(dir, 'usage.log'), 'same\n');
    writeFileSync(join(dir, `usage-${today}.log`), 'same\n');
    await start(dir);
    expect(read(join(dir, 'user.log'))).toBe('line 9000005 \n');
    expect(read(join(dir, 'usage.log'))).toBe('same\n');
    expect(readdirSync(dir).sort()).toEqual([`usage-${today}.log`, 'usage.log', `user-${today}.log`, 'user.log']);
    for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).nlink).toBe(2);
  });

  it('follows no link, neither under the live name nor under the dated one', async () => {
    const dir = freshDir();
    mkdirSync(dir, { recursive: true });
    const outside = join(dir, '..', 'outside');
    writeFileSync(outside, 'mine');
    symlinkSync(outside, join(dir, 'user.log'));
    symlinkSync(outside, join(dir, `user-${today}.log`));
    const files = await start(dir);
    put(files);
    await files.flush();
    expect(readFileSync(outside, 'utf8')).toBe('mine');
    expect(numbersIn(read(join(dir, 'user.log')))).toEqual([number - 1]);
    await files.clear();
    expect(readFileSync(outside, 'utf8')).toBe('mine');
    expect(existsSync(join(dir, `user-${today}.log`))).toBe(true);
  });
});

describe('rotation', () => {
  it('by size loses and doubles nothing, packs what is left behind, and the live name is never absent', async () => {
    const dir = freshDir();
    const first = number;
    const files = await start(dir);
    let looks = 0;
    let absent = 0;
    const inodes = new Set<number>();
    let looking = true;
    const look = () => {
      looks++;
      try {
        inodes.add(statSync(join(dir, 'user.log')).ino);
      } catch {
        absent++;
      }
      if (looking) setImmediate(look);
    };
    look();
    for (let i = 0; i < 100; i++) {
      put(files, 500, 50);
      await delay(1);
    }
    await files.flush();
    await until(() => dated(dir).filter((name) => name.endsWith('.log')).length === 1);
    looking = false;
    expect(looks).toBeGreaterThan(100);
    expect(absent).toBe(0);
    expect(inodes.size).toBeGreaterThanOrEqual(2);
    expect(numbersOnDisk(dir)).toEqual(range(first));
    expect(dated(dir)).toContain(`user-${today}.log.gz`);
    expect(dated(dir)).toContain(`user-${today}.1.log.gz`);
    for (const name of dated(dir)) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
    for (const name of dated(dir)) expect(read(join(dir, name)).length).toBeLessThan(1.2 * 1024 ** 2);
    expect(files.health()).toMatchObject({ writable: true, dropped: noLines(), backlog: 0 });
  });

  it('by day, also when nothing is written; clocks that go back or jump ahead overwrite nothing', async () => {
    const dir = freshDir();
    const first = number;
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(2026, 10, 20, 23, 59, 58) });
    const files = await start(dir);
    const writtenAt = async (...moment: [number, number, number]) => {
      vi.setSystemTime(new Date(2026, 10, ...moment));
      put(files);
      await files.flush();
    };
    await writtenAt(20, 23, 59);
    expect(dated(dir)).toEqual(['user-2026-11-20.log']);
    vi.setSystemTime(new Date(2026, 10, 21, 0, 0, 1));
    await until(() => dated(dir).includes('user-2026-11-21.log') && dated(dir).includes('user-2026-11-20.log.gz'));
    expect(statSync(join(dir, 'user.log')).ino).toBe(statSync(join(dir, 'user-2026-11-21.log')).ino);
    await writtenAt(21, 0, 30);
    await writtenAt(20, 23, 30);
    await until(() => dated(dir).includes('user-2026-11-21.log.gz'));
    await writtenAt(22, 0, 45);
    await until(() => dated(dir).length === 4 && dated(dir).filter((name) => name.endsWith('.gz')).length === 3);
    expect(dated(dir)).toEqual([
      'user-2026-11-20.1.log.gz',
      'user-2026-11-20.log.gz',
      'user-2026-11-21.log.gz',
      'user-2026-11-22.log',
    ]);
    expect(numbersOnDisk(dir)).toEqual(range(first));
  });

  it('removes what is too old, and what is too much, oldest first; nothing else', async () => {
    const dir = freshDir();
    mkdirSync(dir, { recursive: true });
    const day = (back: number) => localDate(new Date(Date.now() - back * 86_400_000));
    const make = (name: string, bytes: number) =>
      writeFileSync(join(dir, name), gzipSync(Buffer.alloc(bytes), { level: 0 }));
    const others = [
      'notes.log.gz',
      'user-2020-01-01.txt',
      'xuser-2020-01-01.log.gz',
      'user-2020-01-01.01.log.gz',
      'user.log.bak',
    ];
    for (const name of others) writeFileSync(join(dir, name), 'keep');
    const outside = join(dir, '..', 'kept');
    writeFileSync(outside, 'kept');
    symlinkSync(outside, join(dir, 'user-2019-01-01.log.gz'));
    mkdirSync(join(dir, 'user-2019-01-02.log.gz'));
    make(`user-${day(20)}.log.gz`, 10);
    make(`usage-${day(15)}.log.gz`, 10);
    make(`user-${day(9)}.log.gz`, 60_000);
    make(`usage-${day(8)}.log.gz`, 60_000);
    make(`user-${day(8)}.1.log.gz`, 60_000);
    make(`user-${day(2)}.log.gz`, 60_000);
    await start(dir, { maxTotal: 130_000 });
    await until(
      () => !existsSync(join(dir, `usage-${day(8)}.log.gz`)) || !existsSync(join(dir, `user-${day(8)}.1.log.gz`)),
    );
    const left = readdirSync(dir);
    for (const name of [...others, 'user-2019-01-01.log.gz', 'user-2019-01-02.log.gz', `user-${day(2)}.log.gz`])
      expect(left).toContain(name);
    for (const name of [`user-${day(20)}.log.gz`, `usage-${day(15)}.log.gz`, `user-${day(9)}.log.gz`])
      expect(left).not.toContain(name);
    expect(left.filter((name) => name.includes(day(8)))).toHaveLength(1);
    expect(readFileSync(outside, 'utf8')).toBe('kept');
    expect(opened[0]?.health().bytes).toBeLessThan(130_000);
  });

  /** Three predecessors of a mebibyte, oldest first. */
  const makeThree = (dir: string): string[] => {
    mkdirSync(dir, { recursive: true });
    return ['2', '3', '4'].map((number) => {
      const name = `user-${localDate(new Date(Date.now() - 86_400_000))}.${number}.log.gz`;
      writeFileSync(join(dir, name), Buffer.alloc(1024 ** 2, 1));
      return name;
    });
  };

  it('goes oldest first while the file system has too little room, and never with the live file', async () => {
    const dir = freshDir();
    const names = makeThree(dir);
    await start(dir, { minFree: 1 });
    await delay(200);
    expect(dated(dir)).toEqual(expect.arrayContaining(names));
    await opened[0]?.close();
    const files = await start(dir, { minFree: 2 ** 53 });
    put(files);
    await until(() => names.every((name) => !existsSync(join(dir, name))));
    await files.flush();
    expect(numbersIn(read(join(dir, 'user.log')))).toEqual([number - 1]);
    expect(dated(dir)).toHaveLength(1);
  });

  const disk = join(root, 'disk');
  let mayMount = false;
  try {
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=5m', 'tmpfs', disk], { stdio: 'ignore' });
    mayMount = true;
  } catch {
    // Only root may.
  }
  afterAll(() => void (mayMount && execFileSync('umount', ['-l', disk])));

  it.skipIf(!mayMount)('takes no more than is needed for room', async () => {
    const dir = join(disk, 'logs');
    const [oldest, ...others] = makeThree(dir);
    await start(dir, { minFree: 2.5 * 1024 ** 2 });
    await until(() => !existsSync(join(dir, oldest as string)));
    await delay(200);
    expect(dated(dir)).toEqual(expect.arrayContaining(others));
  });
});

describe('files that others touch', () => {
  /** Does something to the folder while lines are written, and gives the lines that were lost. */
  const provoke = async (deed: (dir: string) => void) => {
    const dir = freshDir();
    const first = number;
    const files = await start(dir);
    const writing = setInterval(() => put(files), 5);
    await delay(300);
    deed(dir);
    const later = number;
    await until(
      () => notices.some(({ event }) => event === 'logs.replaced') && existsSync(join(dir, 'user.log')),
      4000,
    );
    await delay(300);
    clearInterval(writing);
    await files.flush();
    expect(files.health().writable).toBe(true);
    expect(statSync(join(dir, 'user.log')).nlink).toBe(2);
    const live = numbersIn(read(join(dir, 'user.log')));
    expect(live.at(-1)).toBe(number - 1);
    return { dir, first, later };
  };

  it('the live name removed: what was there stays under its dated name', async () => {
    const { dir, first } = await provoke((at) => unlinkSync(join(at, 'user.log')));
    expect(numbersOnDisk(dir)).toEqual(range(first));
  });

  it('everything removed: what was written after that is there', async () => {
    const { dir, later } = await provoke((at) => {
      for (const name of readdirSync(at)) unlinkSync(join(at, name));
    });
    expect(numbersOnDisk(dir)).toEqual(expect.arrayContaining(range(later + 1)));
    expect(new Set(numbersOnDisk(dir)).size).toBe(numbersOnDisk(dir).length);
  });

  it('the folder removed', async () => {
    const { dir, later } = await provoke((at) => rmSync(at, { recursive: true }));
    expect(numbersOnDisk(dir)).toEqual(expect.arrayContaining(range(later + 1)));
    expect(statSync(dir).mode & 0o777).toBe(0o700);
  });

  it('the folder moved: no line is lost or doubled over both', async () => {
    const { dir, first } = await provoke((at) => renameSync(at, `${at}.old`));
    expect([...numbersOnDisk(`${dir}.old`), ...numbersOnDisk(dir)]).toEqual(range(first));
  });

  it('another file moved over the live name: both are kept', async () => {
    const { dir, first } = await provoke((at) => {
      writeFileSync(join(at, 'other'), 'line 9000006 \n');
      renameSync(join(at, 'other'), join(at, 'user.log'));
    });
    expect(numbersOnDisk(dir)).toEqual([...range(first), 9000006]);
  });

  it('the dated name removed: it comes back', async () => {
    const dir = freshDir();
    const files = await start(dir);
    put(files);
    await files.flush();
    unlinkSync(join(dir, `user-${today}.log`));
    await until(() => existsSync(join(dir, `user-${today}.log`)), 4000);
    expect(statSync(join(dir, 'user.log')).nlink).toBe(2);
    expect(numbersIn(read(join(dir, 'user.log')))).toEqual([number - 1]);
  });
});

describe('clear', () => {
  it('empties the live files and removes predecessors; writing goes on', async () => {
    const dir = freshDir();
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'mine.txt'), 'mine');
    linkSync(join(dir, 'mine.txt'), join(dir, 'also-mine.txt'));
    const files = await start(dir);
    for (let i = 0; i < 30; i++) put(files, 1000, 50);
    const { ino } = statSync(join(dir, 'usage.log'));
    await files.clear();
    put(files, 2);
    await files.flush();
    expect(numbersOnDisk(dir)).toEqual([number - 2, number - 1]);
    expect(numbersIn(read(join(dir, 'user.log')))).toEqual([number - 2, number - 1]);
    expect(statSync(join(dir, 'usage.log')).ino).toBe(ino);
    expect(dated(dir).filter((name) => name.endsWith('.gz'))).toEqual([]);
    expect(readdirSync(dir)).toEqual(expect.arrayContaining(['mine.txt', 'also-mine.txt']));
    expect(files.health().dropped).toEqual(noLines());
  });
});

describe('closing', () => {
  it('resolves when all is on disk; later lines are counted', async () => {
    const dir = freshDir();
    const first = number;
    const files = await start(dir);
    put(files, 5000, 20);
    const closing = files.close();
    expect(files.close()).toBe(closing);
    await closing;
    expect(numbersOnDisk(dir)).toEqual(range(first));
    files.write('usage', 'late\n', { ...noLines(), warning: 1 });
    expect(files.health().dropped).toEqual({ ...noLines(), warning: 1 });
    expect(files.backlog()).toBe(0);
  });

  it('mtime of a packed file is that of what it holds', async () => {
    const dir = freshDir();
    mkdirSync(dir, { recursive: true });
    const name = `user-${localDate(new Date(Date.now() - 86_400_000))}.log`;
    writeFileSync(join(dir, name), 'old\n');
    utimesSync(join(dir, name), 1_700_000_000, 1_700_000_000);
    await start(dir);
    await until(() => existsSync(join(dir, `${name}.gz`)));
    expect(statSync(join(dir, `${name}.gz`)).mtimeMs).toBe(1_700_000_000_000);
  });
});
