import { expect, test } from 'vitest';
import { errorTable } from '../../engine/errors.ts';

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
