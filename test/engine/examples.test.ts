import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { TestEngine, until } from '../support/engine.ts';
import { removeFolder } from '../support/removed-folder.ts';

type Ask = (path: string, init?: RequestInit) => Promise<{ status: number; body: unknown }>;

/** Starts an example as it is, but for the port, which is a free one. */
const withExample = async (name: string, use: (ask: Ask) => Promise<void>): Promise<void> => {
  const data = mkdtempSync(join(tmpdir(), 'sluice-test-'));
  try {
    cpSync(fileURLToPath(new URL(`../../examples/${name}/servers`, import.meta.url)), join(data, 'servers'), {
      recursive: true,
    });
    const file = join(data, `servers/${name}.json`);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"port": \d+,/, '"port": 0,'));
    await using engine = await TestEngine.start({ data });
    const base = await engine.url(name);
    await use(async (path, init) => {
      const response = await fetch(base + path, init);
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : JSON.parse(text) };
    });
  } finally {
    removeFolder(data);
  }
};

const post = (body: unknown): RequestInit =>
  typeof body === 'string'
    ? { method: 'POST', headers: { 'content-type': 'text/csv' }, body }
    : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };

test('examples/transform-document: CSV comes in, sums by team go out', () =>
  withExample('transform-document', async (ask) => {
    expect(await ask('/expenses', post('team,what,cents\na,pens,250\nb,chairs,9900\na,ink,1250\n'))).toEqual({
      status: 200,
      body: { teams: { a: 1500, b: 9900 }, largest: { team: 'b', what: 'chairs', cents: 9900 } },
    });
    expect(await ask('/expenses', post('team,what,cents\n'))).toEqual({
      status: 200,
      body: { teams: {}, largest: null },
    });
    for (const faulty of ['team,cents\na,lots\n', 'team,cents\na,1,2\n', 'team,cents\na,"1\n'])
      expect(await ask('/expenses', post(faulty))).toEqual({
        status: 400,
        body: { error: expect.stringMatching(/.{20}/) },
      });
  }));

test('examples/call-with-retries: an API that fails twice is asked three times', () =>
  withExample('call-with-retries', async (ask) => {
    expect(await ask('/rate?name=down')).toEqual({ status: 502, body: { error: 'request-status', last: null } });
    expect(await ask('/rate')).toEqual({ status: 200, body: { rate: 1.08, calls: 3 } });
    expect(await ask('/rate')).toEqual({ status: 200, body: { rate: 1.08, calls: 6 } });
    expect(await ask('/rate?name=down')).toEqual({ status: 502, body: { error: 'request-status', last: 1.08 } });
    expect(await ask('/unsteady/down')).toEqual({ status: 503, body: { rate: 1.08, calls: 9 } });
  }));

test('examples/validate-and-answer: what fits is taken, and what is wrong is named', () =>
  withExample('validate-and-answer', async (ask) => {
    const item = { sku: 'AB-1', count: 2 };
    for (const number of [1, 2])
      expect(await ask('/orders', post({ email: 'ann@example.com', items: [item] }))).toEqual({
        status: 201,
        body: { number },
      });
    const refused = await ask('/orders', post({ email: 'ann', items: [{ ...item, count: 0 }], gift: true }));
    expect(refused.status).toBe(422);
    const { errors } = refused.body as { errors: { path: string; keyword: string }[] };
    expect(errors.map(({ path, keyword }) => `${path} ${keyword}`).sort()).toEqual([
      '/email format',
      '/gift additionalProperties',
      '/items/0/count minimum',
    ]);
  }));

test('examples/read-logs: what was left in the log is found there', () =>
  withExample('read-logs', async (ask) => {
    for (const text of ['one', 'two']) expect((await ask('/lines', post(text))).status).toBe(204);
    interface Lines {
      levels: Record<string, number>;
      last: { level: string; message: string }[];
    }
    const found = await until(
      async () => {
        const { body } = await ask('/lines');
        return (body as Lines).last.length >= 2 ? (body as Lines) : undefined;
      },
      10_000,
      () => 'two lines',
    );
    expect(found.levels).toEqual({ info: 2 });
    expect(found.last.map(({ message }) => message)).toEqual(['Note: one', 'Note: two']);
    expect((await ask('/lines?level=error')).body).toEqual({ levels: {}, last: [] });
    for (const wrong of ['/lines?level=errr', '/lines?level=', '/lines?level=info&level=error'])
      expect(await ask(wrong)).toEqual({
        status: 422,
        body: { error: '`level` must be debug, info, warning or error.' },
      });
  }));

test('examples: addresses with a question mark are quoted, so that no shell takes it for a pattern', () => {
  const folder = fileURLToPath(new URL('../../examples', import.meta.url));
  for (const example of readdirSync(folder)) {
    const lines = readFileSync(join(folder, example, 'README.md'), 'utf8').split('\n');
    for (const line of lines.filter((text) => text.startsWith('curl'))) {
      expect(line, example).not.toMatch(/^curl [^'"#]*\?/);
    }
  }
});
