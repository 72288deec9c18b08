import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogFiles } from '../../log/sinks/files.ts';
import { MemoryControl } from './memory-control.ts';
import { testServers, testServices } from './test-project.ts';

/** A control with the test project and real log files in a folder of its own. */
export async function openTestControl(): Promise<{ control: MemoryControl; close(): Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), 'sluice-api-'));
  const logs = await openLogFiles({
    dir,
    rotation: { maxSize: 1_000_000, maxFiles: 14, maxTotal: 10_000_000 },
    stdout: false,
  });
  const control = new MemoryControl({ servers: testServers(), services: testServices() }, logs, dir);
  const close = async () => {
    await logs.close();
    rmSync(dir, { recursive: true, force: true });
  };
  return { control, close };
}
