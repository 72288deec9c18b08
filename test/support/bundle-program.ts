import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/** Bundles a program that imports our sources by their absolute paths into a folder, and gives the file that node can run. */
export async function bundleProgram(source: string, folder: string): Promise<string> {
  const input = join(folder, 'entry.ts');
  const file = join(folder, 'child.mjs');
  writeFileSync(input, source);
  const bundle = await rolldown({ input, platform: 'node', external: ['fs-extra'], logLevel: 'silent' });
  // Packages are not found from a temporary folder, so they are named by where they are.
  const paths = { 'fs-extra': import.meta.resolve('fs-extra') };
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false, paths });
  writeFileSync(file, output[0].code);
  return file;
}
