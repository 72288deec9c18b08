import type { Response } from 'express';
import { documentRule } from '../../document/check.ts';
import type { CheckContext } from '../../document/check-context.ts';
import { folders, resourceKinds } from '../../document/layout.ts';
import { listOf, object, type Rule, rule } from '../../document/shape.ts';
import type { Json, ResourceKind } from '../../document/types.ts';
import type { Control } from '../control.ts';
import { type ResourceFault, unknownResource } from '../project/refusals.ts';
import { nameOf } from '../project/revision.ts';
import { emptyAnswer, etagHeader, jsonAnswer, warningsHeader, warningsText } from './answer.ts';
import type { BodyForm } from './body.ts';
import { etagOf, readPrecondition } from './precondition.ts';
import { Refusal } from './problem.ts';
import type { Route } from './route.ts';

/** Bytes of one document: an OpenAPI description can be large. */
export const documentBytes = 16 * 1024 * 1024;

/**
 * A document as a body. Its form is described in full, but only that it is an object is asked for here: what is wrong
 * inside is told all at once, with 422, by the check that every change of the project goes through.
 */
export const documentBody = (kind: ResourceKind, context: CheckContext): BodyForm => ({
  rule: rule(documentRule(kind, context).schema, object),
  limitBytes: documentBytes,
});

const warn = (res: Response, warnings: readonly ResourceFault[]): void => {
  if (warnings.length > 0) res.set('sluice-warnings', warningsText(warnings));
};

const words = { api: 'API', server: 'server', service: 'service', client: 'client' } as const;
/** The kind in words: `an API`, `a server`. */
export const article = (kind: ResourceKind): string => `${kind === 'api' ? 'an' : 'a'} ${words[kind]}`;

/** The live documents of every kind: read, made, replaced and removed one by one, each in force when the call is answered. */
export const resourceRoutes = (control: Control, context: CheckContext): Route[] =>
  resourceKinds.flatMap((kind) => routesOf(control, kind, context));

function routesOf({ store }: Control, kind: ResourceKind, context: CheckContext): Route[] {
  const folder = folders[kind];
  const document: Rule = documentRule(kind, context);
  const body = documentBody(kind, context);
  const address = (id: string): string | undefined => (kind === 'api' ? undefined : nameOf(kind, id));
  return [
    {
      method: 'GET',
      path: `/api/${folder}`,
      right: 'view',
      audit: null,
      summary: `Lists the live ${words[kind]}s, whole.`,
      answers: { 200: jsonAnswer('The documents as they are on disk, by id.', listOf(document)) },
      handle: ({ res }) => void res.json([...store.documents[folder].values()]),
    },
    {
      method: 'POST',
      path: `/api/${folder}`,
      right: 'edit',
      audit: `${kind}.created`,
      summary: `Makes ${article(kind)}, live at once.`,
      body,
      answers: {
        201: jsonAnswer('The document.', document, { ...etagHeader, ...warningsHeader, Location: 'Where it is.' }),
      },
      async handle({ body: given, by, res, audit }) {
        const { id } = given as { id?: Json };
        if (typeof id !== 'string') throw new Refusal(422, '"id" must be there, and a text.', { field: 'id' });
        if (store.get(kind, id) !== undefined) {
          throw new Refusal(409, `There is already ${article(kind)} "${id}". Choose another id, or PUT it there.`, {
            field: 'id',
          });
        }
        const { warnings } = await store.save(kind, id, given, { absent: true }, { user: by, action: 'save' });
        warn(res, warnings);
        audit('info', `Made ${nameOf(kind, id)}`, address(id));
        res.status(201).set({ ETag: etagOf(store.etagOf(kind, id) ?? ''), Location: `/api/${folder}/${id}` });
        res.json(store.get(kind, id));
      },
    },
    {
      method: 'GET',
      path: `/api/${folder}/:id`,
      right: 'view',
      audit: null,
      summary: `Reads ${article(kind)}.`,
      answers: { 200: jsonAnswer('The document as it is on disk.', document, etagHeader) },
      handle(call) {
        const id = call.parameter('id');
        const found = store.get(kind, id);
        if (found === undefined) throw unknownResource(kind, id, store.documents);
        call.res.set('ETag', etagOf(store.etagOf(kind, id) ?? '')).json(found);
      },
    },
    {
      method: 'PUT',
      path: `/api/${folder}/:id`,
      right: 'edit',
      audit: `${kind}.saved`,
      summary: `Makes or replaces ${article(kind)}, live at once.`,
      body,
      ifMatch: true,
      answers: {
        200: jsonAnswer('The document, replaced.', document, { ...etagHeader, ...warningsHeader }),
        201: jsonAnswer('The document, new.', document, { ...etagHeader, ...warningsHeader }),
      },
      async handle(call) {
        const id = call.parameter('id');
        const { created, warnings } = await store.save(kind, id, call.body, readPrecondition(call.req), {
          user: call.by,
          action: 'save',
        });
        warn(call.res, warnings);
        call.audit('info', `${created ? 'Made' : 'Saved'} ${nameOf(kind, id)}`, address(id));
        call.res.status(created ? 201 : 200).set('ETag', etagOf(store.etagOf(kind, id) ?? ''));
        call.res.json(store.get(kind, id));
      },
    },
    {
      method: 'DELETE',
      path: `/api/${folder}/:id`,
      right: 'edit',
      audit: `${kind}.deleted`,
      summary: `Removes ${article(kind)}; the history can bring it back.`,
      ifMatch: true,
      answers: { 204: emptyAnswer('It is gone.') },
      async handle(call) {
        const id = call.parameter('id');
        await store.save(kind, id, null, readPrecondition(call.req), { user: call.by, action: 'delete' });
        call.audit('info', `Removed ${nameOf(kind, id)}`, address(id));
        call.res.status(204).end();
      },
    },
  ];
}
