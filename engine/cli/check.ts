import { basename, dirname, resolve } from 'node:path';
import process from 'node:process';
import { readBytes, readDocument } from '../control/document-file.ts';
import type { CheckContext } from '../document/check-context.ts';
import { kindOfFolder } from '../document/layout.ts';
import { isObject } from '../document/shape.ts';
import type { Fault, ResourceKind } from '../document/types.ts';
import { readImport } from '../import/read.ts';
import { ImportFault } from '../import/types.ts';
import { checkDocumentFile, checkStateFile, isStateFile, parseFile, unreadable } from './check-file.ts';
import { type CheckedFault, checkFolder } from './check-folder.ts';
import { isFolder, shown } from './data-folder.ts';
import type { Io } from './io.ts';

export interface CheckOptions {
  /** Documents, whole data folders or folders of one kind of document, relative to `cwd`. None means the project in `dataDir`. */
  files: readonly string[];
  dataDir: string;
  cwd?: string;
  context: CheckContext;
}

/**
 * `sluice check [FILE…]`: one line per fault on standard output, `file:pointer message`, or `file:line:column message`
 * where the text is no JSON. Warnings begin with "warning:", what is wrong in drafts with "draft:". Changes nothing. Resolves
 * with 1 when there is a fault that is no warning and in no draft, or a file cannot be read.
 */
export async function check(
  { files, dataDir, cwd = process.cwd(), context }: CheckOptions,
  io: Pick<Io, 'stdout' | 'stderr'>,
): Promise<number> {
  if (files.length === 0 && !isFolder(dataDir)) {
    io.stderr.write(
      `sluice check: There is no data folder ${shown(dataDir, cwd)}. Name one with --data, or files to check.\n`,
    );
    return 1;
  }
  const faults: CheckedFault[] = [];
  let checked = 0;
  for (const target of files.length > 0 ? files.map((file) => resolve(cwd, file)) : [dataDir]) {
    const result = isFolder(target) ? checkFolder(target, context) : { checked: 1, faults: checkFile(target, context) };
    checked += result.checked;
    faults.push(...result.faults);
  }
  for (const fault of faults) io.stdout.write(`${lineOf({ ...fault, file: shown(fault.file, cwd) })}\n`);
  const errors = faults.filter(({ severity }) => severity === 'error');
  const live = errors.filter(({ isDraft }) => !isDraft).length;
  const parts = [count(live, 'fault'), count(faults.length - errors.length, 'warning')];
  if (errors.length > live) parts.push(`${count(errors.length - live, 'fault')} in drafts`);
  io.stderr.write(`${count(checked, 'document')} checked: ${parts.join(', ')}.\n`);
  return live > 0 ? 1 : 0;
}

/** A fault as one line for people and editors; the form in which other tools jump to a place. */
export function lineOf({ file, pointer, line, column, message, severity, isDraft }: CheckedFault): string {
  const place = line === undefined ? `${file}:${pointer}` : `${file}:${line}:${column}`;
  const text = line === undefined ? message : message.replace(/^Line \d+, column \d+: /, '');
  return `${place} ${isDraft ? 'draft: ' : ''}${severity === 'warning' ? 'warning: ' : ''}${text}`;
}

/** A file in none of the project's folders: a document on its own, or something that `sluice import` takes. */
function checkImport(path: string, bytes: Buffer, context: CheckContext): Fault[] {
  const file = path;
  try {
    const { warnings } = readImport(bytes.toString('utf8'), { name: basename(path), context });
    return warnings.map(({ pointer, message }) => ({ file, pointer, message, severity: 'warning' as const }));
  } catch (thrown) {
    if (!(thrown instanceof ImportFault)) throw thrown;
    const { faults, line, column } = thrown;
    const place = line === undefined ? {} : { line, column: column ?? 1 };
    return faults.map(({ pointer, message }) => ({ file, pointer, message, severity: 'error', ...place }));
  }
}

function checkFile(path: string, context: CheckContext): Fault[] {
  const name = basename(path);
  if (isStateFile(name)) return checkStateFile(path, name, context);
  const kind = kindOfFolder(basename(dirname(path)));
  if (kind !== undefined) return checkDocumentFile(path, kind, context).faults;
  const { bytes, problem } = readBytes(path);
  if (bytes === undefined) return [unreadable(path, problem)];
  if (/\.ya?ml$/i.test(path)) return checkImport(path, bytes, context);
  const read = parseFile(path);
  if (read.faults) return read.faults;
  const byShape = kindByShape(read.value);
  return byShape === undefined ? checkImport(path, bytes, context) : readDocument(bytes, byShape, path, context).faults;
}

function kindByShape(value: unknown): ResourceKind | undefined {
  if (!isObject(value)) return undefined;
  if (isObject(value.openapi)) return 'api';
  if (value.type === 'http' || value.type === 'schedule') return 'server';
  if (typeof value.type === 'string') return 'client';
  return Array.isArray(value.operations) ? 'service' : undefined;
}

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
