import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isId } from '../document/address.ts';
import type { CheckContext } from '../document/check-context.ts';
import { checkProject } from '../document/check-project.ts';
import { fileOf, folders, resourceKinds } from '../document/layout.ts';
import type { Api, Client, Fault, Project, Resource, ResourceKind, Server, Service } from '../document/types.ts';
import { currentSchema, isNewer } from '../document/upgrade.ts';
import { FileFailure, flushFolder, reasonOf, writeFileAtomically } from './atomic-file.ts';
import { checkName, readBytes, readDocument } from './document-file.ts';
import { forgetGood, lastGood, rememberedIn, rememberGood, setAside } from './kept-copies.ts';
import { digestOf, knownIn, noteDigest } from './known-contents.ts';

export { readSwitches, readVariables, saveSwitches } from './state-files.ts';

export interface LoadedProject {
  project: Project;
  /** What is wrong, by file; a file with an error is served in its last good version, if one is known. */
  faults: Fault[];
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
  const loaded: LoadedProject = { project, faults: [], restored: [] };
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
  loaded.faults.push(...checkProject(project, context));
  return loaded;
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

// One change of a file at a time: which content was kept aside must not depend on luck.
const turns = new Map<string, Promise<unknown>>();
function inTurn<T>(path: string, change: () => Promise<T>): Promise<T> {
  const result = (turns.get(path) ?? Promise.resolve()).then(change);
  const settled = result.then(
    () => {},
    () => {},
  );
  turns.set(path, settled);
  void settled.then(() => {
    if (turns.get(path) === settled) turns.delete(path);
  });
  return result;
}

/**
 * Stores a checked document: on disk when it resolves, and after a crash either as it was or as it is. JSON with two
 * spaces, keys in the order they have. A file in its place that was never in force (damaged, or edited meanwhile) is
 * copied to `.set-aside/` first.
 * @throws FileFailure when it cannot be written, or the file there is of a newer Sluice; what was there stays
 */
export function saveDocument(dataDir: string, kind: ResourceKind, document: Resource): Promise<void> {
  const file = fileNamed(kind, document.id);
  const path = join(dataDir, file);
  return inTurn(path, async () => {
    const text = `${JSON.stringify(document, null, 2)}\n`;
    makeWay(dataDir, file, text);
    const before = noteDigest(path, digestOf(text));
    try {
      await writeFileAtomically(path, text);
    } catch (thrown) {
      noteDigest(path, before);
      throw thrown;
    }
    // Should this fail, the next load catches up.
    rememberGood(dataDir, file, text);
  });
}

/**
 * Removes a document. Resolves with false when there is none.
 * @throws FileFailure
 */
export function removeDocument(dataDir: string, kind: ResourceKind, id: string): Promise<boolean> {
  const file = fileNamed(kind, id);
  const path = join(dataDir, file);
  return inTurn(path, async () => {
    const { default: fs } = await import('fs-extra');
    let before: string | undefined;
    try {
      makeWay(dataDir, file, undefined);
      before = noteDigest(path, undefined);
      await fs.unlink(path);
      await flushFolder(join(dataDir, folders[kind]));
    } catch (thrown) {
      if (existsSync(path)) noteDigest(path, before);
      if (thrown instanceof FileFailure) throw thrown;
      const { code, reason } = reasonOf(thrown);
      if (code === 'ENOENT') return false;
      throw new FileFailure(`${file} could not be removed. ${reason}`, code);
    }
    forgetGood(dataDir, file);
    return true;
  });
}

function fileNamed(kind: ResourceKind, id: string): string {
  if (!isId(id)) throw new FileFailure(`${JSON.stringify(id)} is no id, so no file can be named after it.`, 'EINVAL');
  return fileOf(kind, id);
}

// What is about to be replaced must be known elsewhere: as the last good version, or as a copy.
function makeWay(dataDir: string, file: string, text: string | undefined): void {
  const path = join(dataDir, file);
  if (!existsSync(path)) return;
  const { bytes } = readBytes(path);
  if (bytes === undefined) return;
  refuseNewer(file, bytes);
  if (bytes.toString('utf8') === text || lastGood(dataDir, file)?.equals(bytes)) return;
  try {
    setAside(dataDir, file);
  } catch (thrown) {
    const { code, reason } = reasonOf(thrown);
    throw new FileFailure(
      `${file} was not saved, since the file in its place could not be copied out of the way. ${reason}`,
      code,
    );
  }
}

function refuseNewer(file: string, bytes: Buffer): void {
  let schema: unknown;
  try {
    schema = (JSON.parse(bytes.toString('utf8')) as { schema?: unknown } | null)?.schema;
  } catch {
    return;
  }
  if (!isNewer(schema)) return;
  throw new FileFailure(
    `${file} has schema ${String(schema)}, this version knows up to ${currentSchema}. It was not written; use the Sluice that wrote it, or move the file away.`,
    'EPERM',
  );
}
