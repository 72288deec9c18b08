import { actionsOf } from '../../compile/project.ts';
import { parseAddress } from '../../document/address.ts';
import type { CheckContext } from '../../document/check-context.ts';
import { level, switched } from '../../document/check-fields.ts';
import { quote } from '../../document/found.ts';
import { didYouMean } from '../../document/nearest.ts';
import {
  checkShape,
  describe,
  exactly,
  flag,
  listOf,
  oneOf,
  orNull,
  type Rule,
  rule,
  schemaOf,
  text,
  whole,
} from '../../document/shape.ts';
import type { Client, Project, Server, Service } from '../../document/types.ts';
import type { Control, NodeAnswer, NodeChange } from '../control.ts';
import { jsonAnswer, problemAnswer } from './answer.ts';
import { Refusal } from './problem.ts';
import { textParameter } from './query.ts';
import { type Route, route } from './route.ts';
import { serverState } from './system.ts';

const effective = (value: Rule, more: { readonly [key: string]: Rule } = {}): Rule =>
  exactly({
    own: describe(orNull(value), { description: 'Set at the node itself; null if it is not.' }),
    effective: value,
    from: describe(orNull(text), { description: 'The address that decides; null for the settings, or for nothing.' }),
    ...more,
  });

const switchState = effective(switched({}), {
  left: describe(orNull(whole(0, Number.MAX_SAFE_INTEGER)), {
    description: 'Runs that a switch with "times" may still write; else null.',
  }),
});

/** A node as GET and PATCH answer it. */
export const nodeAnswer = describe(
  exactly(
    {
      address: text,
      kind: oneOf(['server', 'service', 'client', 'operation', 'action']),
      title: text,
      log: switchState,
      capture: switchState,
      logLevel: effective(level),
      active: flag,
      enabled: flag,
      server: serverState,
      quarantined: describe(flag, { description: 'It ended its worker too often and is set aside.' }),
      actions: describe(exactly({ count: whole(0), logged: whole(0) }), {
        description: 'Of an operation: how many actions it has, and how many of them are logged.',
      }),
      traffic: describe(exactly({ perMinute: listOf(whole(0)), errors: listOf(whole(0)) }), {
        description:
          'Runs that ended in each of the last 15 minutes, the one under way last, and those of them that failed (of HTTP: were answered with 5xx). Counted since the engine began; absent when there were none, and for actions.',
      }),
    },
    ['active', 'enabled', 'server', 'quarantined', 'actions', 'traffic'],
  ),
  { title: 'Node', description: 'The switches of a node: its own, what is in force, and where that is from.' },
);

const parameters = {
  address: {
    description:
      'server/<id>, server/<id>/<operation> or server/<id>/<operation>/<action>; likewise service and client.',
  },
};

/**
 * Log and capture switches of nodes, own and effective and from where. `GET /api/nodes` answers those of every server,
 * service, client and operation; with `node`, those of that node and of everything below it, actions included.
 */
export const nodeRoutes = (control: Control, check: CheckContext): Route[] => [
  route({
    method: 'GET',
    path: '/api/nodes',
    right: 'view',
    audit: null,
    summary: 'Gives the switches of every server, service, client and operation, or of one node and all below it.',
    query: { node: textParameter('The address of a node.') },
    answers: {
      200: jsonAnswer('The nodes.', listOf(nodeAnswer)),
      404: problemAnswer('There is no such node.'),
    },
    handle({ query: { node: top }, res }) {
      const addresses = top === undefined ? overview(control.project()) : below(control.project(), top);
      if (top !== undefined && control.node(top) === undefined) throw unknownNode(control.project(), top, 'node');
      res.json(
        addresses
          .map((address) => control.node(address))
          .filter((answer): answer is NodeAnswer => answer !== undefined),
      );
    },
  }),
  {
    method: 'GET',
    path: '/api/nodes/*address',
    right: 'view',
    audit: null,
    summary: 'Gives the switches of a node.',
    parameters,
    answers: { 200: jsonAnswer('The node.', nodeAnswer) },
    handle({ parameter, res }) {
      const address = parameter('address');
      const answer = control.node(address);
      if (answer === undefined) throw unknownNode(control.project(), address);
      res.json(answer);
    },
  },
  {
    method: 'PATCH',
    path: '/api/nodes/*address',
    right: 'operate',
    // Written by changeNode, once the change is in force.
    audit: 'node.changed',
    summary:
      'Changes switches of a node, in force in every worker when it is answered. For log, capture and logLevel null takes back what was set; active and enabled change the document.',
    parameters,
    body: change(check),
    answers: { 200: jsonAnswer('The node as it is now.', nodeAnswer) },
    async handle({ parameter, res, body, by, remote }) {
      const address = parameter('address');
      const answer = await control.changeNode(address, body as NodeChange, by, remote);
      if (answer === undefined) throw unknownNode(control.project(), address);
      res.json(answer);
    },
  },
];

function change(check: CheckContext): Rule {
  const keys = {
    log: orNull(switched(check)),
    capture: orNull(switched(check)),
    logLevel: orNull(level),
    active: flag,
    enabled: flag,
    logActions: describe(orNull(switched(check)), {
      description: 'Sets the log switch of every action of an operation; null takes back what was set.',
    }),
  };
  const schema = { title: 'NodeChange', ...schemaOf({ keys, required: [] }), minProperties: 1 };
  return rule(schema, (value, place) => {
    if (checkShape(value, place, { keys, required: [] }) && Object.keys(value).length === 0) {
      place.error(`The document changes nothing. Allowed are ${Object.keys(keys).join(', ')}.`);
    }
  });
}

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
