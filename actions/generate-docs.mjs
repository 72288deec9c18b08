// Writes docs/actions from the library. With --check it only says whether that is up to date.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const target = join(root, '../docs/actions');

const loadPages = async () => {
  const bundled = await bundle({ library: 'actions/index.ts', pages: 'actions/docs/pages.ts' });
  try {
    const [{ actions }, { pagesOf }] = [await bundled.load('library'), await bundled.load('pages')];
    return pagesOf(actions);
  } finally {
    bundled.remove();
  }
};

const written = () => {
  try {
    return readdirSync(target, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(target, join(entry.parentPath, entry.name)).split(sep).join('/'));
  } catch {
    return [];
  }
};

const read = (path) => {
  try {
    // A checkout may have lines of its own.
    return readFileSync(join(target, path), 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
};

const pages = await loadPages();
const surplus = written().filter((path) => !pages.has(path));
const stale = [...pages].filter(([path, text]) => read(path) !== text).map(([path]) => path);

if (process.argv.includes('--check')) {
  const wrong = [...surplus, ...stale].sort();
  if (wrong.length > 0) {
    const some = wrong.slice(0, 5).join(', ') + (wrong.length > 5 ? ` and ${wrong.length - 5} more` : '');
    console.error(`docs/actions does not say what the actions say: ${some}; run: node actions/generate-docs.mjs`);
    process.exitCode = 1;
  }
} else {
  for (const path of surplus) rmSync(join(target, path));
  for (const path of stale) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), pages.get(path));
  }
}
