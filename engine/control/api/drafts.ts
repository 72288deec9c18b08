import type { CheckContext } from '../../document/check-context.ts';
import { differences } from '../../document/difference.ts';
import { folders, resourceKinds } from '../../document/layout.ts';
import {
  anything,
  exactly,
  filledText,
  flag,
  listOf,
  object,
  oneOf,
  orNull,
  shape,
  text,
} from '../../document/shape.ts';
import type { Json, ResourceKind } from '../../document/types.ts';
import type { Control } from '../control.ts';
import type { Draft } from '../project/drafts.ts';
import type { ResourceFault } from '../project/refusals.ts';
import { nameOf } from '../project/revision.ts';
import { emptyAnswer, etagHeader, jsonAnswer, problemAnswer } from './answer.ts';
import { difference } from './history.ts';
import { etagOf, readPrecondition } from './precondition.ts';
import { Refusal } from './problem.ts';
import { article, documentBody } from './resources.ts';
import type { Route } from './route.ts';

const fault = exactly({
  resource: filledText,
  pointer: text,
  message: filledText,
  severity: oneOf(['error', 'warning']),
});

const draftAnswer = exactly({
  resource: filledText,
  kind: oneOf(['added', 'changed', 'same']),
  etag: filledText,
  /** The live version it was begun with; null for a new resource, and for a draft that somebody put there by hand. */
  base: orNull(text),
  /** The live document was changed since. */
  outdated: flag,
  user: orNull(text),
  time: orNull(text),
  diff: listOf(difference),
  faults: listOf(fault),
});

const deployAnswer = exactly({
  deployed: listOf(filledText),
  revision: orNull(anything),
  warnings: listOf(fault),
});

/** Documents being edited, what they would change, and making them live in one step. */
export function draftRoutes({ store }: Control, context: CheckContext): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/drafts',
      right: 'view',
      audit: null,
      summary: 'Lists the drafts with what deploying them would change, and what is wrong with them.',
      answers: { 200: jsonAnswer('By name.', exactly({ drafts: listOf(draftAnswer) })) },
      handle({ res }) {
        res.json({ drafts: store.drafts.list().map((draft) => describeDraft(store, draft)) });
      },
    },
    ...resourceKinds.flatMap((kind) => routesOf(store, kind, context)),
    {
      method: 'POST',
      path: '/api/deploy',
      right: 'edit',
      audit: 'project.deployed',
      summary: 'Makes drafts live in one step: all of them, or the named ones.',
      body: {
        optional: true,
        rule: shape({
          resources: listOf(filledText, 'an array of names, such as "server/hello"'),
          force: flag,
          message: text,
        }),
      },
      answers: {
        200: jsonAnswer('They are live: in force in every worker.', deployAnswer),
        404: problemAnswer('There is no draft of one of the names.'),
      },
      async handle({ body, by, res, audit }) {
        const { resources, force = false, message } = (body ?? {}) as DeployRequest;
        const { deployed, revision, warnings } = await store.deploy(resources ?? null, force, {
          user: by,
          action: 'deploy',
          ...(message !== undefined && { message }),
        });
        if (deployed.length > 0) audit('info', `Deployed ${deployed.join(', ')}`);
        res.json({ deployed, revision: revision?.revision ?? null, warnings });
      },
    },
  ];
}

interface DeployRequest {
  resources?: string[];
  force?: boolean;
  message?: string;
}

function routesOf(store: Control['store'], kind: ResourceKind, context: CheckContext): Route[] {
  const path = `/api/drafts/${folders[kind]}/:id`;
  const body = documentBody(kind, context);
  const draftOf = (id: string): Draft => {
    const draft = store.drafts.get(nameOf(kind, id));
    if (draft === undefined) throw new Refusal(404, `There is no draft of ${nameOf(kind, id)}.`);
    return draft;
  };
  return [
    {
      method: 'GET',
      path,
      right: 'view',
      audit: null,
      summary: `Reads the draft of ${article(kind)}, as it was saved.`,
      answers: { 200: jsonAnswer('The draft; it may not be in order yet.', object, etagHeader) },
      handle(call) {
        const draft = draftOf(call.parameter('id'));
        call.res.set('ETag', etagOf(draft.etag)).json(draft.document);
      },
    },
    {
      method: 'GET',
      path: `${path}/base`,
      right: 'view',
      audit: null,
      summary: `Reads the version of ${article(kind)} that its draft was begun with, while the history has it: what a merge of both needs.`,
      answers: { 200: jsonAnswer('The document as it was live then.', object, etagHeader) },
      async handle(call) {
        const draft = draftOf(call.parameter('id'));
        const base = await store.baseOf(draft);
        if (base === null) {
          throw new Refusal(404, `Nobody has the version that the draft of ${nameOf(kind, draft.id)} was begun with.`);
        }
        call.res.set('ETag', etagOf(draft.base as string)).json(base);
      },
    },
    {
      method: 'PUT',
      path,
      right: 'edit',
      audit: 'draft.saved',
      summary: `Keeps a draft of ${article(kind)}; what is wrong with it is told, and keeps it from being deployed only.`,
      body,
      ifMatch: true,
      answers: {
        200: jsonAnswer('Kept, over an earlier draft.', exactly({ faults: listOf(fault) }), etagHeader),
        201: jsonAnswer('Kept, as the first draft of it.', exactly({ faults: listOf(fault) }), etagHeader),
      },
      async handle(call) {
        const id = call.parameter('id');
        const given = call.body as { id?: Json };
        if (given.id !== id) {
          throw new Refusal(422, `"id" must be ${JSON.stringify(id)}, as in the address of the request.`, {
            field: 'id',
          });
        }
        const { draft, faults, created } = await store.saveDraft(
          kind,
          id,
          call.body,
          readPrecondition(call.req),
          call.by,
        );
        // Drafts are saved as one types: the first one of a resource is the event, the rest would drown it.
        if (created) call.audit('info', `Began a draft of ${nameOf(kind, id)}`);
        call.res
          .status(created ? 201 : 200)
          .set('ETag', etagOf(draft.etag))
          .json({ faults });
      },
    },
    {
      method: 'DELETE',
      path,
      right: 'edit',
      audit: 'draft.discarded',
      summary: `Gives up the draft of ${article(kind)}.`,
      ifMatch: true,
      answers: { 204: emptyAnswer('It is gone; the live document is as it was.') },
      async handle(call) {
        const id = call.parameter('id');
        await store.discardDraft(kind, id, readPrecondition(call.req));
        call.audit('info', `Discarded the draft of ${nameOf(kind, id)}`);
        call.res.status(204).end();
      },
    },
  ];
}

function describeDraft(store: Control['store'], draft: Draft) {
  const { kind, id, document, etag, base, user, time } = draft;
  const live = store.get(kind, id) as Json | undefined;
  const diff = live === undefined ? [] : differences(live, document);
  const faults: ResourceFault[] = store.faultsOf(kind, id, document);
  return {
    resource: nameOf(kind, id),
    kind: live === undefined ? 'added' : diff.length === 0 ? 'same' : 'changed',
    etag,
    base: base ?? null,
    outdated: store.isOutdated(draft),
    user,
    time,
    diff,
    faults,
  };
}
