import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { ActionDefinition } from '../../actions/kit/define.ts';
import { givenOf } from '../compile/simulation.ts';
import { loadProject, readSwitches, readVariables } from '../control/project-files.ts';
import { redactionKey } from '../control/redaction-key.ts';
import { Secrets } from '../control/secrets/secrets.ts';
import { parseAddress } from '../document/address.ts';
import type { CheckContext } from '../document/check-context.ts';
import { quoteWhole } from '../document/found.ts';
import { fileOf } from '../document/layout.ts';
import type { Json } from '../document/types.ts';
import { createHost } from '../host/host.ts';
import { noEngine } from '../host/no-engine.ts';
import { createRecordEncoder } from '../log/encoder.ts';
import { createRedactor } from '../log/redact.ts';
import type { Environment } from '../run/environment.ts';
import { startRun } from '../run/execute.ts';
import { limitReached } from '../run/failure.ts';
import { watchTurns } from '../run/turn.ts';
import type { Settings } from '../settings/table.ts';
import { documentsOf } from '../wire/messages.ts';
import { bringToLife } from '../worker/live.ts';
import { RecordObserver } from '../worker/observer.ts';
import { lineOf } from './check.ts';
import { isFolder, shown } from './data-folder.ts';
import type { Io } from './io.ts';
import { LocalJournal } from './local-journal.ts';

export interface RunOptions {
  address: string;
  /** JSON, `@FILE`, or `-` for standard input; undefined means no input. */
  input: string | undefined;
  version: string;
  settings: Settings;
  library: readonly ActionDefinition[];
  check: CheckContext;
  io: Io;
}

/** `sluice run ADDRESS`: runs one operation in this process, without servers. Exit code 1 when the run failed. */
export async function run({ address, input, version, settings, library, check, io }: RunOptions): Promise<number> {
  const say = (line: string) => io.stderr.write(`${line}\n`);
  let data: Json;
  try {
    data = await readInput(input, io);
  } catch (thrown) {
    say(`sluice run: --input: ${(thrown as Error).message}`);
    return 2;
  }
  if (!isFolder(settings.dataDir)) {
    say(`sluice run: There is no data folder ${shown(settings.dataDir)}. Name the right one with --data.`);
    return 1;
  }
  const { project, faults, links } = loadProject(settings.dataDir, check, { remember: false });
  const secrets = await Secrets.open({ dataDir: settings.dataDir, env: process.env });
  // What is odd elsewhere has nothing to do with this run; what is broken elsewhere may be what it calls.
  const parsed = parseAddress(address);
  const own = parsed && fileOf(parsed.kind, parsed.resource);
  for (const fault of [...faults, ...links, ...secrets.faults])
    if (fault.severity === 'error' || fault.file === own) say(lineOf(fault));
  const key = redactionKey(settings.dataDir);
  const hidden = Object.values(secrets.values());
  const encode = createRecordEncoder(settings, hidden, key);
  const observer = new RecordObserver({ write: (file, record) => file === 'user' && say(encode(record)) }, 'run');
  const journal = new LocalJournal();
  const redactor = createRedactor({ ...settings.logs.redact, key });
  redactor.setSecrets(hidden);
  // Nobody keeps an audit trail here; whoever started this is at the screen.
  const audit = (line: string, by: string) =>
    say(`sluice run: ${by} runs the command line ${redactor.text(quoteWhole(line))}`);
  watchTurns();
  const live = await bringToLife(
    {
      version,
      settings,
      documents: documentsOf(project),
      switches: readSwitches(settings.dataDir),
      uses: {},
      global: readVariables(settings.dataDir),
      secrets: secrets.values(),
      formerSecrets: [],
      redactionKey: key,
      quarantined: [],
    },
    new Map(library.map((action) => [action.id, action])),
    null,
    { host: createHost(settings, { audit }), control: noEngine, observer, journal },
  );
  const operation = live.operation(address);
  if (operation === undefined) {
    say(`sluice run: there is no active operation "${address}".${listed(live)}`);
    return 2;
  }
  process.once('SIGINT', () => journal.endAll(limitReached('cancelled', 'The run was stopped by a signal.')));
  const outcome = await startRun(operation, live, givenOf(operation, data), null);
  if (outcome.failure !== null && !outcome.handled) {
    const { node = address, message, code } = outcome.failure;
    say(`sluice run: ${node}: ${redactor.text(message)} (${code})`);
    return 1;
  }
  io.stdout.write(`${JSON.stringify(outcome.output ?? null, plainBytes)}\n`);
  return outcome.failure === null ? 0 : 1;
}

function listed(live: Environment & { compiled: { operations: ReadonlyMap<string, unknown> } }): string {
  const addresses = [...live.compiled.operations.keys()];
  return addresses.length === 0
    ? ' The project has none.'
    : ` There are: ${addresses.slice(0, 20).join(', ')}${addresses.length > 20 ? ', …' : ''}.`;
}

/** Binary data as base64, which JSON can carry. */
function plainBytes(this: unknown, key: string, value: unknown): unknown {
  const original = (this as Record<string, unknown>)[key];
  return original instanceof Uint8Array ? Buffer.from(original).toString('base64') : value;
}

async function readInput(input: string | undefined, io: Io): Promise<Json> {
  if (input === undefined) return null;
  const json =
    input === '-' ? await text(io.stdin) : input.startsWith('@') ? await readFile(input.slice(1), 'utf8') : input;
  return JSON.parse(json) as Json;
}
