import type { Readable, Writable } from 'node:stream';

/** Where a command reads and writes: results to standard output, everything for people to standard error. */
export interface Io {
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
}
