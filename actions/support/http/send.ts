import {
  type ActionContext,
  ActionFailure,
  boolean,
  type HostRequest,
  type InputOf,
  integer,
  type Lazy,
  lazy,
  object,
  optional,
  type Plain,
  string,
} from '../../kit/index.ts';
import { answerFailure, caughtError } from '../failure.ts';
import { filePath } from '../file-path.ts';
import { type Answer, buildBody, buildHeaders, isSuccess, readAnswer } from './content.ts';
import { cookiesField, openJar } from './cookies.ts';
import { readRetry, retryField, sendInsistently } from './retry.ts';
import { readTls, tlsField } from './tls.ts';

/** How a request travels; the same for every action that sends one. */
export const travelFields = {
  timeout: optional(
    integer({ label: 'Timeout', help: 'Milliseconds of one attempt.', minimum: 1, maximum: 2 ** 31 - 1 }),
  ),
  retry: optional(retryField),
  redirects: optional(
    integer({
      label: 'Redirects',
      help: 'How many are followed; 0 gives the redirect itself.',
      minimum: 0,
      maximum: 5,
    }),
    5,
  ),
  proxy: optional(string({ label: 'Proxy', help: 'http://user:password@host:port, or https.' })),
  cookies: optional(cookiesField),
  tls: optional(tlsField),
  'max-bytes': optional(
    integer({ label: 'Largest body', help: 'Bytes of the answer, unpacked.', minimum: 1, maximum: 2 ** 30 }),
  ),
};

/** What becomes of an answer, or of none. */
export const handlerFields = {
  onError: optional(lazy({ label: 'On error', help: 'Steps for when no answer comes.' })),
  stopOnError: optional(boolean({ label: 'Stop on error', help: 'Fail all the same, after the steps.' }), false),
  onErrorCode: optional(lazy({ label: 'On error code', help: 'Steps for a status that is not 2xx.' })),
  stopOnErrorCode: optional(
    boolean({ label: 'Stop on error code', help: 'Fail, after the steps if there are any.' }),
    false,
  ),
};

export const answerFields = {
  'decode-body': optional(boolean({ label: 'Decode body', help: 'Left open, the content type decides.' })),
  'save-to': optional(filePath({ label: 'Save to', help: 'File below files/ that takes the body of a 2xx answer.' })),
};

export const headerField = optional(object({ label: 'Headers', help: 'Values by name.' }), {});
export const queryField = optional(object({ label: 'Query', help: 'Values by name.' }), {});
export const variablesField = optional(object({ label: 'Variables', help: 'Values by placeholder name.' }), {});

export const answerSchema = {
  type: 'object',
  properties: { status: { type: 'integer' }, headers: { type: 'object' }, body: {}, cookies: { type: 'array' } },
  required: ['status', 'headers', 'body'],
};

export const sendFailures = {
  'request-failed':
    'No answer came: refused, reset, not to be resolved, a certificate that is not trusted, too many redirects.',
  'request-forbidden': 'The address, the one of the proxy, or one that a redirect leads to, may not be called.',
  timeout: 'The answer was not complete within `timeout`.',
  'too-large': 'The answer has more than `max-bytes`.',
};

export const answerFailures = {
  ...sendFailures,
  'request-status': 'The status is not 2xx, and `stopOnErrorCode` is set.',
  'response-invalid': 'The body of a 2xx answer is not JSON, and `decode-body` is set.',
  'file-access': '`save-to` leads out of files/, or to the logs.',
  'file-failed': 'The file system refused to write `save-to`.',
};

/** A request that is ready but for how it travels. */
export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly header: Plain;
  readonly body?: unknown;
  readonly saveTo?: string | undefined;
  readonly decode?: boolean | undefined;
}

export type Travel = InputOf<typeof travelFields>;

/** An answer, and the size of its body as it was read. */
interface Received {
  readonly answer: Answer;
  readonly bytes: number;
}
type Send = () => Promise<Received>;

/** Checks everything that can be checked before, and gives what sends the request. Throws input-invalid. */
export const prepare = (outgoing: Outgoing, travel: Travel, context: ActionContext): Send => {
  const { method, url, saveTo, decode } = outgoing;
  const headers = buildHeaders(outgoing.header);
  const body = buildBody(outgoing.body ?? undefined, headers);
  const retry = readRetry(travel.retry);
  const jar = travel.cookies == null ? undefined : openJar(travel.cookies, url, context.host.memory);
  const request: HostRequest = {
    method: method.toUpperCase(),
    url,
    headers,
    ...(body !== undefined && { body }),
    ...(travel.timeout != null && { timeoutMs: travel.timeout }),
    redirects: travel.redirects,
    ...(travel['max-bytes'] != null && { maxBytes: travel['max-bytes'] }),
    ...(travel.proxy != null && { proxy: travel.proxy }),
    ...(travel.tls != null && { tls: readTls(travel.tls) }),
    ...(jar && { cookies: jar.cookies }),
    ...(saveTo != null && { saveTo }),
    signal: context.signal,
  };
  return async () => {
    const response = await sendInsistently(request, retry, context);
    const cookies = response.cookies && jar?.keep(response.cookies);
    const answer = readAnswer(response, decode);
    return { answer: cookies ? { ...answer, cookies } : answer, bytes: response.body.length };
  };
};

interface Handlers {
  readonly onError?: Lazy | undefined;
  readonly stopOnError: boolean;
  readonly onErrorCode?: Lazy | undefined;
  readonly stopOnErrorCode: boolean;
}

/** Sends, and gives the answer or what the handlers make of it. */
export const settle = async (send: Send, handlers: Handlers, signal: AbortSignal): Promise<unknown> => {
  let answer: Answer;
  try {
    ({ answer } = await send());
  } catch (thrown) {
    // A request that was never sent is a fault of the workflow, and one that was called off none at all.
    if (signal.aborted || (thrown instanceof ActionFailure && thrown.code === 'input-invalid')) throw thrown;
    return answerFailure(thrown, handlers.onError, handlers.stopOnError);
  }
  if (isSuccess(answer.status) || !(handlers.onErrorCode || handlers.stopOnErrorCode)) return answer;

  const failure = statusFailure(answer.status);
  const error = { ...caughtError(failure), type: failure.code, ...answer };
  const result = await handlers.onErrorCode?.({ response: answer, error });
  if (handlers.stopOnErrorCode) throw failure;
  return result;
};

export const statusFailure = (status: number): ActionFailure =>
  new ActionFailure('request-status', `The answer has the status ${status}, which is not 2xx.`, { status });
