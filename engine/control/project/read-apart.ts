import { Worker } from 'node:worker_threads';
import { readImport } from '../../import/read.ts';
import { ImportFault, type ImportOptions, type ImportResult } from '../../import/types.ts';
import type { ProjectDocuments } from '../../wire/messages.ts';

/** Longer texts are read in a thread. Up to these lengths reading takes some tens of milliseconds at worst. */
const longestHere = { json: 256 * 1024, yaml: 8 * 1024 };
/** Milliseconds, and megabytes, that reading may take. */
const longestMs = 60_000;
const mostMegabytes = 1024;

/** What the thread is given. */
export interface ImportOrder {
  text: string;
  name: string | undefined;
  existing: ProjectDocuments | undefined;
}

/** What it answers. */
export type ImportAnswer =
  | { result: ImportResult; fault?: never }
  | { fault: Pick<ImportFault, 'faults' | 'count' | 'line' | 'column'>; result?: never };

/** Reads a document to import without holding up this process: a large one takes seconds. @throws ImportFault */
export async function readApart(text: string, options: ImportOptions): Promise<ImportResult> {
  const isJson = /^\s*[[{]/.test(text);
  if (text.length <= longestHere[isJson ? 'json' : 'yaml']) return readImport(text, options);
  const order: ImportOrder = { text, name: options.name, existing: options.existing };
  const thread = new Worker(new URL('./import-thread.js', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    stdin: false,
  });
  const late = setTimeout(() => void thread.terminate(), longestMs);
  try {
    const answer = await answerOf(thread);
    if (answer.result) return answer.result;
    const { faults, count, line, column } = answer.fault;
    throw new ImportFault(faults, { count, ...(line !== undefined && { line, column: column ?? 1 }) });
  } finally {
    clearTimeout(late);
    void thread.terminate();
  }
}

function answerOf(thread: Worker): Promise<ImportAnswer> {
  return new Promise((resolve, reject) => {
    const tooLarge = () =>
      reject(
        new ImportFault(
          `The document is too large to be read: it took more than ${longestMs / 1000} s or ${mostMegabytes} MB. Import it in parts.`,
        ),
      );
    thread.once('message', resolve);
    thread.once('error', (thrown: NodeJS.ErrnoException) =>
      thrown.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge() : reject(thrown),
    );
    thread.once('exit', tooLarge);
  });
}
