import { isId } from '../../document/address.ts';
import { type Difference, differences } from '../../document/difference.ts';
import { fileOf, resourceKinds } from '../../document/layout.ts';
import { isObject } from '../../document/shape.ts';
import type { Json, ResourceKind } from '../../document/types.ts';

/** The project's variables as one thing that changes, besides the documents. */
export const variablesName = 'variables';
/** The engine's settings, whose changes are in the history beside those of the project. */
const settingsName = 'settings';

/** What was done: `files` is a change by hand, by git or by another program. */
export type RevisionAction =
  | 'deploy'
  | 'save'
  | 'delete'
  | 'import'
  | 'replace'
  | 'restore'
  | 'start'
  | 'stop'
  | 'switch'
  | 'variables'
  | 'settings'
  | 'files';

/** One thing of the project before and after. null stands for not being there. */
export interface Change {
  /** `server/hello`, likewise service/…, client/… and api/…; or `variables` or `settings`. */
  resource: string;
  before: Json;
  after: Json;
}

/** One step of the project's history. */
export interface Revision {
  /** 1, 2, 3 … */
  revision: number;
  /** RFC 3339 in UTC with milliseconds. */
  time: string;
  user: string;
  action: RevisionAction;
  /** What whoever did it had to say. */
  message: string | null;
  changes: Change[];
}

/** The revision in a value that was read; undefined when it is none, such as of a file that somebody changed. */
export function revisionIn(value: unknown): Revision | undefined {
  if (!isObject(value)) return undefined;
  const { revision, time, user, action, message, changes } = value;
  const isRevision =
    Number.isSafeInteger(revision) &&
    (revision as number) >= 1 &&
    [time, user, action].every((text) => typeof text === 'string' && text !== '') &&
    (message === null || typeof message === 'string') &&
    Array.isArray(changes) &&
    changes.every(isChange);
  return isRevision ? (value as unknown as Revision) : undefined;
}

function isChange(value: unknown): value is Change {
  if (!isObject(value)) return false;
  const { resource, before, after } = value;
  if (typeof resource !== 'string' || ![before, after].every((side) => side === null || isObject(side))) return false;
  if (resource === variablesName || resource === settingsName) return true;
  const parsed = parseName(resource);
  return parsed !== undefined && (!isObject(after) || after.id === parsed.id);
}

/** A change as the API tells it: with what is different instead of two documents. */
export interface ChangeAnswer {
  resource: string;
  kind: 'added' | 'removed' | 'changed';
  /** Empty for what is new or gone as a whole. */
  diff: Difference[];
}

/** The name of a resource: its address, or `api/<id>`. */
export const nameOf = (kind: ResourceKind, id: string): string => `${kind}/${id}`;

/** The kind and id in a resource's name; undefined when it is none. */
export function parseName(name: string): { kind: ResourceKind; id: string } | undefined {
  const [kind, id, ...rest] = name.split('/');
  const known = resourceKinds.find((candidate) => candidate === kind);
  return known !== undefined && isId(id) && rest.length === 0 ? { kind: known, id } : undefined;
}

/** The file that a change goes to, relative to the data folder; undefined for what is not the project's. */
export function fileOfChange(resource: string): string | undefined {
  if (resource === variablesName) return 'variables.json';
  const parsed = parseName(resource);
  return parsed && fileOf(parsed.kind, parsed.id);
}

/** A file's text for a value. */
export const fileText = (value: Json): string | null => (value === null ? null : `${JSON.stringify(value, null, 2)}\n`);

/** Longer values are cut where many revisions are listed, and further differences left out. */
const longest = 2000;
const mostDifferences = 100;

/** A change as the API tells it; with `whole` nothing is cut. */
export function describeChange({ resource, before, after }: Change, whole: boolean): ChangeAnswer {
  if (before === null) return { resource, kind: 'added', diff: [] };
  if (after === null) return { resource, kind: 'removed', diff: [] };
  if (whole) return { resource, kind: 'changed', diff: differences(before, after) };
  return { resource, kind: 'changed', diff: differences(before, after, mostDifferences).map(cut) };
}

function cut(difference: Difference): Difference {
  const short = { ...difference };
  for (const key of ['before', 'after'] as const) {
    const value = short[key];
    if (value === undefined) continue;
    const text = JSON.stringify(value);
    if (text.length > longest) short[key] = { $cut: { bytes: Buffer.byteLength(text), head: text.slice(0, 200) } };
  }
  return short;
}
