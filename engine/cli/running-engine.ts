import { readLocalAccess } from '../control/auth/local-access.ts';
import { ControlFault } from '../control/control.ts';
import type { Json } from '../document/types.ts';

/** Milliseconds that a call may take: a large import takes its time. */
const answerMs = 180_000;

/** What the control API answered. */
export interface Answered {
  status: number;
  headers: Headers;
  /** null for an empty answer. */
  json: Json;
}

/** An engine that runs on this machine, reached over its control API with the rights of whoever may read its data folder. */
export interface RunningEngine {
  readonly url: string;
  /** @param withinMs how long to wait for the answer */
  call(
    method: string,
    path: string,
    body?: { json: Json } | { text: string; type: string },
    withinMs?: number,
  ): Promise<Answered>;
}

/** The engine that has a data folder open; null when none runs there. */
export async function runningEngine(dataDir: string): Promise<RunningEngine | null> {
  const access = await readLocalAccess(dataDir);
  if (access === null) return null;
  const { url, token } = access;
  return {
    url,
    async call(method, path, body, withinMs = answerMs) {
      const sent =
        body === undefined
          ? undefined
          : 'json' in body
            ? { type: 'application/json', text: JSON.stringify(body.json) }
            : { type: body.type, text: body.text };
      const answer = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(sent && { 'content-type': sent.type }) },
        ...(sent && { body: sent.text }),
        redirect: 'error',
        signal: AbortSignal.timeout(withinMs),
      }).catch((thrown: Error) => {
        throw new ControlFault(
          503,
          `The engine at ${url} does not answer: ${thrown.message}. Look at its log, or end it.`,
        );
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, json: text === '' ? null : (JSON.parse(text) as Json) };
    },
  };
}

/** What a refusal says, with every fault of a body on a line of its own. */
export function detailOf({ status, json }: Answered): string {
  const problem = (json ?? {}) as { detail?: string; errors?: { pointer: string; detail: string }[] };
  const lines = (problem.errors ?? []).map(({ pointer, detail }) => `\n  ${pointer} ${detail}`);
  return `${problem.detail ?? `The engine answered ${status}.`}${lines.length > 1 ? lines.join('') : ''}`;
}
