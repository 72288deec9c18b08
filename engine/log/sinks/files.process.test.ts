import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// What only shows in a process of its own: that it exits, is killed, or has no descriptors, no disk or no reader left.

const root = mkdtempSync(join(tmpdir(), 'sluice-log-process-'));
const module = join(root, 'files.mjs');
beforeAll(async () => {
  const input = fileURLToPath(new URL('./files.ts', import.meta.url));
  await build({
    input,
    platform: 'node',
    output: { file: module, format: 'esm', codeSplitting: false },
    logLevel: 'silent',
  });
});
const mounted: string[] = [];
afterAll(() => {
  for (const dir of mounted) execFileSync('umount', ['-l', dir]);
  rmSync(root, { recursive: true, force: true });
});

let folders = 0;
const freshDir = () => join(root, String(folders++), 'logs');

const prelude = (dir: string, options: string) => `
  import { openLogFiles } from ${JSON.stringify(module)};
  import fs from 'node:fs';
  import { setTimeout as delay } from 'node:timers/promises';
  const dir = ${JSON.stringify(dir)};
  const say = (text) => fs.writeSync(3, text + '\\n');
  const none = { debug: 0, info: 0, warning: 0, error: 0 };
  const notices = [];
  const files = await openLogFiles({ dir, rotation: { maxSize: 2 ** 20, maxFiles: 14, maxTotal: 2 ** 30 }, stdout: false, report: (notice) => notices.push(notice), ${options} });
  let number = 0;
  const put = (count, level = 'info', padding = '') => {
    let text = '';
    for (let i = 0; i < count; i++) text += '2026-11-21 04:36:22.123 [' + level + ']  line ' + number++ + ' ' + padding + '\\n';
    files.write('user', text, { ...none, [level]: count });
  };
`;

interface Child {
  process: ChildProcess;
  /** What it said on descriptor 3. */
  said: string[];
  stderr: () => string;
  exit: Promise<number | null>;
}

const run = (
  dir: string,
  program: string,
  { options = '', stdout = 'ignore' as 'ignore' | 'pipe', wrapper = [] as string[] } = {},
): Child => {
  const errors = openSync(`${module}.${folders}.stderr`, 'w+');
  const [command = '', ...given] = [
    ...wrapper,
    process.execPath,
    '--input-type=module',
    '-e',
    prelude(dir, options) + program,
  ];
  const child = spawn(command, given, { stdio: ['ignore', stdout, errors, 'pipe'] });
  closeSync(errors);
  const said: string[] = [];
  let rest = '';
  (child.stdio[3] as NodeJS.ReadableStream).on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() as string;
    said.push(...lines);
  });
  const path = `${module}.${folders}.stderr`;
  return {
    process: child,
    said,
    stderr: () => readFileSync(path, 'utf8'),
    exit: new Promise((resolve) => child.once('close', (code) => resolve(code))),
  };
};
const until = async (what: () => boolean) => {
  for (const end = Date.now() + 15_000; Date.now() < end; await delay(10)) if (what()) return;
  expect(what.toString()).toBe('true in time');
};

const textOf = (dir: string) =>
  readdirSync(dir)
    .filter((name) => name.startsWith('user-'))
    .map((name) =>
      (name.endsWith('.gz') ? gunzipSync(readFileSync(join(dir, name))) : readFileSync(join(dir, name))).toString(),
    )
    .join('');
const numbersIn = (text: string) =>
  [...text.matchAll(/line (\d+) /g)].map((match) => Number(match[1])).sort((a, b) => a - b);
const range = (to: number, from = 0) => Array.from({ length: to - from }, (_, i) => from + i);

describe('closing', () => {
  it.each([1, 2, 3, 4, 5])('100,000 lines over rotations, closed at once, are all there (%i)', async () => {
    const dir = freshDir();
    const child = run(
      dir,
      `for (let i = 0; i < 200; i++) put(500, 'info', 'x'.repeat(20)); await files.close(); process.exit(0);`,
    );
    expect(await child.exit).toBe(0);
    expect(child.stderr()).toBe('');
    expect(numbersIn(textOf(dir))).toEqual(range(100_000));
  });

  it('a process that has nothing else to do is not held up by open logs', async () => {
    const child = run(freshDir(), `put(1); await files.flush();`);
    expect(await child.exit).toBe(0);
  });
});

describe('a disk that is full', () => {
  const mount = (bytes: string) => {
    const dir = join(root, String(folders++), 'disk');
    mkdirSync(dir, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', dir], { stdio: 'ignore' });
    mounted.push(dir);
    return dir;
  };
  let mayMount = false;
  try {
    const dir = mount('64k');
    execFileSync('umount', [dir]);
    mounted.pop();
    mayMount = true;
  } catch {
    // Only root may.
  }

  it.skipIf(!mayMount)('keeps 30,000 lines until there is room again', async () => {
    const dir = mount('1m');
    writeFileSync(join(dir, 'ballast'), Buffer.alloc(700_000));
    const child = run(
      dir,
      `
      for (let i = 0; i < 60; i++) { put(500, 'info', 'x'.repeat(50)); await delay(2); }
      await delay(300);
      say(JSON.stringify(files.health()));
      while (fs.existsSync(dir + '/ballast')) await delay(20);
      await delay(100);
      fs.mkdirSync(dir + '/more');
      await files.close();
      say(JSON.stringify([files.health(), notices]));
    `,
      { options: 'rotation: { maxSize: 2 ** 26, maxFiles: 14, maxTotal: 2 ** 30 }' },
    );
    await until(() => child.said.length > 0);
    const full = JSON.parse(child.said[0] as string);
    expect(full).toMatchObject({ writable: false, lastError: expect.stringContaining('ENOSPC') });
    expect(full.backlog).toBeGreaterThan(1_000_000);
    expect(child.stderr()).toMatch(/^sluice: user\.log in .* cannot be written: ENOSPC.*Records are kept in memory/);
    execFileSync('mount', ['-o', 'remount,size=16m', dir]);
    rmSync(join(dir, 'ballast'));
    expect(await child.exit).toBe(0);
    const [health, notices] = JSON.parse(child.said[1] as string);
    expect(health).toMatchObject({ writable: true, dropped: { debug: 0, info: 0, warning: 0, error: 0 }, backlog: 0 });
    expect(notices).toEqual([
      expect.objectContaining({
        level: 'info',
        event: 'logs.recovered',
        message: expect.stringContaining('No record was dropped'),
      }),
    ]);
    const text = readFileSync(join(dir, 'user.log'), 'utf8');
    expect(
      text
        .split('\n')
        .filter((line) => line !== '' && !/^2026-11-21 04:36:22\.123 \[info\] {2}line \d+ x{50}$/.test(line)),
    ).toEqual([]);
    expect(numbersIn(text)).toEqual(range(30_000));
  });

  it.skipIf(!mayMount)(
    'drops debug first and no error, counts exactly, and closes in time although it stays full',
    async () => {
      const dir = mount('1m');
      const child = run(
        dir,
        `
      const wide = 'x'.repeat(1000);
      for (let i = 0; i < 120; i++) { put(200, 'debug', wide); put(50, 'info', wide); put(1, 'error', wide); await delay(1); }
      await delay(300);
      say(JSON.stringify(files.health()));
      await files.close();
      say(JSON.stringify(files.health()));
    `,
        { options: 'rotation: { maxSize: 2 ** 26, maxFiles: 14, maxTotal: 2 ** 30 }' },
      );
      expect(await child.exit).toBe(0);
      const [before, after] = child.said.map((line) => JSON.parse(line));
      expect(before.dropped).toMatchObject({ info: 0, warning: 0, error: 0 });
      expect(before.dropped.debug).toBeGreaterThan(5000);
      const onDisk = readFileSync(join(dir, 'user.log'), 'utf8')
        .split('\n')
        .filter((line) => /\[\w+\] {2}line \d+ x{1000}$/.test(line));
      const count = (level: string) => onDisk.filter((line) => line.includes(`[${level}]`)).length;
      expect(count('debug') + after.dropped.debug).toBe(24_000);
      expect(count('info') + after.dropped.info).toBe(6000);
      expect(count('error') + after.dropped.error).toBe(120);
      const rescued = numbersIn(child.stderr());
      expect(rescued.length).toBeGreaterThan(1000);
    },
  );
});

it('no descriptors left at a rotation', async () => {
  const dir = freshDir();
  const child = run(
    dir,
    `
    const taken = [];
    let taking = true;
    const take = () => {
      if (!taking) return;
      try { for (;;) taken.push(fs.openSync('/dev/null', 'r')); } catch {}
      setImmediate(take);
    };
    take();
    for (let i = 0; i < 40; i++) { put(500, 'info', 'x'.repeat(50)); await delay(2); }
    await delay(300);
    say(JSON.stringify(files.health()));
    taking = false;
    for (const fd of taken) fs.closeSync(fd);
    await files.close();
    say(JSON.stringify(files.health()));
  `,
    { wrapper: ['bash', '-c', 'ulimit -n 64; exec "$@"', 'bash'] },
  );
  expect(await child.exit).toBe(0);
  const [during, after] = child.said.map((line) => JSON.parse(line));
  expect(during).toMatchObject({ writable: false, lastError: expect.stringContaining('EMFILE') });
  expect(after).toMatchObject({ writable: true, dropped: { info: 0 } });
  expect(numbersIn(textOf(dir))).toEqual(range(20_000));
});

describe('a folder that cannot be used', () => {
  it('at the start: lines go to standard error until it can', async () => {
    const dir = freshDir();
    mkdirSync(join(dir, '..'), { recursive: true });
    writeFileSync(dir, 'a file where the folder should be');
    const child = run(
      dir,
      `
      put(10); await delay(100); put(10, 'error'); await delay(300);
      say(JSON.stringify(files.health()));
      while (!fs.statSync(dir, { throwIfNoEntry: false })?.isDirectory()) await delay(20);
      put(10);
      await delay(1500);
      put(10);
      await files.close();
      say(JSON.stringify([files.health(), notices]));
    `,
    );
    await until(() => child.said.length > 0);
    expect(JSON.parse(child.said[0] as string)).toMatchObject({ writable: false, dropped: { info: 10, error: 10 } });
    expect(child.stderr()).toMatch(
      /^sluice: us\w+\.log in .* cannot be written: E.*Records go to standard error meanwhile/,
    );
    expect(numbersIn(child.stderr())).toEqual(range(20));
    rmSync(dir);
    mkdirSync(dir);
    expect(await child.exit).toBe(0);
    const [health, notices] = JSON.parse(child.said[1] as string);
    expect(health.writable).toBe(true);
    expect(notices[0]).toMatchObject({ event: 'logs.recovered' });
    expect([...numbersIn(child.stderr()), ...numbersIn(textOf(dir))]).toEqual(range(40));
    expect(numbersIn(textOf(dir)).length).toBeGreaterThanOrEqual(10);
  });
});

describe('kill -9', () => {
  it.each([1, 2])('loses nothing older than 200 ms, and the next start begins with a clean line (%i)', async () => {
    const dir = freshDir();
    // A start goes on with a file only while it is far from full, however much a fast machine writes here.
    const options = 'rotation: { maxSize: 2 ** 26, maxFiles: 14, maxTotal: 2 ** 30 }';
    const child = run(
      dir,
      `
      for (;;) { put(25); say(Date.now() + ' ' + number); await delay(5); }
    `,
      { options },
    );
    await until(() => child.said.length > 20);
    await delay(300 + Math.random() * 300);
    const killed = Date.now();
    child.process.kill('SIGKILL');
    await child.exit;
    const acknowledged = child.said
      .map((line) => line.split(' ').map(Number))
      .filter(([time = 0]) => time < killed - 200)
      .at(-1)?.[1] as number;
    expect(acknowledged).toBeGreaterThan(0);
    const text = readFileSync(join(dir, 'user.log'), 'utf8');
    expect(numbersIn(text).filter((number) => number < acknowledged)).toEqual(range(acknowledged));
    writeFileSync(join(dir, 'user.log'), `${text}2026-11-21 04:36:22.1`);
    const again = run(dir, `put(1); await files.close();`, { options });
    expect(await again.exit).toBe(0);
    expect(readFileSync(join(dir, 'user.log'), 'utf8')).toBe(
      `${text}2026-11-21 04:36:22.1\n2026-11-21 04:36:22.123 [info]  line 0 \n`,
    );
  });

  it('while predecessors are packed leaves each of them whole, once', async () => {
    const dir = freshDir();
    for (let start = 0; start < 3; start++) {
      const child = run(
        dir,
        `
        number = ${start * 1_000_000};
        for (;;) { put(1000, 'info', 'x'.repeat(60)); say(String(number)); await delay(2); }
      `,
      );
      await until(() => child.said.length > 30 + start * 17);
      child.process.kill('SIGKILL');
      await child.exit;
    }
    const last = run(dir, `await delay(700); await files.close();`);
    expect(await last.exit).toBe(0);
    const names = readdirSync(dir);
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
    for (const name of names.filter((name) => name.endsWith('.gz'))) {
      expect(names).not.toContain(name.slice(0, -3));
      expect(gunzipSync(readFileSync(join(dir, name))).length).toBeGreaterThan(0);
    }
    const numbers = numbersIn(textOf(dir));
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

const strace = ['/usr/bin/strace', '/bin/strace'].find(existsSync);
it.skipIf(strace === undefined)('flushes at least once a second under load, and at once after an error', async () => {
  const dir = freshDir();
  const trace = join(root, 'trace');
  const child = run(
    dir,
    `
    for (let i = 0; i < 120; i++) { put(5); await delay(10); }
    await delay(700);
    put(1, 'error'); await delay(150);
    process.kill(process.pid, 'SIGKILL');
  `,
    { wrapper: [strace as string, '-f', '-qq', '-e', 'trace=fdatasync,write,kill', '-e', 'signal=none', '-o', trace] },
  );
  await child.exit;
  const calls = readFileSync(trace, 'utf8')
    .split('\n')
    .filter((line) => /fdatasync\(|write\(.*\[error\]/.test(line));
  const error = calls.findIndex((line) => line.includes('[error]'));
  expect(calls.slice(0, error).filter((line) => line.includes('fdatasync')).length).toBeGreaterThanOrEqual(2);
  expect(calls.slice(error).filter((line) => line.includes('fdatasync')).length).toBeGreaterThanOrEqual(1);
});

describe('standard output', () => {
  it('gets a copy of every line', async () => {
    const dir = freshDir();
    const child = run(dir, `put(1000); put(10, 'error'); await files.close();`, {
      options: 'stdout: true',
      stdout: 'pipe',
    });
    let text = '';
    child.process.stdout?.on('data', (chunk) => {
      text += chunk;
    });
    expect(await child.exit).toBe(0);
    expect(text).toBe(readFileSync(join(dir, 'user.log'), 'utf8'));
    expect(numbersIn(text)).toEqual(range(1010));
  });

  it('that nobody reads holds nothing up; what does not fit is counted', async () => {
    const dir = freshDir();
    const child = run(
      dir,
      `
      for (let i = 0; i < 200; i++) { put(500, 'info', 'x'.repeat(50)); await delay(1); }
      await files.close();
      say(JSON.stringify(files.health()));
      process.exit(0);
    `,
      { options: 'stdout: true', stdout: 'pipe' },
    );
    expect(await child.exit).toBe(0);
    const health = JSON.parse(child.said[0] as string);
    expect(health.stdout.dropped.info).toBeGreaterThan(10_000);
    expect(health.dropped.info).toBe(0);
    expect(numbersIn(textOf(dir))).toEqual(range(100_000));
  });

  it('whose reader goes does not end the process', async () => {
    const dir = freshDir();
    const child = run(
      dir,
      `
      for (let i = 0; i < 50; i++) { put(100); await delay(5); }
      await files.close();
      say(JSON.stringify(files.health()));
    `,
      { options: 'stdout: true', stdout: 'pipe' },
    );
    child.process.stdout?.destroy();
    expect(await child.exit).toBe(0);
    expect(JSON.parse(child.said[0] as string).stdout.dropped.info).toBeGreaterThan(1000);
    expect(numbersIn(textOf(dir))).toEqual(range(5000));
  });
});
