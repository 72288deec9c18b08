import { idRule } from '../../document/address.ts';
import { quote } from '../../document/found.ts';
import { folders } from '../../document/layout.ts';
import { didYouMean } from '../../document/nearest.ts';
import type { Fault, Project, ResourceKind } from '../../document/types.ts';
import { ControlFault } from '../control.ts';

/** One thing wrong with a resource. `pointer` is RFC 6901, within the resource's document. */
export interface ResourceFault extends Pick<Fault, 'pointer' | 'message' | 'severity'> {
  resource: string;
}

/** What must hold of the current version for a change to be made (RFC 9110, If-Match and If-None-Match). */
export interface Precondition {
  /** Fingerprints, one of which must be the current one; `any` if only something must be there. */
  match?: 'any' | readonly string[];
  /** Nothing may be there. */
  absent?: true;
}

/** @throws ControlFault 412 with the current fingerprint */
export function precondition({ match, absent }: Precondition, current: string | null, name: string): void {
  if (absent && current !== null) {
    throw new ControlFault(412, `${name} is there already. Leave out If-None-Match to replace it.`, {
      field: 'If-None-Match',
      members: { current },
    });
  }
  if (match === undefined || (current !== null && (match === 'any' || match.includes(current)))) return;
  const now = current === null ? 'it is not there' : `it is now ${quote(current)}`;
  const expected = match === 'any' ? 'any version' : match.map(quote).join(', ');
  throw new ControlFault(
    412,
    `${name} was changed meanwhile: ${now}, If-Match asks for ${expected}. Nothing was saved; read it again and make your change on top of it.`,
    { field: 'If-Match', members: { expected: match === 'any' ? '*' : match, current } },
  );
}

/** 422 with every fault; the detail is the first. */
export function invalid(faults: readonly ResourceFault[]): ControlFault {
  const [first] = faults as [ResourceFault];
  const more = faults.length > 1 ? ` There are ${faults.length - 1} more faults.` : '';
  return new ControlFault(422, `${first.resource}: ${first.message}${more}`, {
    ...(first.pointer !== '' && { field: first.pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~') }),
    errors: faults.slice(0, 100).map(({ resource, pointer, message }) => ({ resource, pointer, detail: message })),
  });
}

/** 422 for a resource whose id cannot be one: it would be the name of a file somewhere else. */
export function unusableName(resource: string): ControlFault {
  const id = resource.slice(resource.indexOf('/') + 1);
  const message = `"id" must be an id: ${idRule}, found ${quote(id)}.`;
  return invalid([{ resource, pointer: '/id', message, severity: 'error' }]);
}

/** 409 for drafts whose live documents are no longer what they began with. */
export const conflicting = (names: readonly string[]): ControlFault =>
  new ControlFault(
    409,
    `${names.join(', ')} ${names.length === 1 ? 'was' : 'were'} changed since the draft was begun. Look at the differences, then discard the draft or deploy with "force": true, which replaces the change.`,
    { field: 'resources', members: { conflicts: names } },
  );

/** 404 for a revision to go back to, when one on the way there is `missing`. Old ones are removed in time. */
export const wayBackGone = (number: number, missing: number): ControlFault =>
  new ControlFault(
    404,
    `The way back to revision ${number} is gone: revision ${missing} is damaged or was removed. The oldest that can be restored is ${missing}.`,
  );

/** 404 with the nearest name. */
export function unknownResource(kind: ResourceKind, id: string, project: Project): ControlFault {
  const known = project[folders[kind]] as ReadonlyMap<string, unknown>;
  return new ControlFault(
    404,
    `There is no ${kind === 'api' ? 'API' : kind} ${quote(id)}.${didYouMean(id, known.keys())}`,
  );
}
