import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A file to be packed; its content is opened when its turn comes. */
export interface ZipEntry {
  name: string;
  open(): Readable;
}

/** Packs files one after the other, no faster than the archive is read; sizes beyond 4 GiB are no limit (ZIP64). */
export function zipOf(entries: readonly ZipEntry[]): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const opened: Readable[] = [];
  for (const { name, open } of entries) {
    zip.addReadStreamLazy(name, { mode: 0o100600 }, (give) => {
      if (output.destroyed) return;
      const content = open();
      opened.push(content);
      content.on('error', (thrown) => output.destroy(thrown));
      give(null, content);
    });
  }
  zip.on('error', (thrown) => output.destroy(thrown));
  // Who goes away in the middle leaves no open file behind.
  output.on('close', () => {
    for (const content of opened) content.destroy();
  });
  zip.end();
  return output;
}
