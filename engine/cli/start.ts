import { existsSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { ActionDefinition } from '../../actions/kit/define.ts';
import { answerClientErrors } from '../control/api/client-error.ts';
import { type OpenEntrance, openEntrance, wantedAdministrator } from '../control/auth/open.ts';
import { isReachedByOthers } from '../control/auth/reach.ts';
import { type DataFolder, openDataFolder } from '../control/data-folder.ts';
import { diskReserve } from '../control/disk-reserve.ts';
import { Engine } from '../control/engine.ts';
import { freePort, helloExample } from '../control/hello.ts';
import { importInto } from '../control/project/import.ts';
import { ProjectStore } from '../control/project/store.ts';
import { isEmptyProject } from '../control/project-files.ts';
import { redactionKey } from '../control/redaction-key.ts';
import { Secrets } from '../control/secrets/secrets.ts';
import type { SettingsStore } from '../control/settings-store.ts';
import { readSwitches } from '../control/state-files.ts';
import { Variables } from '../control/variables.ts';
import type { CheckContext } from '../document/check-context.ts';
import type { Fault, Json } from '../document/types.ts';
import type { LogNotice } from '../log/sinks/files.ts';
import { SettingsFault } from '../settings/fault.ts';
import type { Settings } from '../settings/table.ts';
import type { Io } from './io.ts';
import { readText } from './read-text.ts';

const drainMs = 10_000;

export interface StartOptions {
  configuration: SettingsStore;
  version: string;
  library: readonly ActionDefinition[];
  check: CheckContext;
  io: Io;
}

/** `sluice start`: runs until a signal. Resolves with the exit code. */
export async function start({ configuration, version, library, check, io }: StartOptions): Promise<number> {
  const say = (text: string) => io.stderr.write(`${text}\n`);
  const given = configuration.current;
  const wanted = wantedAdministrator(process.env, given.dataDir);
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
  const { parts, created } = await prepare(folder, configuration, check).catch(async (thrown: unknown) => {
    front.close();
    await folder.close();
    throw thrown;
  });
  const engine = new Engine({ ...parts, version, folder, port: front.port });
  const { settings } = engine;
  const stopped = untilSignal(engine);
  void engine.open();

  // The heavy packages load while the workers start.
  const [{ openLogFiles }, { openSpool }, { createApi }, { watchProject }] = await Promise.all([
    import('../log/sinks/files.ts'),
    import('../store/spool.ts'),
    import('../control/api/app.ts'),
    import('../control/project-watch.ts'),
  ]);
  const { stdout } = settings.logs;
  const minFree = await diskReserve(folder.path, settings.logs.rotation.minFree);
  const rotation = { ...settings.logs.rotation, minFree };
  const report = ({ level, event, message }: LogNotice) => engine.record(level, 'system', event, message);
  const [files, spool] = await Promise.all([
    openLogFiles({ dir: engine.logsDir, rotation, stdout, report }),
    openSpool({ dir: engine.storeDir, ...settings.store, minFreeBytes: minFree, report }),
  ]);
  engine.useSinks({ files, spool });
  folder.reportTo((message) => engine.record('error', 'system', 'folder.taken', message));
  const apiToken = process.env.SLUICE_API_TOKEN || undefined;
  const entrance = await openEntrance(engine, folder.path, { apiToken, wanted, say });
  front.serve(createApi(engine, { ...entrance, library, editorDir: editorFolder(), check }));
  const address = `http://${shownHost(settings.host)}:${settings.port}`;
  entrance.tellWhere(address);
  const watcher = watchProject(folder.path, (files) => void engine.reload(files));
  await engine.settled();
  announce(engine, settings, created, entrance, say);
  engine.record('info', 'system', 'engine.ready', `Sluice ${version} is ready: editor and control API on ${address}.`);

  await stopped;
  await watcher.close();
  front.close();
  await entrance.close();
  await engine.close(drainMs);
  await folder.close();
  return 0;
}

/**
 * Reads what lies in the data folder, or fills an empty one: with the boot file, or with the example, whose port is
 * `created` then.
 */
async function prepare(folder: DataFolder, configuration: SettingsStore, check: CheckContext) {
  const { path } = folder;
  const faults: Fault[] = [];
  const report = (fault: Fault) => faults.push(fault);
  const secrets = await Secrets.open({ dataDir: path, env: process.env });
  configuration.useSecrets(secrets);
  const isNew = isEmptyProject(path);
  const variables = Variables.open({ dataDir: path });
  const store = await ProjectStore.open(path, check, variables);
  let created: number | null = null;
  const { bootFile, portOffset } = configuration.current;
  if (isNew && bootFile !== undefined) await boot(store, variables, bootFile, check);
  else if (isNew) {
    created = await freePort(8080, portOffset);
    const hello = new Map([['server/hello', helloExample(created) as unknown as Json]]);
    await store.change(() => hello, { user: 'local', action: 'save', message: 'The example of a first start.' });
  }
  const parts = {
    configuration,
    store,
    variables,
    secrets,
    faults,
    switches: readSwitches(path, report),
    logsDir: join(path, 'logs'),
    redactionKey: redactionKey(path),
  };
  return { parts, created };
}

/** Loads the project that the settings name into an empty data folder. What it cannot hold keeps the start from going on. */
async function boot(store: ProjectStore, variables: Variables, file: string, context: CheckContext): Promise<void> {
  try {
    const text = await readText(file, process.stdin);
    await importInto(store, variables, text, { replace: false, name: basename(file), user: 'local', context });
  } catch (thrown) {
    throw new SettingsFault(
      `bootFile: ${file} cannot be loaded: ${(thrown as Error).message} Mend the file, or take the setting away.`,
      'bootFile',
    );
  }
}

function announce(
  engine: Engine,
  settings: Settings,
  created: number | null,
  { signIn }: OpenEntrance,
  say: (text: string) => void,
): void {
  const lines = ['ready', `  editor   http://${shownHost(settings.host)}:${settings.port}/`];
  if (settings.publicUrl !== undefined) lines.push(`  public   ${settings.publicUrl}/`);
  if (signIn.setup !== null) lines.push('  setup    open the editor to create the administrator');
  const secret = signIn.setupSecret();
  if (secret !== null) lines.push(`  secret   ${secret}  (the editor asks for it; valid for 15 minutes)`);
  for (const [id, { state, host, port, reason }] of engine.serverStates()) {
    if (state === 'listening') lines.push(`  server   ${id} on http://${shownHost(host)}:${port}`);
    if (state === 'failed') lines.push(`  server   ${id} failed: ${reason}`);
  }
  const hello = engine.serverStates().get('hello');
  if (hello?.state === 'listening') lines.push(`  try      curl 'http://127.0.0.1:${hello.port}/hello?name=World'`);
  if (created !== null && created !== 8080)
    lines.push(`  note     8080 is taken, so the example listens on ${created}`);
  if (isReachedByOthers(settings) && !settings.publicUrl?.startsWith('https:')) {
    lines.push(
      '  warning  other machines can reach the control API, and it has no TLS of its own: put a proxy with TLS before it',
    );
  }
  say(lines.join('\n'));
}

const shownHost = (host: string): string =>
  host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;

/** Opens the port of the editor and the control API; requests wait until there is something to serve them. */
async function openFront(host: string, port: number) {
  let serve: (listener: RequestListener) => void = () => {};
  const listener = new Promise<RequestListener>((resolve) => {
    serve = resolve;
  });
  const server = createServer((request, response) => void listener.then((answer) => answer(request, response)));
  answerClientErrors(server);
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
    if (process.env.npm_lifecycle_event !== undefined) watchParent(resolve);
  });
}

/** npm passes a signal on to a shell, which ends and tells nobody: a program that npm started stops when that is gone. */
function watchParent(stop: () => void): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), 500).unref();
}

/** Where the built editor lies, beside the built engine; null when it was not built. */
function editorFolder(): string | null {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '../editor');
  return existsSync(join(folder, 'index.html')) ? folder : null;
}
