import { ActionFailure, type HostRequest, type HostResponse } from '../../actions/kit/define.ts';
import { Agents, type BuildConnector } from './agents.ts';
import { readAnswer, type Save, saveAnswer } from './answer.ts';
import type { Reach } from './connect.ts';
import { follow } from './follow.ts';
import { nameOf } from './request-name.ts';

const megabyte = 1024 * 1024;
/** However much a request asks for. */
const mostInMemory = 100 * megabyte;
const mostInFile = 1024 * megabyte;
/** As much as can be read again. */
const usualInFile = 100 * megabyte;

export interface RequestOptions extends Reach {
  /** Bytes of an answer's body, after its content-encoding was undone, for a request that names no bound. */
  readonly maxBodyBytes: number;
  /** Writes the files of `saveTo`. */
  readonly save: Save;
  /** Opens sockets; undici's way if left out. */
  readonly buildConnector?: BuildConnector;
}

export type Send = (request: HostRequest) => Promise<HostResponse>;

/** Sends requests over connections that are kept and shared. The client is loaded with the first one. */
export function createSend(options: RequestOptions): { send: Send; close: () => Promise<void> } {
  const agents = new Agents(options, options.buildConnector);
  return {
    send: async (request) => {
      const timeout =
        request.timeoutMs === undefined
          ? undefined
          : AbortSignal.timeout(Math.max(1, Math.min(request.timeoutMs, 2 ** 31 - 1)));
      const signal = timeout === undefined ? request.signal : AbortSignal.any([request.signal, timeout]);
      try {
        return await exchange(agents, request, signal, options);
      } catch (thrown) {
        if (request.signal.aborted) throw request.signal.reason;
        if (timeout?.aborted)
          throw new ActionFailure('timeout', `${nameOf(request)} was not answered within ${request.timeoutMs} ms.`);
        throw failureOf(thrown, request);
      }
    },
    close: () => agents.close(),
  };
}

async function exchange(
  agents: Agents,
  request: HostRequest,
  signal: AbortSignal,
  { maxBodyBytes, save }: RequestOptions,
): Promise<HostResponse> {
  const { answer, jar } = await follow(agents, request, signal);
  const { saveTo, maxBytes } = request;
  const isSuccess = answer.statusCode >= 200 && answer.statusCode < 300;
  const response =
    saveTo !== undefined && isSuccess
      ? await saveAnswer(answer, Math.min(maxBytes ?? usualInFile, mostInFile), saveTo, save)
      : await readAnswer(answer, Math.min(maxBytes ?? maxBodyBytes, mostInMemory));
  return jar === undefined ? response : { ...response, cookies: jar.list() };
}

/** A failure that a second attempt would meet again says so in its details. */
function failureOf(thrown: unknown, request: HostRequest): ActionFailure {
  if (thrown instanceof ActionFailure) return thrown;
  const { code = '', message } = thrown as NodeJS.ErrnoException;
  if (code === 'UND_ERR_INVALID_ARG')
    return new ActionFailure('input-invalid', `${nameOf(request)} cannot be sent: ${message}.`);
  return new ActionFailure('request-failed', `${nameOf(request)} got no answer: ${message || code}.`, {
    lasting: /CERT|^UNABLE_TO_|^HPE_/.test(code),
  });
}
