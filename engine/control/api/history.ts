import { anything, exactly, filledText, listOf, oneOf, orNull, text, whole } from '../../document/shape.ts';
import type { Control } from '../control.ts';
import { describeChange, type Revision } from '../project/revision.ts';
import { jsonAnswer } from './answer.ts';
import { Refusal } from './problem.ts';
import { textParameter, wholeParameter } from './query.ts';
import { type Route, route } from './route.ts';

const most = Number.MAX_SAFE_INTEGER;

/** One place where two versions of a document differ. */
export const difference = exactly(
  { path: text, kind: oneOf(['added', 'removed', 'changed', 'reordered']), before: anything, after: anything },
  ['before', 'after'],
);

const changes = listOf(
  exactly({ resource: filledText, kind: oneOf(['added', 'removed', 'changed']), diff: listOf(difference) }),
);

const revisionAnswer = exactly({
  revision: whole(1, most),
  time: filledText,
  user: filledText,
  action: filledText,
  message: orNull(text),
  changes,
});

const answerOf = ({ changes: changed, ...head }: Revision, isWhole: boolean) => ({
  ...head,
  changes: changed.map((change) => describeChange(change, isWhole)),
});

const numberIn = (given: string): number => {
  if (/^\d{1,15}$/.test(given)) return Number(given);
  throw new Refusal(404, `A revision is a whole number, found ${JSON.stringify(given.slice(0, 60))}.`);
};

/** Every deploy and change of the project: who, when and what, and the way back. */
export const historyRoutes = ({ store }: Control): Route[] => [
  route({
    method: 'GET',
    path: '/api/history',
    right: 'view',
    audit: null,
    summary: 'Lists the changes of the project, newest first, each with its diff.',
    query: {
      limit: wholeParameter('How many.', 1, 1000, 50),
      cursor: wholeParameter('Only revisions before this one; 0 for all.', 0, most, 0),
      resource: textParameter('Only what changed this one, such as "server/hello".'),
    },
    answers: {
      200: jsonAnswer(
        'The revisions; long values in a diff are cut and say so. With a cursor there are more.',
        exactly({ revisions: listOf(revisionAnswer), cursor: orNull(whole(1, most)) }),
      ),
    },
    async handle({ query: { limit, cursor, resource }, res }) {
      const revisions = await store.history.list({ limit, before: cursor || undefined, resource });
      res.json({
        revisions: revisions.map((revision) => answerOf(revision, false)),
        cursor: revisions.length === limit ? (revisions.at(-1)?.revision ?? null) : null,
      });
    },
  }),
  {
    method: 'GET',
    path: '/api/history/:revision',
    right: 'view',
    audit: null,
    summary: 'Reads one change of the project with everything that it changed.',
    answers: { 200: jsonAnswer('The revision; nothing is cut.', revisionAnswer) },
    async handle(call) {
      const number = numberIn(call.parameter('revision'));
      const revision = await store.history.read(number);
      if (revision === undefined) throw new Refusal(404, `There is no revision ${number}, or no longer.`);
      call.res.json(answerOf(revision, true));
    },
  },
  {
    method: 'POST',
    path: '/api/history/:revision/restore',
    right: 'edit',
    audit: 'project.restored',
    summary:
      'Puts the project back to what it was right after a revision, which is a new revision; 0 is before the first.',
    answers: {
      200: jsonAnswer('It is in force.', exactly({ revision: orNull(whole(1, most)), changes })),
    },
    async handle(call) {
      const number = numberIn(call.parameter('revision'));
      const { revision } = await store.restore(number, call.by);
      if (revision) call.audit('warning', `Put the project back to revision ${number}`);
      const changed = (revision?.changes ?? []).map((change) => describeChange(change, false));
      call.res.json({ revision: revision?.revision ?? null, changes: changed });
    },
  },
];
