import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Packs scripts and style sheets once, so that the engine has nothing to pack while it serves. */
const pack: Plugin = {
  name: 'pack',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle).filter((one) => /\.(js|css)$/.test(one)))
      await writeFile(join(dir, `${name}.gz`), await packed(await readFile(join(dir, name)), { level: 9 }));
  },
};
const packed = promisify(gzip);

export default defineConfig({
  root: path('./editor'),
  plugins: [react(), pack],
  resolve: {
    // The engine's expressions run in the page too, where there is no require().
    alias: { 'node:module': path('./editor/forms/code/require-in-browser.ts') },
  },
  worker: { format: 'es' },
  build: {
    outDir: path('./dist/editor'),
    emptyOutDir: true,
    // The first browsers with light-dark(); older targets would have every colour rewritten.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // The content security policy allows files of this origin only: no data: addresses, no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // React, React Flow and the canvas are needed at once, and are sent packed.
    chunkSizeWarningLimit: 1000,
  },
});
