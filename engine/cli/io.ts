import process from 'node:process';
import type { Readable, Writable } from 'node:stream';
import { reasonOf } from '../control/atomic-file.ts';

/** Where a command reads and writes: results to standard output, everything for people to standard error. */
export interface Io {
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
}

/**
 * Keeps a command from ending badly because of who reads it. Where nobody reads any more, as after `| head`, the rest is
 * given up quietly; where the output cannot be stored, that is said once and the exit code is 1. `isLost` tells of the latter.
 */
export function surviveReaders({ stdout, stderr }: Pick<Io, 'stdout' | 'stderr'>): { isLost(): boolean } {
  let isLost = false;
  stderr.on('error', () => {});
  stdout.on('error', (thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'EPIPE' || thrown.code === 'ERR_STREAM_DESTROYED' || isLost) return;
    isLost = true;
    // It may come after the command is done.
    process.exitCode = 1;
    stderr.write(`sluice: The standard output cannot be written. ${reasonOf(thrown).reason}\n`);
  });
  return { isLost: () => isLost };
}
