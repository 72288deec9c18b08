import { once } from 'node:events';
import http, { type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { actions } from '../../../actions/index.ts';
import type { Control } from '../control.ts';
import { type ApiOptions, createApi } from './app.ts';

export const testToken = 'a-token-for-tests';

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

/** The API of a control on a port (0: any free one), called without any help of a browser or of fetch. */
export async function serveApi(control: Control, options: Partial<ApiOptions> = {}, wanted = 0) {
  const server = http.createServer(
    createApi(control, { token: testToken, editorDir: null, library: actions, ...options }),
  );
  server.listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const call = (
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
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { port, base: `http://127.0.0.1:${port}`, call, close };
}
