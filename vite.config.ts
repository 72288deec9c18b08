import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  root: path('./editor'),
  plugins: [react()],
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
    // React and React Flow are one application's worth of code, loaded from the same machine.
    chunkSizeWarningLimit: 800,
  },
});
