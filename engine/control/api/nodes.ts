import { actionsOf } from '../../compile/project.ts';
import { parseAddress } from '../../document/address.ts';
import type { CheckContext } from '../../document/check-context.ts';
import { level, switched } from '../../document/check-fields.ts';
import { quote } from '../../document/found.ts';
import { didYouMean } from '../../document/nearest.ts';
import { checkShape, flag, type Rule } from '../../document/shape.ts';
import type { Client, Project, Server, Service } from '../../document/types.ts';
import type { Control, NodeAnswer, NodeChange } from '../control.ts';
import { checkBody } from './body.ts';
import { Refusal } from './problem.ts';
import { type Route, wildcard } from './route.ts';

/**
 * Log and capture switches of nodes, own and effective and from where. `GET /api/nodes` answers those of every server,
 * service, client and operation; with `node`, those of that node and of everything below it, actions included.
 */
export const nodeRoutes = (control: Control, check: CheckContext): Route[] => [
  {
    method: 'GET',
    path: '/api/nodes',
    right: 'view',
    audit: null,
    query: ['node'],
    handle({ query, res }) {
      const node = query.get('node');
      const addresses = node === undefined ? overview(control.project()) : below(control.project(), node);
      if (node !== undefined && control.node(node) === undefined) throw unknownNode(control.project(), node, 'node');
      res.json(
        addresses
          .map((address) => control.node(address))
          .filter((answer): answer is NodeAnswer => answer !== undefined),
      );
    },
  },
  {
    method: 'GET',
    path: '/api/nodes/*address',
    right: 'view',
    audit: null,
    handle(call) {
      const address = wildcard(call, 'address');
      const answer = control.node(address);
      if (answer === undefined) throw unknownNode(control.project(), address);
      call.res.json(answer);
    },
  },
  {
    method: 'PATCH',
    path: '/api/nodes/*address',
    right: 'operate',
    // Written by changeNode, once the change is in force.
    audit: 'node.changed',
    body: 'json',
    async handle(call) {
      const address = wildcard(call, 'address');
      if (control.node(address) === undefined) throw unknownNode(control.project(), address);
      checkBody(call.body, change(check));
      const answer = await control.changeNode(address, call.body as NodeChange, call.by);
      if (answer === undefined) throw unknownNode(control.project(), address);
      call.res.json(answer);
    },
  },
];

const orNull =
  (rule: Rule): Rule =>
  (value, place) => {
    if (value !== null) rule(value, place);
  };

const change =
  (check: CheckContext): Rule =>
  (value, place) => {
    const keys = {
      log: orNull(switched(check)),
      capture: orNull(switched(check)),
      logLevel: orNull(level),
      active: flag,
      enabled: flag,
      logActions: flag,
    };
    if (checkShape(value, place, { keys, required: [] }) && Object.keys(value).length === 0) {
      place.error(`The document changes nothing. Allowed are ${Object.keys(keys).join(', ')}.`);
    }
  };

type Owner = Server | Service | Client;

function* resourcesOf(project: Project): Iterable<[address: string, resource: Owner]> {
  for (const kind of ['server', 'service', 'client'] as const) {
    for (const resource of project[`${kind}s`].values()) yield [`${kind}/${resource.id}`, resource];
  }
}

const overview = (project: Project): string[] =>
  [...resourcesOf(project)].flatMap(([address, { operations = [] }]) => [
    address,
    ...operations.map(({ id }) => `${address}/${id}`),
  ]);

function below(project: Project, node: string): string[] {
  const found: string[] = [];
  for (const [address, resource] of resourcesOf(project)) {
    if (node !== address && !node.startsWith(`${address}/`)) continue;
    found.push(address);
    for (const operation of resource.operations ?? []) {
      const actions = actionsOf(operation.workflow, operation.onError ?? resource.onError);
      found.push(`${address}/${operation.id}`, ...actions.map(({ id }) => `${address}/${operation.id}/${id}`));
    }
  }
  return found.filter((address) => address === node || address.startsWith(`${node}/`));
}

function unknownNode(project: Project, address: string, field?: string): Refusal {
  const form =
    parseAddress(address) === undefined
      ? ' An address is server/<id>, server/<id>/<operation> or server/<id>/<operation>/<action>, likewise service/… and client/….'
      : '';
  const about = field === undefined ? {} : { field };
  return new Refusal(
    404,
    `There is no node ${quote(address)}.${didYouMean(address, overview(project)) || form}`,
    about,
  );
}
