import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { verifyChain } from '../read/audit.ts';
import { AuditTrail } from './audit.ts';
import { chainStart } from './audit-chain.ts';
import type { LogNotice } from './files.ts';

const root = mkdtempSync(join(tmpdir(), 'sluice-audit-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
afterEach(() => void vi.useRealTimers());

let folders = 0;
const freshDir = () => {
  const dir = join(root, String(folders++));
  mkdirSync(dir);
  return dir;
};
const record = (number: number) =>
  JSON.stringify({ id: `0-${number}`, event: 'logs.cleared', message: `Line ${number}, ü` });
const write = async (dir: string, from: number, to: number) => {
  const notices: LogNotice[] = [];
  const trail = new AuditTrail(dir, (notice) => notices.push(notice));
  for (let number = from; number < to; number++) trail.append(record(number));
  await trail.flush();
  return notices;
};
const files = (dir: string) => readdirSync(dir).filter((name) => name.endsWith('.jsonl'));
const onlyFile = (dir: string) => join(dir, files(dir)[0] as string);
const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n').slice(0, -1);
const idsOf = (lines: string[]) => lines.map((line) => JSON.parse(line).id);
const ids = (count: number) => Array.from({ length: count }, (_, number) => `0-${number}`);

describe('the chain', () => {
  it('goes on over starts and days, in the order in which lines came', async () => {
    const dir = freshDir();
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-20T12:00:00') });
    await write(dir, 0, 20);
    vi.setSystemTime(new Date('2026-11-21T12:00:00'));
    expect(await write(dir, 20, 30)).toEqual([]);
    // A clock that is set back must not put later lines before earlier ones.
    vi.setSystemTime(new Date('2026-11-19T12:00:00'));
    expect(await write(dir, 30, 31)).toEqual([]);
    expect(files(dir)).toEqual(['audit-2026-11-20.jsonl', 'audit-2026-11-21.jsonl']);
    expect(idsOf(files(dir).flatMap((name) => linesOf(join(dir, name))))).toEqual(ids(31));
    const { last, ...report } = await verifyChain(dir);
    expect(report).toEqual({ files: 2, chained: 31, loose: 0, broken: null });
    const end = JSON.parse(linesOf(join(dir, 'audit-2026-11-21.jsonl')).at(-1) as string);
    expect([Object.keys(end).slice(-2), end.hash]).toEqual([['prev', 'hash'], last]);
  });

  it('begins with zeros, and goes on from lines without hashes', async () => {
    const dir = freshDir();
    writeFileSync(join(dir, 'audit-2020-01-01.jsonl'), `${record(0)}\n${record(1)}\n`);
    expect(await write(dir, 2, 4)).toEqual([]);
    expect(await verifyChain(dir)).toMatchObject({ files: 2, chained: 2, loose: 2, broken: null });
    expect(JSON.parse(linesOf(join(dir, files(dir)[1] as string))[0] as string).prev).toBe(chainStart);
  });

  it.each<[string, (lines: string[]) => string[], number, RegExp]>([
    [
      'a changed line',
      (l) => l.with(3, (l[3] as string).replace('Line 3', 'Line 8')),
      4,
      /hash is not that of its content/,
    ],
    ['a removed line', (l) => l.toSpliced(3, 1), 4, /lines were removed/],
    ['removed first lines', (l) => l.slice(2), 1, /lines before it are missing/],
    [
      'two lines in the other order',
      (l) => l.with(3, l[4] as string).with(4, l[3] as string),
      4,
      /removed, added or moved/,
    ],
    ['a line twice', (l) => l.toSpliced(3, 0, l[2] as string), 4, /removed, added or moved/],
    ['a line without hashes', (l) => l.toSpliced(3, 0, record(9)), 4, /has no hashes/],
    ['what is no JSON', (l) => l.with(3, 'nothing'), 4, /no JSON object/],
  ])('shows %s', async (_, change, line, reason) => {
    const dir = freshDir();
    await write(dir, 0, 6);
    const file = onlyFile(dir);
    writeFileSync(file, `${change(linesOf(file)).join('\n')}\n`);
    expect((await verifyChain(dir)).broken).toEqual({
      file: files(dir)[0],
      line,
      reason: expect.stringMatching(reason),
    });
    // The next start says so too, and goes on.
    const notices = await write(dir, 6, 7);
    expect(notices).toEqual([expect.objectContaining({ level: 'error', event: 'audit.broken' })]);
    expect(notices[0]?.message).toContain(`line ${line}:`);
    expect(idsOf(linesOf(file).slice(-1))).toEqual(['0-6']);
  });
});

describe('a last line that is cut off', () => {
  it.each([1, 40, 200])('is set aside, %i bytes short', async (missing) => {
    const dir = freshDir();
    await write(dir, 0, 3);
    const file = onlyFile(dir);
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, whole.length - 1 - missing));
    const notices = await write(dir, 2, 5);
    expect(notices).toEqual([expect.objectContaining({ level: 'warning', event: 'audit.torn' })]);
    expect(idsOf(linesOf(file))).toEqual(ids(5));
    expect(await verifyChain(dir)).toMatchObject({ chained: 5, broken: null });
    const torn = readFileSync(file.replace('.jsonl', '.torn'), 'utf8');
    expect(torn).toBe(`${Buffer.from(whole.toString().split('\n')[2] ?? '').subarray(0, -missing)}\n`);
  });

  it('is kept when only its end is missing', async () => {
    const dir = freshDir();
    await write(dir, 0, 3);
    const file = onlyFile(dir);
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -1));
    expect(await write(dir, 3, 4)).toEqual([]);
    expect(idsOf(linesOf(file))).toEqual(ids(4));
    expect((await verifyChain(dir)).broken).toBeNull();
  });
});

it('survives kill -9 at any moment with every line that was said to be written', { timeout: 120_000 }, async () => {
  const dir = freshDir();
  await build({
    input: fileURLToPath(new URL('./audit.ts', import.meta.url)),
    platform: 'node',
    logLevel: 'silent',
    output: { file: join(root, 'audit.mjs'), format: 'esm' },
  });
  const program = join(root, 'writer.mjs');
  writeFileSync(
    program,
    `import { AuditTrail } from './audit.mjs';
    const trail = new AuditTrail(${JSON.stringify(dir)}, (notice) => console.log(notice.event));
    for (let number = Number(process.argv[2]); ; number += 3) {
      for (let i = 0; i < 3; i++) trail.append(JSON.stringify({ id: '0-' + (number + i), message: 'x'.repeat(3000) }));
      await trail.flush();
      console.log(number + 2);
    }`,
  );
  const said: string[] = [];
  for (let round = 0; round < 5; round++) {
    const child = spawn(process.execPath, [program, String(round * 1_000_000)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const output = createInterface({ input: child.stdout });
    output.on('line', (line) => said.push(line));
    while (!said.some((line) => Number(line) > round * 1_000_000 + 30 * (round + 1))) await once(output, 'line');
    child.kill('SIGKILL');
    await once(child, 'close');
  }
  expect(said.filter((line) => line === 'audit.broken')).toEqual([]);
  await write(dir, 9_000_000, 9_000_001);
  expect((await verifyChain(dir)).broken).toBeNull();
  const written = new Set(files(dir).flatMap((name) => idsOf(linesOf(join(dir, name)))));
  const claimed = said.filter((line) => /^\d/.test(line)).map((line) => `0-${line}`);
  expect(claimed.length).toBeGreaterThan(50);
  expect(claimed.filter((id) => !written.has(id))).toEqual([]);
});

it('writes what it could not write as soon as it can, once each and in order', async () => {
  const dir = freshDir();
  await write(dir, 0, 2);
  const trail = new AuditTrail(join(dir, 'later'));
  for (let number = 0; number < 5; number++) trail.append(record(number));
  await vi.waitFor(() => expect(trail.lastError).toMatch(/ENOENT/));
  trail.append(record(5));
  mkdirSync(join(dir, 'later'));
  await vi.waitFor(() => expect(trail.lastError).toBeNull(), { timeout: 10_000 });
  expect(idsOf(linesOf(onlyFile(join(dir, 'later'))))).toEqual(ids(6));
  expect((await verifyChain(join(dir, 'later'))).broken).toBeNull();
});

it('does not follow links and is readable by its owner only', async () => {
  const dir = freshDir();
  await write(dir, 0, 1);
  const file = onlyFile(dir);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  renameSync(file, join(dir, 'elsewhere'));
  symlinkSync(join(dir, 'elsewhere'), file);
  await expect(verifyChain(dir)).rejects.toThrow(/ELOOP/);
});
