import { anything, exactly, filledText, listOf, oneOf, orNull, text, whole } from '../../document/shape.ts';
import { nextTurn, overdue } from '../../run/turn.ts';
import type { User } from '../auth/user.ts';
import type { Control } from '../control.ts';
import { type ChangeAnswer, describeChange, type Revision } from '../project/revision.ts';
import { jsonAnswer } from './answer.ts';
import { Refusal } from './problem.ts';
import { textParameter, wholeParameter } from './query.ts';
import { type Route, route } from './route.ts';

const most = Number.MAX_SAFE_INTEGER;
/** Characters after which a list of revisions ends, to be gone on with by its cursor. */
const longestPage = 8 * 1024 * 1024;

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

async function answerOf({ changes: changed, ...head }: Revision, isWhole: boolean) {
  const described: ChangeAnswer[] = [];
  for (const change of changed) {
    // Large documents take some time to compare; others must not wait for all of them.
    if (overdue(performance.now())) await nextTurn();
    described.push(describeChange(change, isWhole));
  }
  return { ...head, changes: described };
}

/** Settings are for administrators alone: the address of an endpoint is often as good as a password. */
function shownTo(user: User | null, revision: Revision): Revision | undefined {
  if (user?.rights.includes('administer')) return revision;
  const shown = revision.changes.filter((change) => change.resource !== 'settings');
  return shown.length === 0 ? undefined : { ...revision, changes: shown };
}

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
      limit: wholeParameter('How many at most; fewer when they are large.', 1, 1000, 50),
      cursor: wholeParameter('Only revisions before this one; 0 for all.', 0, most, 0),
      resource: textParameter('Only what changed this one, such as "server/hello".'),
    },
    answers: {
      200: jsonAnswer(
        'The revisions; long values in a diff are cut and say so. With a cursor there are more.',
        exactly({ revisions: listOf(revisionAnswer), cursor: orNull(whole(1, most)) }),
      ),
    },
    async handle({ query: { limit, cursor, resource }, user, res }) {
      // As text one by one, so that neither all of them are held at once nor written without a pause.
      const texts: string[] = [];
      let count = 0;
      let length = 0;
      let more: number | null = null;
      for await (const revision of store.history.newestFirst({ before: cursor || undefined, resource })) {
        const shown = shownTo(user, revision);
        const text = shown && JSON.stringify(await answerOf(shown, false));
        if (text !== undefined) texts.push(text);
        length += text?.length ?? 0;
        count++;
        if (count < limit && length < longestPage) continue;
        more = revision.revision;
        break;
      }
      res.type('json').send(`{"revisions":[${texts.join(',')}],"cursor":${more}}`);
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
      const read = await store.history.read(number);
      if (read === undefined && number >= 1 && number <= store.history.newest)
        throw new Refusal(404, `Revision ${number} is damaged or was removed.`);
      const revision = read && shownTo(call.user, read);
      if (revision === undefined) throw new Refusal(404, `There is no revision ${number}, or no longer.`);
      call.res.json(await answerOf(revision, true));
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
      const changed = revision ? (await answerOf(revision, false)).changes : [];
      call.res.json({ revision: revision?.revision ?? null, changes: changed });
    },
  },
];
