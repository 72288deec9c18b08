import { formatAddress } from '../../document/address.ts';
import type { CheckContext } from '../../document/check-context.ts';
import { type Visitor, walkValues, walkWorkflow } from '../../document/expression.ts';
import type { Client, Json, Operation, Project, Server, Service, Workflow } from '../../document/types.ts';

/** A place that names a secret. */
export interface SecretUse {
  /** Address of the nearest node, or `settings`. */
  node: string;
  /** RFC 6901, in the document of that server, service or client, or in the settings. */
  pointer: string;
}

type Steps = readonly (string | number)[];
/** Takes a name and where it stands. */
type Take = (name: string, node: string, path: Steps) => void;

/**
 * Every place of the project and the settings that names a secret, by the secret's name, in document order. Only what is
 * evaluated counts: not what is inside `$literal`, nor in a field that holds a schema.
 * @param settings the settings document
 */
export function secretUses(project: Project, { actions }: CheckContext, settings: unknown): Map<string, SecretUse[]> {
  const uses = new Map<string, SecretUse[]>();
  const take: Take = (name, node, path) => {
    const use = { node, pointer: pointerOf(path) };
    const known = uses.get(name);
    if (known) known.push(use);
    else uses.set(name, [use]);
  };
  const verbatim: Visitor['verbatim'] = (action, field) => actions?.get(action)?.fields[field]?.verbatim === true;
  for (const kind of ['server', 'service', 'client'] as const) {
    for (const resource of project[`${kind}s`].values()) {
      const node = formatAddress({ kind, resource: resource.id });
      inResource(resource, node, verbatim, take);
    }
  }
  walkValues((settings ?? null) as Json, namesOnly('settings', take));
  return uses;
}

function inResource(
  resource: Server | Service | Client,
  node: string,
  verbatim: Visitor['verbatim'],
  take: Take,
): void {
  for (const key of ['tls', 'security', 'settings'] as const) {
    const value: unknown = (resource as Partial<Server & Client>)[key];
    if (value !== undefined) walkValues(value as Json, namesOnly(node, take), [key]);
  }
  inWorkflow(resource.onError, node, ['onError'], verbatim, take);
  const operations: readonly Operation[] = resource.operations ?? [];
  for (const [index, operation] of operations.entries()) {
    const address = `${node}/${operation.id}`;
    const at = ['operations', index];
    if (operation.security !== undefined) walkValues(operation.security, namesOnly(address, take), [...at, 'security']);
    inWorkflow(operation.workflow, address, [...at, 'workflow'], verbatim, take);
    inWorkflow(operation.onError, address, [...at, 'onError'], verbatim, take);
  }
}

const namesOnly = (node: string, take: Take): Visitor => ({
  expression(expression, kind, path) {
    if (kind === '$secret') take((expression as { $secret: string }).$secret, node, path);
    return undefined;
  },
});

function inWorkflow(
  workflow: Workflow | undefined,
  node: string,
  path: Steps,
  verbatim: Visitor['verbatim'],
  take: Take,
): void {
  if (workflow === undefined) return;
  // A resource's own handler serves many operations, so its actions have no address.
  const isOfOperation = node.split('/').length === 3;
  const actions: { id: string; path: Steps }[] = [];
  walkWorkflow(
    workflow,
    {
      ...(verbatim && { verbatim }),
      action: ({ id }, at) => void actions.push({ id, path: at }),
      expression(expression, kind, at) {
        if (kind !== '$secret') return undefined;
        // Actions come before what is in them, so the last one around this place is the innermost.
        const nearest = isOfOperation ? actions.findLast((action) => isBelow(action.path, at)) : undefined;
        take((expression as { $secret: string }).$secret, nearest ? `${node}/${nearest.id}` : node, at);
        return undefined;
      },
    },
    path,
  );
}

const isBelow = (above: Steps, path: Steps): boolean =>
  above.length <= path.length && above.every((step, index) => step === path[index]);

const pointerOf = (path: Steps): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
