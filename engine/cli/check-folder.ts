import { lstatSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readBytes } from '../control/document-file.ts';
import { documentsIn } from '../control/project-files.ts';
import { parseSecrets, secretsFile } from '../control/secrets/secrets-file.ts';
import { secretUses } from '../control/secrets/uses.ts';
import { parseAddress } from '../document/address.ts';
import type { CheckContext } from '../document/check-context.ts';
import { checkLinksOf, checkProject } from '../document/check-project.ts';
import { quote } from '../document/found.ts';
import { fileOf, folders, kindOfFolder, resourceKinds } from '../document/layout.ts';
import { didYouMean } from '../document/nearest.ts';
import type { Fault, Project, Resource, ResourceKind } from '../document/types.ts';
import { checkDocumentFile, checkStateFile, stateFiles } from './check-file.ts';

/** A fault in what is being edited does no harm until it is deployed. */
export interface CheckedFault extends Fault {
  isDraft?: true;
}

export interface CheckedFolder {
  /** How many files. */
  checked: number;
  faults: CheckedFault[];
}

/** Checks a data folder, or the documents of one of its folders. Any other folder with something in it is a fault. */
export function checkFolder(path: string, context: CheckContext): CheckedFolder {
  const kind = kindOfFolder(basename(path));
  if (isDataFolder(path)) return checkDataFolder(path, context);
  if (kind === undefined) {
    const message = `This is no data folder. Allowed is one that holds ${Object.values(folders).join(', ')} or drafts, or one of these folders.`;
    return { checked: 0, faults: [{ file: path, pointer: '', message, severity: 'error' }] };
  }
  const { checked, faults } = checkDocuments(dirname(path), kind, context);
  return { checked, faults };
}

// An empty folder is what a first start makes a project of.
function isDataFolder(path: string): boolean {
  const names = readdirSync(path);
  const known: readonly string[] = [...Object.values(folders), 'drafts', ...stateFiles];
  return (
    names.some((name) => known.includes(name)) || (names.length === 0 && kindOfFolder(basename(path)) === undefined)
  );
}

function checkDataFolder(dataDir: string, context: CheckContext): CheckedFolder {
  const live = readProject(dataDir, context);
  const { project } = live;
  const drafts = readProject(join(dataDir, 'drafts'), context);
  const secrets = storedSecrets(dataDir);
  const inFolder = (fault: Fault): Fault => ({ ...fault, file: join(dataDir, fault.file) });

  const faults: CheckedFault[] = [...live.faults];
  faults.push(...[...checkProject(project, context), ...unknownSecrets(project, secrets, context)].map(inFolder));

  // A draft is read with everything else as it is to be after a deploy of all drafts.
  const ofDrafts = [...drafts.faults];
  const deployed = overlaid(project, drafts.project);
  for (const kind of resourceKinds)
    for (const id of drafts.project[folders[kind]].keys())
      ofDrafts.push(...checkLinksOf(kind, id, deployed, context).map(inDrafts));
  ofDrafts.push(...unknownSecrets(drafts.project, secrets, context).map(inDrafts));
  faults.push(...ofDrafts.map((fault) => ({ ...fault, isDraft: true as const })));

  const states = stateFiles.filter((name) => lstatSync(join(dataDir, name), { throwIfNoEntry: false }) !== undefined);
  for (const name of states) faults.push(...checkStateFile(join(dataDir, name), name, context));
  return { checked: live.checked + drafts.checked + states.length, faults };

  function inDrafts(fault: Fault): Fault {
    return inFolder({ ...fault, file: join('drafts', fault.file) });
  }
}

function readProject(dataDir: string, context: CheckContext): CheckedFolder & { project: Project } {
  const project = emptyProject();
  const whole = { checked: 0, faults: [] as Fault[], project };
  for (const kind of resourceKinds) {
    const { checked, faults, documents } = checkDocuments(dataDir, kind, context);
    whole.checked += checked;
    whole.faults.push(...faults);
    for (const document of documents) (project[folders[kind]] as Map<string, Resource>).set(document.id, document);
  }
  return whole;
}

function checkDocuments(
  dataDir: string,
  kind: ResourceKind,
  context: CheckContext,
): CheckedFolder & { documents: Resource[] } {
  const { files, fault } = documentsIn(dataDir, kind);
  const results = files.map((file) => checkDocumentFile(join(dataDir, file), kind, context));
  return {
    checked: files.length,
    faults: [
      ...(fault ? [{ ...fault, file: join(dataDir, fault.file) }] : []),
      ...results.flatMap(({ faults }) => faults),
    ],
    documents: results.flatMap(({ document }) => document ?? []),
  };
}

const emptyProject = (): Project => ({ apis: new Map(), servers: new Map(), services: new Map(), clients: new Map() });

const overlaid = (below: Project, above: Project): Project => ({
  apis: new Map([...below.apis, ...above.apis]),
  servers: new Map([...below.servers, ...above.servers]),
  services: new Map([...below.services, ...above.services]),
  clients: new Map([...below.clients, ...above.clients]),
});

/** Names of what is stored; undefined when nobody can tell. */
function storedSecrets(dataDir: string): string[] | undefined {
  const path = join(dataDir, secretsFile);
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return [];
  const { bytes } = readBytes(path);
  const stored = bytes && parseSecrets(bytes).stored;
  return stored && [...stored.secrets.keys()];
}

function unknownSecrets(project: Project, stored: readonly string[] | undefined, context: CheckContext): Fault[] {
  if (stored === undefined) return [];
  const unknown = [...secretUses(project, context, null)].filter(([name]) => !stored.includes(name));
  return unknown.flatMap(([name, uses]) =>
    uses.flatMap(({ node, pointer }) => {
      const resource = parseAddress(node);
      if (resource === undefined) return [];
      const message = `The secret ${quote(name)} is not stored; a run that needs it fails. Store it with "sluice secrets set ${name}".${didYouMean(name, stored)}`;
      return [{ file: fileOf(resource.kind, resource.resource), pointer, message, severity: 'warning' as const }];
    }),
  );
}
