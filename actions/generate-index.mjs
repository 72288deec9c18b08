// Writes actions/index.ts from the action files beside it. With --check it only says whether that is up to date.
// Plain JavaScript, so that it runs before anything is built.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const target = join(root, 'index.ts');

const isAction = (path) =>
  path.endsWith('.ts') &&
  !path.endsWith('.test.ts') &&
  /^export default defineAction\(/m.test(readFileSync(path, 'utf8'));

const ids = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .filter(isAction)
  .map((path) => relative(root, path).split(sep).join('/').slice(0, -'.ts'.length))
  .sort();

/** data/json/to-xml → dataJsonToXml */
const nameOf = (id) => id.replace(/[/-](.)/g, (_, letter) => letter.toUpperCase());

const imports = ids.map((id) => [id, `import ${nameOf(id)} from './${id}.ts';`]);
imports.push(['kit/index', "import type { ActionDefinition } from './kit/index.ts';"]);
imports.sort(([a], [b]) => (a < b ? -1 : 1));

const index = `// Written by actions/generate-index.mjs. Do not edit.
${imports.map(([, line]) => line).join('\n')}

/** The action library, ordered by id. */
export const actions: readonly ActionDefinition[] = [
${ids.map((id) => `  ${nameOf(id)},`).join('\n')}
];

export const actionById: ReadonlyMap<string, ActionDefinition> = new Map(actions.map((action) => [action.id, action]));
`;

const read = () => {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return '';
  }
};

if (process.argv.includes('--check')) {
  if (read() !== index) {
    console.error('actions/index.ts does not list the actions there are; run: node actions/generate-index.mjs');
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, index);
}
