import { ActionFailure, any, defineAction, describeValue, optional } from '../kit/index.ts';
import { longestMs, milliseconds } from '../support/deadline.ts';

const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/i;

const timeOf = (until: unknown): number => {
  const ms =
    until instanceof Date ? until.getTime() : typeof until === 'string' && form.test(until) ? Date.parse(until) : until;
  if (typeof ms === 'number' && Number.isFinite(ms)) return ms;
  throw new ActionFailure(
    'input-invalid',
    `\`until\` must be a date-time such as "2030-01-31T08:00:00Z", or milliseconds since 1970, found ${describeValue(until)}`,
  );
};

export default defineAction({
  id: 'flow/wait',
  title: 'Wait',
  summary: 'Waits for a time, or until a date and time.',
  keywords: ['delay', 'pause', 'sleep'],
  documentation: `
Give either \`duration\` or \`until\`. \`until\` is a date-time of RFC 3339 with its offset from UTC, a date, or
milliseconds since 1970; when it is over already, nothing is waited for. The clock is read once, at the beginning. Other
runs go on meanwhile. The time limit of the run counts the wait: a run is no place to wait for tomorrow; use a schedule
or a timer for that. Cancelling the run ends the wait.`,
  fields: {
    duration: optional(milliseconds('Duration', 'How long.')),
    until: optional(any({ label: 'Until', help: 'Date and time with offset, or milliseconds since 1970.' })),
  },
  output: null,
  examples: [
    { given: { duration: 1 }, gives: null },
    { given: { until: '2020-02-29T12:00:00+01:00' }, gives: null, note: 'That is over.' },
    { given: { until: 'tomorrow' }, fails: 'input-invalid' },
    { given: { until: '2020-02-30T12:00:00' }, fails: 'input-invalid', note: 'It has no offset from UTC.' },
    { given: { until: '9999-12-31T23:59:59Z' }, fails: 'input-invalid', note: 'No timer is set for that long.' },
    { given: {}, fails: 'input-invalid' },
    { given: { duration: 1, until: 0 }, fails: 'input-invalid' },
  ],
  run: async ({ duration, until }, context) => {
    if ((duration === undefined) === (until === undefined))
      throw new ActionFailure(
        'input-invalid',
        `Give either \`duration\` or \`until\`, found ${duration === undefined ? 'neither' : 'both'}`,
      );
    const ms = duration ?? timeOf(until) - context.host.now();
    if (ms > longestMs)
      throw new ActionFailure('input-invalid', `\`until\` must be at most ${longestMs} ms ahead, about 24 days`);
    if (ms > 0) await context.sleep(ms);
    return null;
  },
});
