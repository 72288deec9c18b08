import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { text as readStream } from 'node:stream/consumers';
import { ControlFault } from '../control/control.ts';
import { importInto } from '../control/project/import.ts';
import type { CheckContext } from '../document/check-context.ts';
import type { ImportWarning } from '../import/types.ts';
import { ImportFault } from '../import/types.ts';
import type { Io } from './io.ts';
import { openOffline } from './offline.ts';
import { detailOf, runningEngine } from './running-engine.ts';

export interface ImportOptions {
  /** `-` is standard input. */
  file: string;
  replace: boolean;
  dataDir: string;
  context: CheckContext;
}

interface Outcome {
  imported: string[];
  unchanged: string[];
  warnings: ImportWarning[];
}

/**
 * `sluice import FILE`: takes a project of Sluice, a configuration of API AutoFlow or an OpenAPI document into the project,
 * live at once where an engine runs. Names of what was imported on standard output, what could not be carried over on
 * standard error. Exit code 1 when nothing was imported.
 */
export async function importFile({ file, replace, dataDir, context }: ImportOptions, io: Io): Promise<number> {
  const say = (line: string) => io.stderr.write(`${line}\n`);
  let text: string;
  try {
    text = file === '-' ? await readStream(io.stdin) : utf8(await readFile(file));
  } catch (thrown) {
    say(`sluice import: ${file} cannot be read: ${(thrown as Error).message}`);
    return 1;
  }
  const name = file === '-' ? undefined : basename(file);
  let outcome: Outcome;
  try {
    outcome = await take(text, { replace, name, dataDir, context });
  } catch (thrown) {
    if (!(thrown instanceof ImportFault || thrown instanceof ControlFault)) throw thrown;
    say(`sluice import: ${file}: ${thrown.message}`);
    return 1;
  }
  for (const { resource, pointer, message } of outcome.warnings)
    say(`warning ${resource ?? file}${pointer === '' ? '' : ` (${pointer})`}: ${message}`);
  for (const imported of outcome.imported) io.stdout.write(`${imported}\n`);
  const count = (items: readonly unknown[]) => items.length;
  say(
    `Imported ${count(outcome.imported)}, of which ${count(outcome.unchanged)} were there already; ${count(outcome.warnings)} warnings. New servers are stopped.`,
  );
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
  const answer = await engine.call('POST', `/api/project/import?${query}`, { text, type: 'application/yaml' });
  if (answer.status !== 200) throw new ControlFault(answer.status, detailOf(answer));
  return answer.json as unknown as Outcome;
}

const utf8 = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('it is no UTF-8; save it in that encoding.');
  }
};
