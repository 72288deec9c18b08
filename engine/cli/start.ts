import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { ActionDefinition } from '../../actions/kit/define.ts';
import { type DataFolder, openDataFolder } from '../control/data-folder.ts';
import { Engine } from '../control/engine.ts';
import { freePort, helloExample } from '../control/hello.ts';
import { isEmptyProject, loadProject, readSwitches, readVariables, saveDocument } from '../control/project-files.ts';
import { redactionKey } from '../control/redaction-key.ts';
import type { CheckContext } from '../document/check-context.ts';
import type { Fault } from '../document/types.ts';
import type { LogNotice } from '../log/sinks/files.ts';
import type { Settings } from '../settings/table.ts';
import type { Io } from './io.ts';

const drainMs = 10_000;

export interface StartOptions {
  settings: Settings;
  version: string;
  library: readonly ActionDefinition[];
  check: CheckContext;
  io: Io;
}

/** `sluice start`: runs until a signal. Resolves with the exit code. */
export async function start({ settings: given, version, library, check, io }: StartOptions): Promise<number> {
  const say = (text: string) => io.stderr.write(`${text}\n`);
  const folder = await openDataFolder(given.dataDir);
  // The port is taken before anything runs, so that a second start is refused before it does harm; answers wait for the API.
  const front = await openFront(given.host, given.port).catch((thrown: Error) => thrown);
  if (front instanceof Error) {
    await folder.close();
    say(
      `sluice: the editor and control API cannot listen on ${given.host}:${given.port}: ${front.message}. Stop what has the port, or choose another with --port or SLUICE_PORT.`,
    );
    return 1;
  }
  const settings: Settings = { ...given, dataDir: folder.path, port: front.port };
  const { parts, created } = await prepare(folder, settings, check);
  const engine = new Engine({ ...parts, settings, version, folder, check });
  const stopped = untilSignal(engine);
  void engine.open();

  // The heavy packages load while the workers start.
  const [{ openLogFiles }, { createApi }, { watchProject }] = await Promise.all([
    import('../log/sinks/files.ts'),
    import('../control/api/app.ts'),
    import('../control/project-watch.ts'),
  ]);
  const { rotation, stdout } = settings.logs;
  const report = ({ level, event, message }: LogNotice) => engine.record(level, 'system', event, message);
  engine.useLogs(await openLogFiles({ dir: engine.logsDir, rotation, stdout, report }));
  const chosen = process.env.SLUICE_API_TOKEN;
  const token = chosen || randomBytes(24).toString('base64url');
  front.serve(createApi(engine, { token, library, editorDir: editorFolder(), check }));
  const watcher = watchProject(folder.path, () => void engine.reload());
  await engine.settled();
  announce(engine, settings, created, chosen ? null : token, say);
  const address = `http://${shownHost(settings.host)}:${settings.port}`;
  engine.record('info', 'system', 'engine.ready', `Sluice ${version} is ready: editor and control API on ${address}.`);

  await stopped;
  await watcher.close();
  front.close();
  await engine.close(drainMs);
  await folder.close();
  return 0;
}

/** Reads the project, or makes the example when there is none yet. `created` is the port of a new example. */
async function prepare(folder: DataFolder, settings: Settings, check: CheckContext) {
  let created: number | null = null;
  if (isEmptyProject(folder.path)) {
    created = await freePort(8080, settings.portOffset);
    await saveDocument(folder.path, 'server', helloExample(created));
  }
  const { project, faults } = loadProject(folder.path, check);
  const report = (fault: Fault) => faults.push(fault);
  const parts = {
    project,
    faults,
    switches: readSwitches(folder.path, report),
    global: readVariables(folder.path, report),
    logsDir: join(folder.path, 'logs'),
    redactionKey: redactionKey(folder.path),
  };
  return { parts, created };
}

function announce(
  engine: Engine,
  settings: Settings,
  created: number | null,
  token: string | null,
  say: (text: string) => void,
): void {
  const lines = ['ready', `  editor   http://${shownHost(settings.host)}:${settings.port}/`];
  if (token !== null)
    lines.push(`  token    ${token}  (for the editor and the API; set SLUICE_API_TOKEN to choose it)`);
  for (const [id, { state, host, port, reason }] of engine.serverStates()) {
    if (state === 'listening') lines.push(`  server   ${id} on http://${shownHost(host)}:${port}`);
    if (state === 'failed') lines.push(`  server   ${id} failed: ${reason}`);
  }
  const hello = engine.serverStates().get('hello');
  if (hello?.state === 'listening') lines.push(`  try      curl 'http://127.0.0.1:${hello.port}/hello?name=World'`);
  if (created !== null && created !== 8080)
    lines.push(`  note     8080 is taken, so the example listens on ${created}`);
  if (!isLoopback(settings.host)) {
    lines.push(
      '  warning  other machines can reach the control API, and it has no TLS of its own: put a proxy with TLS before it',
    );
  }
  say(lines.join('\n'));
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');
const shownHost = (host: string): string =>
  host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;

/** Opens the port of the editor and the control API; requests wait until there is something to serve them. */
async function openFront(host: string, port: number) {
  let serve: (listener: RequestListener) => void = () => {};
  const listener = new Promise<RequestListener>((resolve) => {
    serve = resolve;
  });
  const server = createServer((request, response) => void listener.then((answer) => answer(request, response)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    serve,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Resolves at the first SIGTERM or SIGINT; the second ends everything at once. */
function untilSignal(engine: Engine): Promise<void> {
  return new Promise((resolve) => {
    let signals = 0;
    const stop = () => {
      if (++signals > 1) engine.kill();
      resolve();
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  });
}

/** Where the built editor lies, beside the built engine; null when it was not built. */
function editorFolder(): string | null {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '../editor');
  return existsSync(join(folder, 'index.html')) ? folder : null;
}
