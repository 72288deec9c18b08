import type { Json, Operation, Resource } from '../../engine/document/types.ts';
import { asJson, type DraftFault } from './draft-calls.ts';
import type { DraftSummary } from './draft-summary.ts';
import { isObject } from './same-json.ts';

/** An action whose mock answers in its place. */
export interface MockedAction {
  operation: string;
  action: string;
}

/** The names of new drafts that these refer to, also by way of each other; without those of `chosen` itself. */
export function newDraftsUsedBy(
  chosen: readonly string[],
  drafts: ReadonlyMap<string, Pick<DraftSummary, 'kind' | 'document'>>,
): ReadonlySet<string> {
  const found = new Set(chosen);
  // A set hands out what is added while one goes through it.
  for (const name of found) {
    const draft = drafts.get(name);
    if (draft === undefined) continue;
    const { document } = draft;
    const used = new Set<string>();
    if ('api' in document && typeof document.api === 'string') used.add(`api/${document.api}`);
    // The address of an operation begins with the name of its resource.
    visit(asJson(document), (value) => {
      if (typeof value === 'string') used.add(value.split('/', 2).join('/'));
    });
    for (const one of used) if (drafts.get(one)?.kind === 'added') found.add(one);
  }
  for (const name of chosen) found.delete(name);
  return found;
}

/** The actions of a resource that would run with a mock in place of what they do. */
export function mockedActions(document: Resource): MockedAction[] {
  const found: MockedAction[] = [];
  for (const { id: operation, workflow } of operationsOf(document))
    visit(workflow as unknown as Json, (value) => {
      if (!isObject(value) || typeof value.action !== 'string' || typeof value.id !== 'string') return;
      const { mock, enabled } = value;
      if (enabled !== false && isObject(mock) && mock.enabled === true) found.push({ operation, action: value.id });
    });
  return found;
}

/**
 * The faults that are left when drafts are deployed together: the engine compares each with what is live, and warns of a call
 * of an operation that is in another of them.
 */
export function lastingFaults(
  { document, faults }: Pick<DraftSummary, 'document' | 'faults'>,
  together: readonly Pick<DraftSummary, 'name' | 'document'>[],
): readonly DraftFault[] {
  const addresses = new Set(
    together.flatMap((draft) => operationsOf(draft.document).map(({ id }) => `${draft.name}/${id}`)),
  );
  return faults.filter(({ severity, pointer }) => {
    const value = severity === 'warning' ? valueAt(asJson(document), pointer) : undefined;
    return typeof value !== 'string' || !addresses.has(value);
  });
}

const operationsOf = (document: Resource): readonly Operation[] =>
  'operations' in document ? (document.operations ?? []) : [];

/** What an RFC 6901 pointer leads to. */
function valueAt(document: Json, pointer: string): Json | undefined {
  let value: Json | undefined = document;
  for (const key of pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')))
    value = Array.isArray(value) ? value[Number(key)] : isObject(value) ? value[key] : undefined;
  return value;
}

function visit(value: Json | undefined, see: (value: Json) => void): void {
  if (value === undefined) return;
  see(value);
  if (Array.isArray(value)) for (const item of value) visit(item, see);
  else if (isObject(value)) for (const part of Object.values(value)) visit(part, see);
}
