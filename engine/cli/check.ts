import { statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import { checkName, readBytes, readDocument } from '../control/document-file.ts';
import { documentsIn } from '../control/project-files.ts';
import type { CheckContext } from '../document/check-context.ts';
import { checkProject } from '../document/check-project.ts';
import { checkSwitches } from '../document/check-switches.ts';
import { parseJsonBytes } from '../document/json-text.ts';
import { folders, kindOfFolder, resourceKinds } from '../document/layout.ts';
import { isObject } from '../document/shape.ts';
import type { Fault, Project, Resource, ResourceKind } from '../document/types.ts';
import { readImport } from '../import/read.ts';
import { ImportFault } from '../import/types.ts';
import type { Io } from './io.ts';

export interface CheckOptions {
  /** Documents or whole data folders, relative to `cwd`. None means the project in `dataDir`. */
  files: readonly string[];
  dataDir: string;
  cwd?: string;
  context: CheckContext;
}

/**
 * `sluice check [FILE…]`: one line per fault on standard output, `file:pointer message`, or `file:line:column message`
 * where the text is no JSON. Warnings begin with "warning". Changes nothing. Resolves with 1 when there is a fault that is
 * no warning, or a file cannot be read.
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
  const faults: Fault[] = [];
  let checked = 0;
  for (const target of files.length > 0 ? files.map((file) => resolve(cwd, file)) : [dataDir]) {
    const result = isFolder(target) ? checkFolder(target, context) : { checked: 1, faults: checkFile(target, context) };
    checked += result.checked;
    faults.push(...result.faults);
  }
  for (const fault of faults) io.stdout.write(`${lineOf({ ...fault, file: shown(fault.file, cwd) })}\n`);
  const errors = faults.filter(({ severity }) => severity === 'error').length;
  io.stderr.write(
    `${count(checked, 'document')} checked: ${count(errors, 'fault')}, ${count(faults.length - errors, 'warning')}.\n`,
  );
  return errors > 0 ? 1 : 0;
}

/** A fault as one line for people and editors; the form in which other tools jump to a place. */
export function lineOf({ file, pointer, line, column, message, severity }: Fault): string {
  const place = line === undefined ? `${file}:${pointer}` : `${file}:${line}:${column}`;
  const text = line === undefined ? message : message.replace(/^Line \d+, column \d+: /, '');
  return `${place} ${severity === 'warning' ? 'warning: ' : ''}${text}`;
}

function checkFolder(dataDir: string, context: CheckContext): { checked: number; faults: Fault[] } {
  const project: Project = { apis: new Map(), servers: new Map(), services: new Map(), clients: new Map() };
  const faults: Fault[] = [];
  let checked = 0;
  for (const kind of resourceKinds) {
    const { files, fault } = documentsIn(dataDir, kind);
    if (fault) faults.push({ ...fault, file: join(dataDir, fault.file) });
    for (const file of files) {
      checked += 1;
      const { document, faults: own } = checkDocumentFile(join(dataDir, file), kind, context);
      faults.push(...own);
      if (document) (project[folders[kind]] as Map<string, Resource>).set(document.id, document);
    }
  }
  faults.push(...checkProject(project, context).map((fault) => ({ ...fault, file: join(dataDir, fault.file) })));
  const drafts = checkDrafts(dataDir, context);
  checked += drafts.checked;
  faults.push(...drafts.faults);
  const switches = join(dataDir, 'switches.json');
  if (isFile(switches)) {
    checked += 1;
    faults.push(...checkSwitchesFile(switches, context));
  }
  return { checked, faults };
}

/** Drafts need not be in order until they are deployed, so their faults are warnings. */
function checkDrafts(dataDir: string, context: CheckContext): { checked: number; faults: Fault[] } {
  const files = resourceKinds.flatMap((kind) =>
    documentsIn(join(dataDir, 'drafts'), kind).files.map((file) => [kind, join(dataDir, 'drafts', file)] as const),
  );
  const faults = files.flatMap(([kind, path]) => checkDocumentFile(path, kind, context).faults);
  return { checked: files.length, faults: faults.map((fault) => ({ ...fault, severity: 'warning' as const })) };
}

/** A file in none of the project's folders: a document on its own, or something that `sluice import` takes. */
function checkImport(path: string, bytes: Buffer, context: CheckContext): Fault[] {
  const file = path;
  try {
    const { warnings } = readImport(bytes.toString('utf8'), { name: basename(path), context });
    return warnings.map(({ pointer, message }) => ({ file, pointer, message, severity: 'warning' as const }));
  } catch (thrown) {
    if (!(thrown instanceof ImportFault)) throw thrown;
    const { message, pointer, line, column } = thrown;
    return [{ file, pointer, message, severity: 'error', ...(line && { line, column: column ?? 1 }) }];
  }
}

function checkFile(path: string, context: CheckContext): Fault[] {
  if (basename(path) === 'switches.json') return checkSwitchesFile(path, context);
  const kind = kindOfFolder(basename(dirname(path)));
  if (kind !== undefined) return checkDocumentFile(path, kind, context).faults;
  const { bytes, problem } = readBytes(path);
  if (bytes === undefined) return [{ file: path, pointer: '', message: `The file ${problem}`, severity: 'error' }];
  if (/\.ya?ml$/i.test(path)) return checkImport(path, bytes, context);
  const read = parseFile(path);
  if (read.faults) return read.faults;
  const byShape = kindByShape(read.value);
  return byShape === undefined ? checkImport(path, bytes, context) : readDocument(bytes, byShape, path, context).faults;
}

function checkDocumentFile(
  path: string,
  kind: ResourceKind,
  context: CheckContext,
): { document?: Resource | undefined; faults: Fault[] } {
  const { bytes, problem } = readBytes(path);
  if (bytes === undefined)
    return { faults: [{ file: path, pointer: '', message: `The file ${problem}`, severity: 'error' }] };
  const { document, faults } = readDocument(bytes, kind, path, context);
  return { document, faults: document ? [...faults, ...checkName(path, document)] : faults };
}

function checkSwitchesFile(path: string, context: CheckContext): Fault[] {
  const read = parseFile(path);
  return read.faults ?? checkSwitches(read.value, path, context).faults;
}

function parseFile(path: string): { value: unknown; bytes: Buffer; faults?: never } | { faults: Fault[] } {
  const { bytes, problem } = readBytes(path);
  if (bytes === undefined)
    return { faults: [{ file: path, pointer: '', message: `The file ${problem}`, severity: 'error' }] };
  const parsed = parseJsonBytes(bytes);
  if (parsed.fault === undefined) return { value: parsed.value, bytes };
  const { line, column, message } = parsed.fault;
  return {
    faults: [
      {
        file: path,
        pointer: '',
        message: `Line ${line}, column ${column}: ${message}.`,
        severity: 'error',
        line,
        column,
      },
    ],
  };
}

function kindByShape(value: unknown): ResourceKind | undefined {
  if (!isObject(value)) return undefined;
  if (isObject(value.openapi)) return 'api';
  if (value.type === 'http' || value.type === 'schedule') return 'server';
  if (typeof value.type === 'string') return 'client';
  return Array.isArray(value.operations) ? 'service' : undefined;
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

function shown(path: string, cwd: string): string {
  const below = relative(cwd, path);
  return below === '' || below.startsWith(`..${sep}`) || below === '..' ? path : below;
}

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
