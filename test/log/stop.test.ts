import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TestEngine } from '../support/engine.ts';
import {
  brokenLines,
  datedFiles,
  idsOnDisk,
  lastWords,
  missing,
  range,
  say,
  sayServer,
  textOnDisk,
} from '../support/log-lines.ts';
import { long } from './long.ts';

describe('a stop right after the last answer', () => {
  const lines = long ? 100_000 : 20_000;
  test.each(range(1, long ? 21 : 3))(
    `loses none of ${lines} lines over rotations (%i)`,
    async () => {
      await using engine = await TestEngine.start({
        servers: [sayServer],
        env: { SLUICE_LOGS_ROTATION_MAX_SIZE: '1m', SLUICE_LOGS_STDOUT: 'false' },
      });
      const base = await engine.url('web');
      let next = 0;
      const lane = async () => {
        while (next < lines) {
          const from = next;
          next += 500;
          await say(base, range(from, from + 500));
        }
      };
      await Promise.all([lane(), lane(), lane(), lane()]);
      expect(await engine.stop()).toBe(0);
      const dir = join(engine.data, 'logs');
      const ids = idsOnDisk(dir);
      expect(missing(range(0, lines), ids).slice(0, 5), lastWords(engine)).toEqual([]);
      expect(ids).toHaveLength(lines);
      expect(brokenLines(textOnDisk(dir))).toEqual([]);
      expect(datedFiles(dir).length).toBeGreaterThan(1);
      expect(textOnDisk(dir, 'usage').match(/POST \/say 200/g)).toHaveLength(lines / 500);
    },
    120_000,
  );

  test('SIGINT while requests are under way loses no line of a request that was answered', async () => {
    await using engine = await TestEngine.start({ servers: [sayServer], env: { SLUICE_LOGS_STDOUT: 'false' } });
    const base = await engine.url('web');
    const answered: number[] = [];
    let from = 0;
    let refused = 0;
    const lane = async () => {
      while (refused === 0) {
        const ids = range(from, from + 100);
        from += 100;
        await say(base, ids).then(
          () => answered.push(...ids),
          () => refused++,
        );
      }
    };
    const lanes = Promise.all([lane(), lane(), lane(), lane(), lane(), lane()]);
    while (answered.length < 5_000) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await engine.stop('SIGINT')).toBe(0);
    await lanes;
    const found = idsOnDisk(join(engine.data, 'logs'));
    expect(missing(answered, found)).toEqual([]);
    expect(new Set(found).size).toBe(found.length);
  });
});
