import http, { type IncomingHttpHeaders } from 'node:http';

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface RawRequest {
  method: string;
  /** Sent as it is: nothing is encoded, resolved or refused. */
  path: string;
  headers?: http.OutgoingHttpHeaders;
  body?: string | Uint8Array | undefined;
}

/**
 * One call to `base`, byte for byte as it is given, on a connection of its own. Of an event stream, the head is the answer.
 * @throws Error when there is no answer within 10 s
 */
export const rawCall = (base: string, { method, path, headers = {}, body }: RawRequest): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base);
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const request = http.request({ hostname, port, method, path, headers: { ...length, ...headers }, agent: false });
    const timer = setTimeout(() => request.destroy(new Error('no answer within 10 s')), 10_000);
    const done = (answer: RawAnswer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    request.on('response', (response) => {
      const { statusCode: status = 0, headers: received } = response;
      if (received['content-type']?.startsWith('text/event-stream')) {
        request.destroy();
        return done({ status, headers: received, text: '' });
      }
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done({ status, headers: received, text: Buffer.concat(chunks).toString() }));
      response.on('error', reject);
    });
    // After an answer it is of no interest that the rest of a body was not taken.
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.end(body);
  });
