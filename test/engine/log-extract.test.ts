import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { TestEngine, until } from '../support/engine.ts';
import { datedFiles } from '../support/log-lines.ts';
import { removeFolder } from '../support/removed-folder.ts';

const example = fileURLToPath(new URL('../../examples/log-extract', import.meta.url));

/** A data folder with the example in it, on a port that is free. */
const makeExample = (): string => {
  const data = mkdtempSync(join(tmpdir(), 'sluice-test-'));
  cpSync(join(example, 'servers'), join(data, 'servers'), { recursive: true });
  const file = join(data, 'servers/log-extract.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"port": 8081,', '"port": 0,'));
  return data;
};

/** What a shell prints. */
const sh = (command: string, ...given: string[]): string =>
  execFileSync('sh', ['-c', command, 'sh', ...given], { encoding: 'utf8' });

interface Extract {
  total: number;
  counts: Record<string, number>;
  errors: { path: string; status: number; run: string | null; time: string }[];
}

test('examples/log-extract: what it answers is what grep finds', async () => {
  const data = makeExample();
  try {
    await using engine = await TestEngine.start({ data });
    const base = await engine.url('log-extract');
    const ask = async (query: string) => (await (await fetch(`${base}/errors${query}`)).json()) as Extract;
    expect(await ask('')).toMatchObject({ total: 0, counts: {}, errors: [] });

    for (let i = 0; i < 30; i++) {
      await fetch(`${base}/orders/${i % 3 === 0 ? 'x' : i}`);
      if (i % 10 === 0) await fetch(`${base}/nowhere?i=${i}`);
      if (i % 15 === 0) await fetch(`${base}/errors`, { method: 'POST' });
    }
    await engine.lines('usage', / (GET|POST) \//, 36);
    const answer = await ask('');
    const grep = (pattern: string) => Number(sh('grep -cE "$1" "$2" || true', pattern, join(data, 'logs/usage.log')));
    expect(answer.total).toBe(grep('\\[(warning|error)\\] +[A-Z]+ /'));
    expect(answer.counts).toEqual({ '/orders/x': 10, '/nowhere': 3, '/errors': 2 });
    for (const [path, count] of Object.entries(answer.counts))
      expect(grep(`\\[(warning|error)\\] +[A-Z]+ ${path}[ ?]`)).toBe(count);
    expect(
      answer.errors.filter((error) => error.status === 500).every((error) => /^[0-9A-Z]{26}$/.test(error.run ?? '')),
    ).toBe(true);

    const last = answer.errors.at(-1)?.time as string;
    expect((await ask(`?since=${encodeURIComponent(last)}`)).errors.map(({ time }) => time)).toEqual(
      answer.errors.map(({ time }) => time).filter((time) => time >= last),
    );
    expect((await ask('?since=2999-01-01')).total).toBe(0);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});

interface Lines {
  total: number;
  levels: Record<string, number>;
  files: Record<string, number>;
  unread: { file: string; reason: string }[];
  lines: { time: string; level: string; line: string }[];
}

test('examples/log-extract: lines of user.log in both formats, packed predecessors too, are those that zgrep finds', async () => {
  const data = makeExample();
  const dir = join(data, 'logs');
  try {
    for (const format of ['plain', 'json', 'plain']) {
      // So small that a few hundred orders fill several files.
      const env = { SLUICE_LOGS_FORMAT: format, SLUICE_LOGS_ROTATION_MAX_SIZE: '20k', SLUICE_LOGS_STDOUT: 'false' };
      await using engine = await TestEngine.start({ data, env });
      const base = await engine.url('log-extract');
      for (let i = 0; i < 240; i++) await (await fetch(`${base}/orders/${i % 20 === 0 ? `x${i}` : i}`)).text();
      expect(await engine.stop()).toBe(0);
    }
    await using engine = await TestEngine.start({ data, env: { SLUICE_LOGS_STDOUT: 'false' } });
    const base = await engine.url('log-extract');
    await until(
      () => datedFiles(dir).filter((name) => name.endsWith('.log')).length === 1,
      10_000,
      () => `all predecessors to be packed: ${datedFiles(dir)}`,
    );
    expect(datedFiles(dir).length).toBeGreaterThanOrEqual(4);
    expect(sh('zgrep -lE "^[{]" "$1"/user-*.gz', dir)).not.toBe('');
    expect(sh('zgrep -lE "^[0-9]" "$1"/user-*.gz', dir)).not.toBe('');

    const ask = async (query: string) => {
      const answer = await fetch(`${base}/lines?${query}`);
      expect(answer.status).toBe(200);
      return (await answer.json()) as Lines;
    };
    /** Lines with a text in all files together. */
    const zgrep = (pattern: string) => Number(sh('zgrep -hE "$1" "$2"/user-* | wc -l', pattern, dir));
    const orders = await ask('text=Order');
    expect(orders).toMatchObject({ total: zgrep('Order'), levels: { info: 684 }, unread: [] });
    expect(orders.total).toBe(684);
    expect(Object.keys(orders.files).sort()).toEqual(datedFiles(dir));
    for (const [name, count] of Object.entries(orders.files))
      expect([name, Number(sh('zgrep -cE Order "$1" || true', join(dir, name)))]).toEqual([name, count]);
    expect(orders.lines).toHaveLength(100);
    expect(orders.lines.at(-1)?.line).toContain('Order: 239');

    const failed = await ask(`text=${encodeURIComponent('is no order number')}`);
    expect(failed.total).toBe(zgrep('is no order number'));
    expect(failed.levels).toEqual({ error: 36 });
    expect(failed.lines).toHaveLength(36);
    expect(failed.lines.filter(({ line }) => line.startsWith('{'))).toHaveLength(12);
    for (const { time, level, line } of failed.lines)
      expect(line).toContain(line.startsWith('{') ? `"${time}","level":"${level}"` : `${time} [${level}]`);

    const all = await ask('');
    expect(all.total).toBe(zgrep('.'));
    expect(await ask('text=nowhere+to+be+found')).toMatchObject({ total: 0, levels: {}, lines: [] });
    const usage = await ask('log=usage&text=%20/orders/');
    expect(usage.total).toBe(Number(sh('zgrep -hF " /orders/" "$1"/usage-* | wc -l', dir)));
    for (const name of ['..%2Faudit%2Fx.log.gz', 'user.log', 'user-2026-11-21.log', '..%2F..%2Fsettings.json'])
      expect([name, (await fetch(`${base}/packed/${name}`)).status]).toEqual([name, 500]);
  } finally {
    removeFolder(data);
  }
}, 60_000);
