import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{engine,actions,editor,test}/**/*.test.{ts,tsx}'],
    globalSetup: ['test/support/fetch-chromium.ts'],
    // Most time goes into processes that tests start and wait for, not into this machine's cores.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Tests that kill processes, fill disks and drive a browser share two cores where changes are judged: what fails once is
    // tried again there, and is told of as such.
    retry: process.env.CI ? 1 : 0,
    // What is waited for is there in a moment, but on a machine that is busy the moment is long.
    expect: { poll: { timeout: 15_000 } },
    reporters: process.env.CI ? ['default', './test/support/closing-line.ts'] : ['default'],
  },
});
