import { actionsOf } from '../compile/project.ts';
import { hashJson } from '../document/hash.ts';
import type { Json, Project, Switch, Switches } from '../document/types.ts';
import type { BoundedValue, SwitchKind } from '../log/policy.ts';

/** A switch at its place. */
export interface Placed {
  readonly address: string;
  readonly kind: SwitchKind;
  readonly value: BoundedValue;
}

export const hashOf = (value: BoundedValue): string => hashJson(value as { [key: string]: Json });

/** Milliseconds since 1970 at which a switch ends; infinite if it has no bound in time, or is off anyway. */
export const untilOf = ({ on, until }: BoundedValue): number =>
  on && until !== undefined ? Date.parse(until) : Number.POSITIVE_INFINITY;

const bounded = (address: string, node: { log?: Switch; capture?: Switch }): Placed[] =>
  (['log', 'capture'] as const).flatMap((kind) => {
    const value = node[kind];
    return typeof value === 'object' ? [{ address, kind, value }] : [];
  });

/** The bounded switches among those set while running. */
export const placedIn = (switches: Switches): Placed[] =>
  Object.entries(switches).flatMap(([address, entry]) => bounded(address, entry));

/** The bounded switches that the documents have. */
export function defaultsIn(project: Project): Placed[] {
  const found: Placed[] = [];
  for (const kind of ['server', 'service', 'client'] as const) {
    for (const resource of project[`${kind}s`].values()) {
      const above = `${kind}/${resource.id}`;
      found.push(...bounded(above, resource));
      for (const operation of resource.operations ?? []) {
        const address = `${above}/${operation.id}`;
        found.push(...bounded(address, operation));
        for (const action of actionsOf(operation.workflow, operation.onError ?? resource.onError))
          found.push(...bounded(`${address}/${action.id}`, action));
      }
    }
  }
  return found;
}
