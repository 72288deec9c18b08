import { expect, test } from 'vitest';
import { actions } from '../../actions/index.ts';
import { errorTable } from '../../engine/errors.ts';

/** Codes that only actions have, with those that fail with them. */
const ofActions = (): [code: string, ids: string[]][] => {
  const ids = new Map<string, string[]>();
  for (const { id, failures = {} } of actions) {
    for (const code of Object.keys(failures)) {
      if (!Object.hasOwn(errorTable, code)) ids.set(code, [...(ids.get(code) ?? []), id]);
    }
  }
  return [...ids].sort(([a], [b]) => (a < b ? -1 : 1));
};

const page = () =>
  [
    '# Failure codes',
    '',
    'What `error.code` says in records, in the `error` scope and in answers of the API. The HTTP status is what an operation answers',
    'that fails with the code and has no `onError`; the problem then names the run, whose records have the details.',
    '',
    '| code | HTTP status | meaning |',
    '| --- | --- | --- |',
    ...Object.entries(errorTable).map(([code, { status, text }]) => `| \`${code}\` | ${status} | ${text} |`),
    '',
    '## Codes of single actions',
    '',
    'An operation answers 500 to these. The page of an action says when it fails with each.',
    '',
    '| code | actions |',
    '| --- | --- |',
    ...ofActions().map(([code, ids]) => `| \`${code}\` | ${ids.map((id) => `\`${id}\``).join(', ')} |`),
    '',
  ].join('\n');

// After a change of the table: npx vitest run test/engine/errors.test.ts -u
test('docs/errors.md says what the table says', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/errors.md');
});

test('codes are kebab-case and in alphabetical order', () => {
  const codes = Object.keys(errorTable);
  for (const code of codes) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  expect(codes).toEqual(codes.toSorted());
});
