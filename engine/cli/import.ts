import { basename } from 'node:path';
import { ControlFault, type FaultAbout } from '../control/control.ts';
import { conflictText, type Imported, importInto } from '../control/project/import.ts';
import type { CheckContext } from '../document/check-context.ts';
import { ImportFault, mostFaults, placed } from '../import/types.ts';
import type { Io } from './io.ts';
import { openOffline } from './offline.ts';
import { readText, UnreadableText } from './read-text.ts';
import { runningEngine } from './running-engine.ts';

export interface ImportOptions {
  /** `-` is standard input. */
  file: string;
  replace: boolean;
  dataDir: string;
  context: CheckContext;
}

type Outcome = Pick<Imported, 'imported' | 'replaced' | 'unchanged' | 'warnings'>;

/**
 * `sluice import FILE`: takes a project of Sluice, a configuration of API AutoFlow or an OpenAPI document into the project,
 * live at once where an engine runs. Names of what was imported on standard output, what could not be carried over on
 * standard error. Exit code 1 when nothing was imported.
 */
export async function importFile({ file, replace, dataDir, context }: ImportOptions, io: Io): Promise<number> {
  const say = (line: string) => io.stderr.write(`${line}\n`);
  const source = file === '-' ? 'standard input' : file;
  const name = file === '-' ? undefined : basename(file);
  let outcome: Outcome;
  try {
    outcome = await take(await readText(file, io.stdin), { replace, name, dataDir, context });
  } catch (thrown) {
    if (!(thrown instanceof UnreadableText || thrown instanceof ImportFault || thrown instanceof ControlFault))
      throw thrown;
    say(`sluice import: ${source}: ${refusalOf(thrown)}`);
    return 1;
  }
  for (const { resource, pointer, message } of outcome.warnings)
    say(`warning ${placed({ resource: resource ?? source, pointer, message })}`);
  for (const imported of outcome.imported) io.stdout.write(`${imported}\n`);
  say(summaryOf(outcome));
  return 0;
}

async function take(
  text: string,
  {
    replace,
    name,
    dataDir,
    context,
  }: { replace: boolean; name: string | undefined; dataDir: string; context: CheckContext },
): Promise<Outcome> {
  const engine = await runningEngine(dataDir);
  if (engine === null) {
    const offline = await openOffline(dataDir, context);
    try {
      const options = { replace, user: 'local', context, ...(name !== undefined && { name }) };
      return await importInto(offline.store, offline.variables, text, options);
    } finally {
      await offline.close();
    }
  }
  const query = new URLSearchParams({ replace: String(replace), ...(name !== undefined && { name }) });
  // Whatever it is: the engine finds out by itself, and takes JSON for YAML too.
  const { status, json } = await engine.call('POST', `/api/project/import?${query}`, {
    text,
    type: 'application/yaml',
  });
  if (status === 200) return json as unknown as Outcome;
  const problem = (json ?? {}) as { detail?: string; errors?: FaultAbout['errors']; conflicts?: string[] };
  const { detail = `The engine answered ${status}.`, errors = [], conflicts } = problem;
  throw new ControlFault(status, detail, { errors, members: { conflicts } });
}

/** What a refusal says here: every fault on a line of its own where there are several, and options as they are called. */
function refusalOf(thrown: UnreadableText | ImportFault | ControlFault): string {
  if (thrown instanceof UnreadableText) return thrown.message;
  const { errors = [], members } = thrown instanceof ControlFault ? thrown.about : { errors: remarksOf(thrown) };
  const conflicts = members?.conflicts;
  if (Array.isArray(conflicts)) return conflictText(conflicts, '--replace');
  if (errors.length < 2) return thrown.message;
  const lines = errors.map(({ resource = null, pointer, detail }) => placed({ resource, pointer, message: detail }));
  const count = errors.length < mostFaults ? errors.length : `at least ${mostFaults}`;
  return `Nothing was imported. There are ${count} faults:${lines.map((line) => `\n  ${line}`).join('')}`;
}

const remarksOf = ({ faults }: ImportFault): FaultAbout['errors'] =>
  faults.map(({ resource, pointer, message }) => ({
    ...(resource !== null && { resource }),
    pointer,
    detail: message,
  }));

/** `Imported 3: 1 new, 1 replaced, 1 unchanged; no warnings. The server is stopped until you start it: POST …` */
function summaryOf({ imported, replaced, unchanged, warnings }: Outcome): string {
  const added = imported.length - replaced.length - unchanged.length;
  const stopped = imported.filter((name) => name.startsWith('server/') && !unchanged.includes(name));
  const warned = `${warnings.length === 0 ? 'no' : warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}`;
  const counts = `${added} new, ${replaced.length} replaced, ${unchanged.length} unchanged`;
  return `Imported ${imported.length}: ${counts}; ${warned}.${stoppedText(stopped)}`;
}

function stoppedText(servers: string[]): string {
  const [first = ''] = servers;
  const way = (id: string) => `with POST /api/servers/${id}/start of the control API`;
  if (servers.length === 0) return '';
  return servers.length === 1
    ? ` The server is stopped until you start it, ${way(first.slice('server/'.length))}.`
    : ` The ${servers.length} servers are stopped until you start them, each ${way('<id>')}.`;
}
