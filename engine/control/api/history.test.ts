import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { expectProblem, useTestApi } from './test-api.ts';

const test = useTestApi();

interface Page {
  revisions: { revision: number; changes: { resource: string; diff: unknown[] }[] }[];
  cursor: number | null;
}

const page = async (query: string) => (await test.api.call('GET', `/api/history?${query}`)).json<Page>();
const changeVariables = (names: number, value: string) => {
  const variables = Object.fromEntries(Array.from({ length: names }, (_, n) => [`v${n}`, value]));
  return test.control.store.change(() => new Map([['variables', variables]]), { user: 'ada', action: 'variables' });
};
// Revision 1 is the project that the files brought.
const numbers = ({ revisions }: Page) => revisions.map(({ revision }) => revision);

it('pages from the newest on, and the cursor goes on where a page ends', async () => {
  for (const value of ['a', 'b', 'c']) await changeVariables(1, value);
  const first = await page('limit=2');
  expect([numbers(first), first.cursor]).toEqual([[4, 3], 3]);
  const second = await page('limit=2&cursor=3');
  expect([numbers(second), second.cursor]).toEqual([[2, 1], 1]);
  expect(await page('limit=2&cursor=1')).toEqual({ revisions: [], cursor: null });
  expect(numbers(await page('resource=server/hello'))).toEqual([1]);
  expect(await page('resource=server/hell')).toEqual({ revisions: [], cursor: null });
});

it('shows the first differences of a large change; the revision alone has them all', async () => {
  await changeVariables(150, 'a');
  await changeVariables(150, 'b');
  expect((await page('limit=1')).revisions[0]?.changes[0]?.diff).toHaveLength(100);
  const whole = (await test.api.call('GET', '/api/history/3')).json<Page['revisions'][0]>();
  expect(whole.changes[0]?.diff).toHaveLength(150);
});

it('ends a page early when it is large, and leaves nothing out', async () => {
  for (let n = 0; n < 29; n++) await changeVariables(100, String(n).padEnd(1900, '.'));
  const first = await page('limit=1000');
  expect(first.revisions.length).toBeLessThan(30);
  const second = await page(`limit=1000&cursor=${first.cursor}`);
  expect([...numbers(first), ...numbers(second)]).toEqual(Array.from({ length: 30 }, (_, n) => 30 - n));
  expect(second.cursor).toBeNull();
});

it('with a damaged record goes on without it, and says so where it is asked for', async () => {
  for (const value of ['a', 'b']) await changeVariables(1, value);
  writeFileSync(join(test.control.logsDir, '../history/00000002.json'), '{"revision":1}');
  expect(numbers(await page('limit=10'))).toEqual([3, 1]);
  expectProblem(await test.api.call('GET', '/api/history/2'), 404, 'Revision 2 is damaged or was removed.');
  expectProblem(await test.api.call('GET', '/api/history/9'), 404, 'There is no revision 9, or no longer.');
  const restored = await test.api.call('POST', '/api/history/1/restore');
  expectProblem(restored, 404, /The way back to revision 1 is gone: revision 2 is damaged or was removed\./);
  expect((await test.api.call('POST', '/api/history/2/restore')).status).toBe(200);
  expect(test.control.variables.get('v0')).toBe('a');
});
