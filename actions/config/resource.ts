import { type ActionContext, ActionFailure, type FieldSchema, type Plain, type ResourceName } from '../kit/index.ts';

export const documentSchema: FieldSchema = {
  type: 'object',
  properties: { id: { type: 'string' } },
  required: ['id'],
};
export const documentsSchema: FieldSchema = { type: 'array', items: documentSchema };

/** The id in a reference, which may be an address or the bare id: `server/web`, `web`. */
export const idOf = (kind: ResourceName, reference: string): string =>
  reference.startsWith(`${kind}/`) ? reference.slice(kind.length + 1) : reference;

const article = { api: 'API', server: 'server', service: 'service', client: 'client' } as const;

/** The document that a reference names. Fails with api-unknown, server-unknown, service-unknown or client-unknown. */
export const findDocument = (context: ActionContext, kind: ResourceName, reference: string, field: string): Plain => {
  const document = context.host.project.find(kind, idOf(kind, reference));
  if (document !== undefined) return document;
  throw new ActionFailure(
    `${kind}-unknown`,
    `\`${field}\` must name ${kind === 'api' ? 'an' : 'a'} ${article[kind]} of this project by its address, ${kind}/<id>; there is none of that id`,
  );
};
