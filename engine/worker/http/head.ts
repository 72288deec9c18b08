import { Refusal } from './refusal.ts';

/** Bytes of the request target, and of all headers together. */
export const longestUrl = 16 * 1024;
export const largestHead = 16 * 1024;
export const mostHeaders = 100;

/** The few headers that the server itself has to know of every request. */
export class Head {
  traceparent: string | undefined = undefined;
  requestId: string | undefined = undefined;
  contentType: string | undefined = undefined;
  contentEncoding: string | undefined = undefined;
  origin: string | undefined = undefined;
  /** Declared length of the body; 0 where it comes in chunks or not at all. */
  contentLength = 0;
  chunked = false;
}

/**
 * Picks headers out of node's list of names and values; comparing lengths first costs less than asking for each by name.
 * @throws Refusal 431 for more than 100 headers or 16 KB of them, 400 for a missing or second Host (RFC 9112, section 3.2),
 * 400 for a WebSocket handshake
 */
export function readHead(raw: readonly string[], needsHost: boolean): Head {
  const head = new Head();
  if (raw.length > 2 * mostHeaders) throw tooManyHeaders();
  let bytes = 0;
  let hosts = 0;
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i] as string;
    const value = raw[i + 1] as string;
    bytes += name.length + value.length + 4;
    switch (name.length) {
      case 4:
        if (name.toLowerCase() === 'host') hosts++;
        break;
      case 6:
        if (name.toLowerCase() === 'origin') head.origin = value;
        break;
      case 7:
        if (name.toLowerCase() === 'upgrade' && value.toLowerCase() === 'websocket') throw noWebSocket();
        break;
      case 11:
        // Two of them say nothing (W3C Trace Context, section 3.2.1); joined, they are no valid one.
        if (name.toLowerCase() === 'traceparent') head.traceparent = head.traceparent === undefined ? value : '';
        break;
      case 12: {
        const lower = name.toLowerCase();
        if (lower === 'content-type') head.contentType ??= value;
        else if (lower === 'x-request-id') head.requestId ??= value;
        break;
      }
      case 14:
        if (name.toLowerCase() === 'content-length') head.contentLength = Number(value);
        break;
      case 16:
        if (name.toLowerCase() === 'content-encoding') {
          head.contentEncoding = head.contentEncoding === undefined ? value : `${head.contentEncoding}, ${value}`;
        }
        break;
      case 17:
        if (name.toLowerCase() === 'transfer-encoding') head.chunked = true;
        break;
    }
  }
  if (bytes > largestHead) throw tooManyHeaders();
  if (hosts > 1 || (hosts === 0 && needsHost)) {
    throw new Refusal(
      400,
      `The request has ${hosts === 0 ? 'no Host header' : `${hosts} Host headers`}; send exactly one.`,
      { close: true },
    );
  }
  return head;
}

export const tooManyHeaders = (): Refusal =>
  new Refusal(431, `The headers are too large. Allowed are ${mostHeaders} headers and ${largestHead} bytes.`, {
    close: true,
  });

export const urlTooLong = (): Refusal =>
  new Refusal(414, `The address is too long. Allowed are ${longestUrl} bytes; send what is longer in the body.`, {
    close: true,
  });

const noWebSocket = (): Refusal =>
  new Refusal(400, 'This server does not speak WebSocket. Send a plain HTTP request without the Upgrade header.', {
    close: true,
  });
