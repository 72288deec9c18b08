import { found, quote } from '../../document/found.ts';
import type { Client, ClientOperation, Json } from '../../document/types.ts';
import { Names, toId } from '../ids.ts';
import type { Source } from '../source.ts';
import type { Around, Shared } from './around.ts';
import { convertMatches } from './matches.ts';
import type { Entry } from './references.ts';
import { withoutSecrets } from './secrets.ts';
import { convertSimulations } from './simulations.ts';
import { convertWorkflow } from './workflow.ts';

/** The topic of a subscription: a text, or an object that names it. */
export const topicOf = (event: Source): string | undefined =>
  event.filled ?? event.at('topic').filled ?? event.at('name').filled ?? event.at('id').filled;

/** @param secrets names given to secrets so far, over all clients */
export function convertClient(entry: Entry, type: Source, content: Source, secrets: Names, shared: Shared): Client {
  const node = `client/${entry.id}`;
  const { report } = shared;
  const name = type.filled ?? content.at('setting').at('type').filled;
  if (name === undefined) report.warn(node, type, 'The client has no type; it is taken as "unknown".');
  const info = content.at('info');
  const title = info.at('title').filled;
  const description = info.at('description').filled;
  for (const [key, member] of content.members) {
    if (['events', 'info', 'setting', 'id', 'type', 'version', 'currentVersion'].includes(key) || member.isEmpty)
      continue;
    report.warn(node, member, `${quote(key)} of a client has no counterpart; it is left out.`);
  }
  const settings = convertSettings(content.at('setting'), entry.id, node, secrets, shared);
  const ids = new Names();
  const operations = content
    .at('events')
    .items.map((event) => convertEvent(event, node, ids, shared))
    .filter((operation) => operation !== undefined);
  return {
    schema: 1,
    id: entry.id,
    type: toId(name ?? 'unknown', 'unknown'),
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(settings !== undefined && { settings }),
    ...(operations.length > 0 && { operations }),
  };
}

function convertSettings(
  source: Source,
  owner: string,
  node: string,
  names: Names,
  { report }: Shared,
): { [key: string]: Json } | undefined {
  if (source.object === undefined) {
    if (!source.isEmpty)
      report.warn(
        node,
        source,
        `The settings of a client must be an object, found ${found(source.value)}; they are left out.`,
      );
    return undefined;
  }
  const settings = withoutSecrets(source, { owner, names, report, node }) as { [key: string]: Json };
  // The client itself says these.
  return Object.fromEntries(Object.entries(settings).filter(([key]) => key !== 'id' && key !== 'type'));
}

function convertEvent(source: Source, node: string, ids: Names, shared: Shared): ClientOperation | undefined {
  const { report } = shared;
  const topic = topicOf(source.at('event'));
  if (topic === undefined) {
    report.warn(
      node,
      source,
      `A subscription needs a topic, found ${found(source.at('event').value)}; it is left out.`,
    );
    return undefined;
  }
  const id = ids.give(toId(topic, 'topic'));
  const operation = `${node}/${id}`;
  shared.origins.set(operation, source.pointer);
  const around: Around = { ...shared, node: operation, operation, kind: 'client', ids: new Names(), scopes: new Set() };
  const workflow = convertMatches(source.at('matches'), around, convertWorkflow);
  if (workflow === undefined)
    report.warn(operation, source.at('matches'), 'The operation has no workflow; it is not active.');
  for (const [key, member] of source.members) {
    if (['event', 'matches', 'test', 'defaultTest', '__struct__'].includes(key) || member.isEmpty) continue;
    report.warn(operation, member, `${quote(key)} of an operation has no counterpart; it is left out.`);
  }
  const simulations = convertSimulations([{ source: source.at('test'), direct: false }], source.at('defaultTest').text);
  return {
    id,
    topic,
    ...(workflow === undefined && { active: false }),
    workflow: workflow ?? { actions: [] },
    ...(simulations.length > 0 && { simulations }),
  };
}
