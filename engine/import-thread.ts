import { parentPort, workerData } from 'node:worker_threads';
import { actionById } from '../actions/index.ts';
import { checkJsonata, checkTemplate } from './compile/jsonata.ts';
import type { ImportAnswer, ImportOrder } from './control/project/read-apart.ts';
import { readImport } from './import/read.ts';
import { ImportFault } from './import/types.ts';

// A thread that reads one large document to import, so that whoever asked for it goes on answering meanwhile.

const { text, name, existing } = workerData as ImportOrder;
const context = { actions: actionById, jsonata: checkJsonata, template: checkTemplate };

const read = (): ImportAnswer => {
  try {
    return { result: readImport(text, { name, existing, context }) };
  } catch (thrown) {
    if (!(thrown instanceof ImportFault)) throw thrown;
    const { faults, count, line, column } = thrown;
    return { fault: { faults, count, line, column } };
  }
};
parentPort?.postMessage(read());
