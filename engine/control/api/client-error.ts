import { type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** What a client did wrong before there was a request, by the code of node's error. */
function refusalOf({ code = '', message }: NodeJS.ErrnoException): { status: number; detail: string } | undefined {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return {
        status: 431,
        detail: 'The address and the headers of the request are larger than 16384 bytes together.',
      };
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { status: 413, detail: 'The extensions of a chunk of the body are too large.' };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, detail: 'The request took too long to arrive.' };
  }
  if (!code.startsWith('HPE_')) return undefined;
  return { status: 400, detail: `The request is not valid HTTP/1.1: ${message.replace(/^Parse Error:\s*/, '')}.` };
}

/** Lets a server answer with problem details (RFC 9457) what it cannot make a request of. */
export function answerClientErrors(server: Server): void {
  const last = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (req, res) => void last.set(req.socket, res));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const refusal = refusalOf(error);
    const answer = last.get(socket);
    if (answer !== undefined && !answer.writableFinished && answer.req.complete) {
      // Something came after the request: its answer is sent, and then no more is read.
      answer.once('close', () => socket.end());
      return;
    }
    // In the middle of an answer, another one would be taken for a part of it.
    const isHalfway = answer?.headersSent && !answer.writableFinished;
    const isLast = answer?.writableFinished && !answer.shouldKeepAlive;
    if (refusal === undefined || isHalfway || isLast || !socket.writable) {
      socket.destroy();
      return;
    }
    const { status, detail } = refusal;
    const title = STATUS_CODES[status];
    const body = JSON.stringify({ type: 'about:blank', title, status, detail });
    socket.end(
      [
        `HTTP/1.1 ${status} ${title}`,
        'Content-Type: application/problem+json',
        `Content-Length: ${Buffer.byteLength(body)}`,
        'X-Content-Type-Options: nosniff',
        'Connection: close',
        '',
        body,
      ].join('\r\n'),
    );
  });
}
