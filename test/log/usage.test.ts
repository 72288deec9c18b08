import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDataFolder, TestEngine, until } from '../support/engine.ts';
import { datedFiles, sayServer, textOnDisk } from '../support/log-lines.ts';
import { removeFolder } from '../support/removed-folder.ts';
import { long } from './long.ts';

test(
  'a usage record for each answered request, over deploys, rotations and a restart',
  async () => {
    const requests = long ? 100_000 : 12_000;
    const deploys = 50;
    const data = makeDataFolder({ servers: [sayServer] });
    const answered: string[] = [];
    const unsure: string[] = [];
    /** Answered on a connection that was still open when the engine went. */
    const refused: number[] = [];
    // So that three or four files are filled, at about 110 bytes a record.
    const maxSize = `${Math.round((requests * 110) / 4 / 1024)}k`;
    const env = { SLUICE_LOGS_ROTATION_MAX_SIZE: maxSize, SLUICE_LOGS_STDOUT: 'false' };
    /** Asks in lanes until there are enough answers or the engine is gone. */
    const ask = async (engine: TestEngine) => {
      const base = await engine.url('web');
      const lane = async () => {
        while (answered.length < requests) {
          try {
            const answer = await fetch(`${base}/ping`);
            await answer.text();
            if (answer.status === 200) answered.push(answer.headers.get('sluice-run') as string);
            else refused.push(answer.status);
          } catch (thrown) {
            const cause = String((thrown as Error).cause);
            // Refused once the engine is away: it was never a request.
            if (!cause.includes('ECONNREFUSED')) unsure.push(cause);
            return;
          }
        }
      };
      await Promise.all(Array.from({ length: 8 }, lane));
    };
    /** Deploys half of the changes, at about equal distances between `from` and `to` answers. */
    const change = async (engine: TestEngine, from: number, to: number) => {
      const server = await (await engine.api('/api/servers/web')).json();
      for (let i = 0; i < deploys / 2; i++) {
        server.operations[0].workflow.output.body = `pong ${from} ${i}`;
        expect((await engine.api('/api/drafts/servers/web', { method: 'PUT', json: server })).ok).toBe(true);
        expect((await engine.api('/api/deploy', { method: 'POST', json: {} })).status).toBe(200);
        await until(
          () => answered.length >= from + ((to - from) * i) / (deploys / 2),
          30_000,
          () => 'requests between two deploys',
        );
      }
    };
    try {
      {
        await using engine = await TestEngine.start({ data, env });
        const asked = ask(engine);
        await change(engine, 0, requests / 2);
        expect(await engine.stop()).toBe(0);
        await asked;
      }
      const before = answered.length;
      await using engine = await TestEngine.start({ data, env });
      const asked = ask(engine);
      await change(engine, before, requests);
      await asked;
      expect(await engine.stop()).toBe(0);
      expect(before).toBeLessThan(requests);
      expect(datedFiles(join(data, 'logs'), 'usage').length).toBeGreaterThanOrEqual(4);
      const text = textOnDisk(join(data, 'logs'), 'usage');
      expect(refused.filter((status) => status !== 503)).toEqual([]);
      expect(text.match(/ GET \/ping 503 /g) ?? []).toHaveLength(refused.length);
      const recorded = [...text.matchAll(/ GET \/ping 200 .*\brun=(\S+)/g)].map((match) => match[1] as string);
      expect(new Set(recorded).size).toBe(recorded.length);
      expect(new Set(answered).size).toBe(answered.length);
      // A connection that broke off at the stop may have been answered or not.
      expect(recorded.length - answered.length).toBeLessThanOrEqual(unsure.length);
      const there = new Set(recorded);
      expect(answered.filter((run) => !there.has(run))).toEqual([]);
      console.info(
        `${recorded.length} records, ${answered.length} answers, ${unsure.length} requests cut off, ${before} before the restart`,
      );
    } finally {
      removeFolder(data);
    }
  },
  long ? 600_000 : 90_000,
);
