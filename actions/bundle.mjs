// Sources of ours are TypeScript, which node 20 cannot run; where something has to run them outside of the tests and the
// engine, they are bundled to a folder that packages are found from.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules/.cache');

/** Bundles files of the project, given by name; what they share is shared. `remove` takes it away again. */
export const bundle = async (files) => {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'sluice-'));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    await build({
      cwd: root,
      input: Object.fromEntries(Object.entries(files).map(([name, path]) => [name, join(root, path)])),
      platform: 'node',
      treeshake: false,
      // Packages stay where npm put them; a path is absolute (on Windows as C:\…) or begins with a dot.
      external: (id) => !/^[./\0]|^[A-Za-z]:/.test(id),
      logLevel: 'warn',
      output: { dir: folder, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    });
  } catch (thrown) {
    remove();
    throw thrown;
  }
  const pathOf = (name) => join(folder, `${name}.mjs`);
  return { pathOf, load: (name) => import(pathToFileURL(pathOf(name)).href), remove };
};
