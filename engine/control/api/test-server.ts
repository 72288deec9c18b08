import { once } from 'node:events';
import http, { type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { actions } from '../../../actions/index.ts';
import type { Control } from '../control.ts';
import { type ApiOptions, createApi } from './app.ts';
import { answerClientErrors } from './client-error.ts';
import { createAnswerCheck } from './test-answers.ts';
import { makeEntrance, type TestEntrance, testToken } from './test-entrance.ts';

export { testToken };

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json<T = Record<string, unknown>>(): T;
}

export interface CallOptions {
  /** Undefined removes a header that is sent otherwise. */
  headers?: Record<string, string | undefined>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  body?: string | Buffer;
  /** null sends none. */
  token?: string | null;
}

/** Made once: every API has the same description. */
let answersFit: ReturnType<typeof createAnswerCheck> | undefined;

/**
 * The API of a control on a port (0: any free one), called without any help of a browser or of fetch. Every answer is
 * held against the description of the API.
 */
export async function serveApi(
  control: Control,
  { entrance: given, ...options }: Partial<ApiOptions> & { entrance?: TestEntrance } = {},
  wanted = 0,
) {
  const entrance = given ?? makeEntrance(control);
  const { access, signIn } = entrance;
  const server = http.createServer(
    createApi(control, { access, signIn, editorDir: null, library: actions, ...options }),
  );
  answerClientErrors(server);
  server.listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const send = (
    method: string,
    path: string,
    { headers = {}, json, body, token = testToken }: CallOptions = {},
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent: Record<string, string | undefined> = {
        host: `127.0.0.1:${port}`,
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      };
      const given = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
      const request = http.request({
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: given,
        setHost: false,
        agent: false,
      });
      request.on('error', reject);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            json: <T>() => JSON.parse(text) as T,
          });
        });
      });
      request.end(body ?? (json === undefined ? undefined : JSON.stringify(json)));
    });
  const call = async (method: string, path: string, options?: CallOptions): Promise<Answer> => {
    const answer = await send(method, path, options);
    answersFit ??= createAnswerCheck((await send('GET', '/api/openapi.json', { token: null })).json());
    const { status, headers, text } = answer;
    answersFit({ method, path, status, type: headers['content-type'] ?? null, text });
    return answer;
  };
  const close = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    if (given === undefined) await entrance.close();
  };
  return { entrance, port, base: `http://127.0.0.1:${port}`, call, close };
}
