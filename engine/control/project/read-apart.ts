import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { readImport } from '../../import/read.ts';
import { ImportFault, type ImportOptions, type ImportResult } from '../../import/types.ts';
import type { ProjectDocuments } from '../../wire/messages.ts';

/** Longer texts are read in a thread. Up to this length reading takes some tens of milliseconds. */
const longestHere = 256 * 1024;
/** Milliseconds, and megabytes, that reading may take. */
const longestMs = 120_000;
const mostMegabytes = 2048;

/** What the thread is given. */
export interface ImportOrder {
  text: string;
  name: string | undefined;
  existing: ProjectDocuments | undefined;
}

/** What it answers. */
export type ImportAnswer =
  | { result: ImportResult; fault?: never }
  | {
      fault: { message: string; pointer: string; line: number | undefined; column: number | undefined };
      result?: never;
    };

/** Reads a document to import without holding up this process: a large one takes seconds. @throws ImportFault */
export async function readApart(text: string, options: ImportOptions): Promise<ImportResult> {
  if (text.length <= longestHere) return readImport(text, options);
  const order: ImportOrder = { text, name: options.name, existing: options.existing };
  const thread = new Worker(new URL('./import-thread.js', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    stdin: false,
  });
  const late = setTimeout(() => void thread.terminate(), longestMs);
  try {
    const [answer] = (await Promise.race([once(thread, 'message'), ended(thread)])) as [ImportAnswer];
    if (answer.result) return answer.result;
    throw new ImportFault(answer.fault.message, {
      pointer: answer.fault.pointer,
      ...(answer.fault.line !== undefined && { line: answer.fault.line, column: answer.fault.column ?? 1 }),
    });
  } finally {
    clearTimeout(late);
    void thread.terminate();
  }
}

/** Rejects when a thread ends without an answer. */
async function ended(thread: Worker): Promise<never> {
  await Promise.race([once(thread, 'exit'), once(thread, 'error')]);
  throw new ImportFault(
    `The document is too large to be read: it took more than ${longestMs / 1000} s or ${mostMegabytes} MB. Import it in parts.`,
  );
}
