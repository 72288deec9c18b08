import { readFileSync } from 'node:fs';
import { defineConfig } from 'rolldown';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };

// Only our own code is bundled: it starts faster from a few files than from hundreds. Packages stay where npm put them.
export default defineConfig({
  input: {
    main: 'engine/main.ts',
    worker: 'engine/worker/main.ts',
    watchdog: 'engine/worker/watchdog-thread.ts',
    'import-thread': 'engine/import-thread.ts',
  },
  platform: 'node',
  // Shaking takes decodeURIComponent and the like for calls without effect and drops them where only their failure counts.
  treeshake: false,
  external: [/^node:/, new RegExp(`^(${Object.keys(dependencies).join('|')})(/|$)`)],
  output: {
    dir: 'dist/engine',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    cleanDir: true,
  },
});
