import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actionById } from '../../../actions/index.ts';
import { openLogFiles } from '../../log/sinks/files.ts';
import { openDataFolder } from '../data-folder.ts';
import { ProjectStore } from '../project/store.ts';
import { textOf } from '../project-files.ts';
import { Secrets } from '../secrets/secrets.ts';
import { SettingsStore } from '../settings-store.ts';
import { Variables } from '../variables.ts';
import { MemoryControl } from './memory-control.ts';
import { testServers, testServices } from './test-project.ts';

/** A control with the test project, real stores and real log files in a folder of its own. */
export async function openTestControl(): Promise<{ control: MemoryControl; close(): Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), 'sluice-api-'));
  const folder = await openDataFolder(join(dir, 'data'));
  mkdirSync(join(folder.path, 'logs'), { recursive: true });
  mkdirSync(join(folder.path, 'store'), { recursive: true });
  for (const server of testServers()) writeFileSync(join(folder.path, `servers/${server.id}.json`), textOf(server));
  for (const service of testServices())
    writeFileSync(join(folder.path, `services/${service.id}.json`), textOf(service));
  const logsDir = join(folder.path, 'logs');
  const storeDir = join(folder.path, 'store');
  const logs = await openLogFiles({
    dir: logsDir,
    rotation: { maxSize: 1_000_000, maxFiles: 14, maxTotal: 10_000_000 },
    stdout: false,
  });
  const secrets = await Secrets.open({ dataDir: folder.path });
  const configuration = await SettingsStore.open({ cwd: dir });
  configuration.useSecrets(secrets);
  const variables = Variables.open({ dataDir: folder.path });
  const store = await ProjectStore.open(folder.path, { actions: actionById }, variables);
  const control = new MemoryControl({ store, variables, secrets, configuration, logs, logsDir, storeDir });
  const close = async () => {
    await logs.close();
    await folder.close();
    rmSync(dir, { recursive: true, force: true });
  };
  return { control, close };
}
