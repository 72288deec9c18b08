import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TestEngine } from '../support/engine.ts';
import { idsOnDisk, range, sayServer, Talker } from '../support/log-lines.ts';

test('a second engine on the same data folder is refused, whatever it is called, and the first goes on', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'sluice-test-'));
  try {
    await using engine = await TestEngine.start({
      servers: [sayServer],
      env: { SLUICE_LOGS_STDOUT: 'false', SLUICE_LOGS_ROTATION_MAX_SIZE: '64k' },
    });
    const talker = new Talker(await engine.url('web'), { perSecond: 2_000, perRequest: 20 });
    symlinkSync(engine.data, join(elsewhere, 'link'));
    mkdirSync(join(elsewhere, 'inner'));
    const names = [engine.data, `${engine.data}/`, join(elsewhere, 'link'), `${elsewhere}/inner/../link/./`];
    for (const name of names) {
      await using second = TestEngine.spawn({ data: name });
      expect((await second.exit).code).toBe(1);
      expect(second.stderr).toMatch(/is in use by another Sluice \(process \d+, since .*\)\. Stop that one, or choose/);
      expect(second.stderr.trim().split('\n')).toHaveLength(1);
    }
    await talker.stop();
    expect(talker.failures).toEqual([]);
    expect((await engine.health()).status).toBe('ok');
    expect(await engine.stop()).toBe(0);
    const dir = join(engine.data, 'logs');
    expect(idsOnDisk(dir)).toEqual(range(0, talker.following));
    expect(readdirSync(dir).filter((name) => name.startsWith('.'))).toEqual([]);
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
});
