import { STATUS_CODES } from 'node:http';
import { longestUrl, tooManyHeaders, urlTooLong } from './head.ts';
import { problem, problemType } from './problem.ts';
import { Refusal } from './refusal.ts';
import type { Connection } from './sockets.ts';
import type { HttpHooks } from './types.ts';

/** How long a client may take to read its refusal, in milliseconds. */
const lingerMs = 1000;

interface ParserError extends Error {
  code?: string;
  /** The bytes that the parser stopped at. */
  rawPacket?: Buffer;
}

/** Answers what node could not make a request of: bad framing, headers too large or too slow, a body too slow. */
export function answerClientError(error: ParserError, connection: Connection, hooks: HttpHooks): void {
  const refusal = refusalOf(error);
  if (refusal === null || !connection.writable) {
    connection.destroy();
    return;
  }
  // The body of a request that is being read: its exchange knows how to answer.
  if (connection.reader !== null) {
    connection.reader.stop(refusal);
    return;
  }
  if (connection.last) return;
  connection.last = true;
  // Something came after a request whose answer is under way: only that answer is sent, and then no more is read.
  if (connection.unanswered > 0) return;
  const body = rawAnswer(refusal);
  connection.end(body);
  const timer = setTimeout(() => connection.destroy(), lingerMs);
  connection.once('close', () => clearTimeout(timer));
  const [method = '', path = ''] = requestLine(error);
  const { status, message } = refusal;
  hooks.refused({ method, path, status, bytesIn: 0, bytesOut: body.length, remote: connection.peer, message });
}

function refusalOf(error: ParserError): Refusal | null {
  switch (error.code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Refusal(408, 'The request took too long. Headers have 10 s, the whole request 60 s.', { close: true });
    case 'HPE_HEADER_OVERFLOW':
      return startsWithLongLine(error.rawPacket) ? urlTooLong() : tooManyHeaders();
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return new Refusal(413, 'The extensions of a chunk are too large.', { close: true });
    default:
      if (!error.code?.startsWith('HPE_')) return null;
      return new Refusal(400, `The request is not valid HTTP/1.1: ${error.message.replace(/^Parse Error:\s*/, '')}.`, {
        close: true,
      });
  }
}

const startsWithLongLine = (packet: Buffer | undefined): boolean => {
  if (packet === undefined || !/^[A-Z-]+ $/.test(packet.subarray(0, packet.indexOf(' ') + 1).toString('latin1')))
    return false;
  const end = packet.indexOf('\r\n');
  return end === -1 || end > longestUrl;
};

/** Method and path, as far as they can be told. */
function requestLine({ rawPacket }: ParserError): string[] {
  const line = /^([A-Z-]{1,20}) ([^ ?\r\n]{1,1024})/.exec(rawPacket?.subarray(0, 2048).toString('latin1') ?? '');
  return line?.slice(1) ?? [];
}

/** An answer written by hand, where node has no response object. */
export function rawAnswer({ status, message, more }: Refusal): Buffer {
  const body = Buffer.from(JSON.stringify(problem(status, message)));
  const extra = more.headers ?? [];
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${problemType}`,
    `Content-Length: ${body.length}`,
    `Date: ${new Date().toUTCString()}`,
    'Connection: close',
  ];
  for (let i = 0; i < extra.length; i += 2) lines.push(`${extra[i]}: ${extra[i + 1]}`);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}
