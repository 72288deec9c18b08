import type { Response } from 'express';
import type { User } from '../auth/user.ts';
import type { Control } from '../control.ts';
import { problemAnswer, textAnswer } from './answer.ts';
import type { Entrance } from './entrance.ts';
import { EventStream } from './event-stream.ts';
import { Refusal } from './problem.ts';
import { type Recall, recallAfter, recallSince } from './recall.ts';
import { recordFilter, streamQuery } from './record-query.ts';
import { type Route, route } from './route.ts';
import { flushed, whileAsked } from './stored-page.ts';

const mostStreams = 100;
const mostOfOne = 60;
const retrySeconds = 10;

const headers = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store',
  // Proxies would gather the lines and hand them on in lumps.
  'X-Accel-Buffering': 'no',
} as const;

/** What is written, as it is written. */
export const streamRoutes = (control: Control, { access }: Entrance): Route[] => {
  const room = new StreamRoom();
  return [
    route({
      method: 'GET',
      path: '/api/logs/stream',
      right: 'view',
      audit: null,
      summary: 'Sends log records as they are written, as Server-Sent Events.',
      query: streamQuery,
      answers: {
        200: textAnswer(
          'One record as JSON in each event, with its id, which the header Last-Event-ID goes on from. With "from", what is stored since then comes first, 1,000 records at most. An event "gap" says that records are missing: {"dropped": how many, or null when nobody counted them}.',
          ['text/event-stream'],
        ),
        429: problemAnswer(
          `This user has ${mostOfOne} streams open, or too many wrong credentials came from this address.`,
          {
            'Retry-After': 'Seconds to wait.',
          },
        ),
      },
      async handle({ query, req, res, user }) {
        const fits = recordFilter(query);
        if (req.method === 'HEAD') {
          res.writeHead(200, headers).end();
          return;
        }
        // The right is granted to somebody only.
        const reader = user as User;
        room.enter(access.originOf(reader).owner, res);
        res.writeHead(200, headers);
        const isAllowed = () => access.isStillAllowed(reader, 'view');
        const recall = { dir: control.storeDir, tail: control.tail, fits, signal: whileAsked(res) };
        const last = req.headers['last-event-id'];
        await follow(control, new EventStream({ res, fits, isAllowed }), recall, {
          from: query.from,
          last: typeof last === 'string' && last !== '' ? last : undefined,
        });
      },
    }),
  ];
};

async function follow(
  control: Control,
  stream: EventStream,
  recall: Recall,
  { from, last }: { from: number | undefined; last: string | undefined },
): Promise<void> {
  const { signal, tail } = recall;
  let at = tail.end;
  if (from !== undefined || last !== undefined) {
    if (last === undefined || tail.after(last) === null) await flushed(control);
    const recalled = await (last === undefined ? recallSince(from as number, recall) : recallAfter(last, recall));
    ({ at } = recalled);
    if (recalled.isGap) stream.gap(null);
    for (const line of recalled.lines) {
      if (signal.aborted) return;
      stream.records([line]);
      await stream.room();
    }
  }
  if (signal.aborted) return;
  const subscription = tail.subscribe(stream, at);
  const resume = () => subscription.resume();
  const { res } = stream;
  res.on('drain', resume);
  res.once('close', () => subscription.end());
}

/** How many streams there are, and whose. */
class StreamRoom {
  private readonly owners: string[] = [];

  /** @throws Refusal 503 when there are too many, 429 when one user has too many */
  enter(owner: string, res: Response): void {
    const wait = { headers: { 'Retry-After': String(retrySeconds) } };
    if (this.owners.length >= mostStreams)
      throw new Refusal(
        503,
        `There are ${mostStreams} streams open, which is as many as there may be. Close one, or try again later.`,
        wait,
      );
    if (this.owners.filter((each) => each === owner).length >= mostOfOne)
      throw new Refusal(
        429,
        `You have ${mostOfOne} streams open, which is as many as one user may have. Close one.`,
        wait,
      );
    this.owners.push(owner);
    res.once('close', () => this.owners.splice(this.owners.indexOf(owner), 1));
  }
}
