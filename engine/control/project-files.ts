import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isId } from '../document/address.ts';
import type { CheckContext } from '../document/check-context.ts';
import { checkProject } from '../document/check-project.ts';
import { parseJsonBytes } from '../document/json-text.ts';
import { fileOf, folders, resourceKinds } from '../document/layout.ts';
import { isObject } from '../document/shape.ts';
import type { Api, Client, Fault, Project, Resource, ResourceKind, Server, Service } from '../document/types.ts';
import { FileFailure, reasonOf } from './atomic-file.ts';
import { checkName, readBytes, readDocument } from './document-file.ts';
import { forgetGood, lastGood, rememberedIn, rememberGood } from './kept-copies.ts';
import { digestOf, knownIn, noteDigest } from './known-contents.ts';
import { replaceFiles } from './project/replace-files.ts';

export { readSwitches, readVariables, saveSwitches } from './state-files.ts';

export interface LoadedProject {
  project: Project;
  /** What is wrong, by file; a file with an error is served in its last good version, if one is known. */
  faults: Fault[];
  /** What is wrong between documents that are each in order. */
  links: Fault[];
  /** Files served in their last good version. */
  restored: string[];
}

/** What becomes of a read file. `remember: false` leaves the folder as it is, for whoever does not own it. */
export interface LoadOptions {
  remember?: boolean;
}

/**
 * Reads the live documents. A file that is damaged or refused does not keep the others from loading, is never written
 * to, and is served as it was when it was last in order. Never throws. Synchronous: nothing can start before it.
 */
export function loadProject(
  dataDir: string,
  context: CheckContext,
  { remember = true }: LoadOptions = {},
): LoadedProject {
  const project: Project = { apis: new Map(), servers: new Map(), services: new Map(), clients: new Map() };
  const loaded: LoadedProject = { project, faults: [], links: [], restored: [] };
  for (const kind of resourceKinds) {
    const { files, fault } = documentsIn(dataDir, kind);
    if (fault) {
      loaded.faults.push(fault);
      files.push(...rememberedIn(dataDir, folders[kind]).map((name) => `${folders[kind]}/${name}`));
    } else if (remember) forgetRemoved(dataDir, kind, files);
    for (const file of files) {
      const document = loadDocument(dataDir, kind, file, context, remember, loaded);
      if (document !== undefined) addTo(project, kind, document);
    }
  }
  loaded.links.push(...checkProject(project, context));
  return loaded;
}

/** The documents as they were last in force, whatever the files hold now. */
export function lastGoodProject(dataDir: string): Project {
  const project: Project = { apis: new Map(), servers: new Map(), services: new Map(), clients: new Map() };
  for (const kind of resourceKinds) {
    for (const name of rememberedIn(dataDir, folders[kind])) {
      const content = name.startsWith('.') ? undefined : lastGood(dataDir, `${folders[kind]}/${name}`);
      const document = content && parseJsonBytes(content).value;
      if (isObject(document)) addTo(project, kind, document as unknown as Resource);
    }
  }
  return project;
}

/** Whether no document was ever stored in a data folder. */
export function isEmptyProject(dataDir: string): boolean {
  if (existsSync(join(dataDir, '.last-good'))) return false;
  return resourceKinds.every((kind) => documentsIn(dataDir, kind).files.length === 0);
}

/** The files of one kind of document, relative to the data folder, by name. Hidden files are not documents. */
export function documentsIn(dataDir: string, kind: ResourceKind): { files: string[]; fault?: Fault } {
  const folder = folders[kind];
  try {
    const names = readdirSync(join(dataDir, folder)).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
    return { files: names.sort().map((name) => `${folder}/${name}`) };
  } catch (thrown) {
    const { code, reason } = reasonOf(thrown);
    if (code === 'ENOENT') return { files: [] };
    return {
      files: [],
      fault: { file: folder, pointer: '', message: `The folder cannot be read. ${reason}`, severity: 'error' },
    };
  }
}

function loadDocument(
  dataDir: string,
  kind: ResourceKind,
  file: string,
  context: CheckContext,
  remember: boolean,
  { faults, restored }: LoadedProject,
): Resource | undefined {
  const former = lastGood(dataDir, file);
  const { bytes, problem } = readBytes(join(dataDir, file));
  if (remember) noteDigest(join(dataDir, file), bytes && digestOf(bytes));
  const known = bytes !== undefined && former !== undefined && bytes.equals(former);
  const read = bytes ? readDocument(bytes, kind, file, context, known) : { faults: [unreadable(file, problem)] };
  if (read.document !== undefined) read.faults.push(...checkName(file, read.document));
  faults.push(...read.faults);
  if (read.document !== undefined && read.faults.every(({ severity }) => severity === 'warning')) {
    if (remember && bytes && !known) rememberGood(dataDir, file, bytes);
    return read.document;
  }
  const restoredDocument = former && !known ? readDocument(former, kind, file, context).document : undefined;
  if (restoredDocument === undefined) return undefined;
  restored.push(file);
  const message = 'The last good version is in force until the file is repaired; the file is left as it is.';
  faults.push({ file, pointer: '', message, severity: 'warning' });
  return restoredDocument;
}

const unreadable = (file: string, problem: string): Fault => ({
  file,
  pointer: '',
  message: `The file ${problem}`,
  severity: 'error',
});

function forgetRemoved(dataDir: string, kind: ResourceKind, files: readonly string[]): void {
  for (const name of rememberedIn(dataDir, folders[kind])) {
    const file = `${folders[kind]}/${name}`;
    if (!files.includes(file)) forgetGood(dataDir, file);
  }
  const paths = files.map((file) => join(dataDir, file));
  for (const path of knownIn(join(dataDir, folders[kind]))) if (!paths.includes(path)) noteDigest(path, undefined);
}

function addTo(project: Project, kind: ResourceKind, document: Resource): void {
  if (kind === 'api') project.apis.set(document.id, document as Api);
  else if (kind === 'server') project.servers.set(document.id, document as Server);
  else if (kind === 'service') project.services.set(document.id, document as Service);
  else project.clients.set(document.id, document as Client);
}

/**
 * Stores a checked document: on disk when it resolves, and after a crash either as it was or as it is. See replaceFiles.
 * @throws FileFailure when it cannot be written, or the file there is of a newer Sluice; what was there stays
 */
export const saveDocument = (dataDir: string, kind: ResourceKind, document: Resource): Promise<void> =>
  replaceFiles(dataDir, new Map([[fileNamed(kind, document.id), textOf(document)]]));

/** A document as its file holds it: JSON with two spaces, keys in the order they have. */
export const textOf = (document: Resource): string => `${JSON.stringify(document, null, 2)}\n`;

function fileNamed(kind: ResourceKind, id: string): string {
  if (!isId(id)) throw new FileFailure(`${JSON.stringify(id)} is no id, so no file can be named after it.`, 'EINVAL');
  return fileOf(kind, id);
}
