import { dirname, resolve } from 'node:path';
import { FileFailure, writeFileAtomically } from '../control/atomic-file.ts';
import { ControlFault } from '../control/control.ts';
import { loadProject, readVariables } from '../control/project-files.ts';
import type { CheckContext } from '../document/check-context.ts';
import type { Json } from '../document/types.ts';
import { exportProject } from '../import/export.ts';
import { documentsOf, type ProjectDocuments } from '../wire/messages.ts';
import { lineOf } from './check.ts';
import { isFolder, requireDataFolder, shown } from './data-folder.ts';
import type { Io } from './io.ts';
import { detailOf, runningEngine } from './running-engine.ts';

export interface ExportOptions {
  /** undefined is standard output. */
  out: string | undefined;
  dataDir: string;
  context: CheckContext;
}

/**
 * `sluice export [--out FILE]`: the whole live project as one JSON text that `sluice import` takes. Servers are written as
 * stopped, since that is how they arrive; secrets stay where they are. Exit code 1 when it cannot be read or written.
 */
export async function exportTo({ out, dataDir, context }: ExportOptions, io: Io): Promise<number> {
  const refuse = (message: string): number => {
    io.stderr.write(`sluice export: ${message}\n`);
    return 1;
  };
  try {
    if (out !== undefined && isFolder(resolve(out)))
      return refuse(`--out must be a file, and ${shown(resolve(out))} is a folder. Name a file in it.`);
    if (out !== undefined && !isFolder(dirname(resolve(out))))
      return refuse(`There is no folder ${shown(dirname(resolve(out)))} for ${out}. Create it, or choose another.`);
    requireDataFolder(dataDir);
    const { documents, variables, notes } = await read(dataDir, context);
    for (const note of notes) io.stderr.write(`${note}\n`);
    const text = exportProject(documents, variables);
    if (out === undefined) io.stdout.write(text);
    else await writeFileAtomically(out, text);
    return 0;
  } catch (thrown) {
    if (thrown instanceof ControlFault || thrown instanceof FileFailure) return refuse(thrown.message);
    throw thrown;
  }
}

async function read(dataDir: string, context: CheckContext) {
  const engine = await runningEngine(dataDir);
  if (engine === null) {
    const { project, faults } = loadProject(dataDir, context, { remember: false });
    return {
      documents: documentsOf(project),
      variables: readVariables(dataDir),
      // What is served in its last good version, or not at all, is not what the files say.
      notes: faults.filter(({ severity }) => severity === 'error').map((fault) => lineOf(fault)),
    };
  }
  const answer = await engine.call('GET', '/api/project');
  if (answer.status !== 200) throw new ControlFault(answer.status, detailOf(answer));
  const {
    sluice: _,
    variables,
    ...documents
  } = answer.json as unknown as ProjectDocuments & {
    sluice: number;
    variables: { [name: string]: Json };
  };
  return { documents, variables, notes: [] };
}
