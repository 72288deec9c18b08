// Writes the skeleton of a new action and lists it: node actions/new-action.mjs array/first
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));

const refuse = (message) => {
  console.error(message);
  process.exit(2);
};

const [id = ''] = process.argv.slice(2);
const word = '[a-z0-9]+(?:-[a-z0-9]+)*';
if (!new RegExp(`^(?=[a-z])${word}(?:/${word}){1,2}$`).test(id)) {
  refuse(
    `An action id is <category>/<name> in lower-case letters, digits and "-", such as array/first; found ${JSON.stringify(id)}.`,
  );
}
if (/^(?:kit|support|docs)\//.test(id))
  refuse(`${id.split('/')[0]} holds what actions share and is no category; choose another one.`);
const path = join(root, `${id}.ts`);
if (existsSync(path)) refuse(`actions/${id}.ts exists already; choose another id, or edit that file.`);

const up = '../'.repeat(id.split('/').length - 1);
const words = id.split('/').at(-1).split('-').join(' ');
const skeleton = `import { any, defineAction } from '${up}kit/index.ts';

export default defineAction({
  id: '${id}',
  title: '${words[0].toUpperCase()}${words.slice(1)}',
  summary: 'Gives a value as it is.',
  documentation: \`
What the summary leaves out: edge cases, bounds, the standard with its number, and what was decided where others decide
differently.\`,
  fields: { value: any({ label: 'Value' }) },
  output: {},
  examples: [
    { given: { value: 1 }, gives: 1 },
    { given: {}, fails: 'input-invalid' },
  ],
  run: ({ value }) => value,
});
`;

mkdirSync(dirname(path), { recursive: true });
writeFileSync(path, skeleton);
execFileSync(process.execPath, [join(root, 'generate-index.mjs')], { stdio: 'inherit' });
console.log(
  `actions/${id}.ts is written and listed; change what it says and does, then run: npx vitest run test/actions`,
);
