import {
  type ActionContext,
  ActionFailure,
  boolean,
  type HostRequest,
  type HostResponse,
  integer,
  listOf,
  optional,
  type Plain,
} from '../../kit/index.ts';
import { part, readPart } from './part.ts';

const hour = 3_600_000;
/** What may be another answer a moment later. 500 is not among them: it mostly stands for a bug, which stays. */
const passing = [408, 425, 429, 502, 503, 504];

const members = {
  attempts: optional(
    integer({ label: 'Attempts', help: 'All of them, the first included.', minimum: 1, maximum: 20 }),
    3,
  ),
  delay: optional(
    integer({ label: 'Delay', help: 'Milliseconds; doubled before each further attempt.', minimum: 0, maximum: hour }),
    500,
  ),
  'max-delay': optional(integer({ label: 'Longest delay', help: 'Milliseconds.', minimum: 0, maximum: hour }), 30_000),
  statuses: optional(
    listOf(integer({ minimum: 300, maximum: 599 }), {
      label: 'Statuses',
      help: 'Answers that are worth another attempt.',
    }),
    passing,
  ),
  'every-method': optional(
    boolean({ label: 'Every method', help: 'Also post and patch, which may then take effect twice.' }),
    false,
  ),
};

export const retryField = part(members, { label: 'Retry', help: 'When and how often to try again.' });

interface Retry {
  readonly attempts: number;
  readonly delay: number;
  readonly 'max-delay': number;
  readonly statuses: readonly number[];
  readonly 'every-method': boolean;
}

/** Without the field there is one attempt. */
export const readRetry = (given: Plain | undefined): Retry =>
  readPart('retry', members, given ?? { attempts: 1 }) as Retry;

/** RFC 9110, section 9.2.2: done twice is the same as done once. */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** Sends a request as often as `retry` allows and asks for. Cookies of an answer go with the next attempt. */
export const sendInsistently = async (
  first: HostRequest,
  retry: Retry,
  context: Pick<ActionContext, 'host' | 'sleep'>,
): Promise<HostResponse> => {
  const { host } = context;
  let request = first;
  const most = retry['every-method'] || idempotent.has(request.method) ? retry.attempts : 1;
  for (let attempt = 1; ; attempt += 1) {
    // Full jitter: those who failed together must not come back together.
    const backoff = host.random() * Math.min(retry['max-delay'], retry.delay * 2 ** (attempt - 1));
    let pause = backoff;
    try {
      const response = await host.request(request);
      if (attempt === most || !retry.statuses.includes(response.status)) return response;
      pause = pauseAsked(response, host.now()) ?? backoff;
      // Coming back before that would be of no use, and later than this the workflow does not want to wait.
      if (pause > retry['max-delay']) return response;
      if (response.cookies) request = { ...request, cookies: response.cookies };
    } catch (thrown) {
      if (attempt === most || request.signal.aborted || !mayPass(thrown)) throw thrown;
    }
    await context.sleep(pause);
  }
};

const mayPass = (thrown: unknown): boolean => {
  if (!(thrown instanceof ActionFailure)) return false;
  const { lasting } = Object(thrown.details) as { lasting?: unknown };
  return thrown.code === 'timeout' || (thrown.code === 'request-failed' && lasting !== true);
};

/** Milliseconds that a `retry-after` header asks for, in seconds or as a date (RFC 9110, section 10.2.3). */
const pauseAsked = ({ headers }: HostResponse, now: number): number | undefined => {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]+,? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
};
