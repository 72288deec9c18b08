import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { TestEngine } from '../support/engine.ts';

const example = fileURLToPath(new URL('../../examples/log-extract', import.meta.url));

interface Extract {
  total: number;
  counts: Record<string, number>;
  errors: { path: string; status: number; run: string | null; time: string }[];
}

test('examples/log-extract: what it answers is what grep finds', async () => {
  const data = mkdtempSync(join(tmpdir(), 'sluice-test-'));
  try {
    cpSync(join(example, 'servers'), join(data, 'servers'), { recursive: true });
    const file = join(data, 'servers/log-extract.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"port": 8081', '"port": 0'));
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
    const log = join(data, 'logs/usage.log');
    const grep = (pattern: string) =>
      Number(execFileSync('sh', ['-c', `grep -cE '${pattern}' '${log}' || true`], { encoding: 'utf8' }));
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
