import { validateHeaderName, validateHeaderValue } from 'node:http';
import { describeValue } from '../../../actions/kit/check.ts';
import { RunFailure } from '../../run/failure.ts';
import { isEditorCookie } from './cookie.ts';

/** An answer ready to be sent, but for the headers that the server adds. */
export class Answer {
  /** Names and values, one after the other. */
  readonly head: (string | number)[] = [];
  body: string | Uint8Array | null = null;
  /** The content-type as it will be sent; null without a body. */
  type: string | null = null;
  /** Lower-case names that the workflow set itself; null if it set none. */
  own: Set<string> | null = null;

  constructor(readonly status: number) {}

  has(name: string): boolean {
    return this.own?.has(name) ?? false;
  }
}

const textType = 'text/plain; charset=utf-8';
const jsonType = 'application/json';
const bytesType = 'application/octet-stream';

/** Headers of the connection, which only the server knows, and the one that names the run. */
const serverHeaders = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'sluice-run',
]);

/**
 * Reads the output of an HTTP operation, `{status, headers, body}`. Left out, the status is 200; a text is sent as
 * text/plain, bytes as application/octet-stream, null as nothing, anything else as JSON, unless a header names the type.
 * @throws RunFailure output-invalid for what cannot be sent
 */
export function readOutput(output: unknown): Answer {
  if (output === null || output === undefined) return new Answer(200);
  if (typeof output !== 'object' || Array.isArray(output) || output instanceof Uint8Array) {
    throw invalid(`The output must be an object with status, headers and body, found ${describeValue(output)}`);
  }
  const { status, headers, body } = output as { status?: unknown; headers?: unknown; body?: unknown };
  const answer = new Answer(status === undefined || status === null ? 200 : readStatus(status));
  if (headers !== undefined && headers !== null) readHeaders(headers, answer);
  if (body !== undefined && body !== null) readBody(body, answer);
  return answer;
}

function readStatus(status: unknown): number {
  const number = typeof status === 'string' && /^\d{3}$/.test(status) ? Number(status) : status;
  // 1xx announce an answer and are none themselves (RFC 9110, section 15.2).
  if (typeof number === 'number' && Number.isInteger(number) && number >= 200 && number <= 599) return number;
  throw invalid(`The status must be a whole number from 200 to 599, found ${describeValue(status)}`);
}

function readHeaders(headers: unknown, answer: Answer): void {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) {
    throw invalid(
      `The headers must be an object of texts, numbers and arrays of them, found ${describeValue(headers)}`,
    );
  }
  for (const name of Object.keys(headers)) {
    const value: unknown = (headers as Record<string, unknown>)[name];
    if (value === null || value === undefined) continue;
    const lower = name.toLowerCase();
    if (serverHeaders.has(lower)) continue;
    answer.own ??= new Set();
    answer.own.add(lower);
    if (!Array.isArray(value)) addHeader(name, lower, value, answer);
    else for (const one of value) addHeader(name, lower, one, answer);
  }
}

function addHeader(name: string, lower: string, value: unknown, answer: Answer): void {
  if (typeof value !== 'string' && (typeof value !== 'number' || !Number.isFinite(value))) {
    throw invalid(
      `The header ${JSON.stringify(name)} must be a text, a number or an array of them, found ${describeValue(value)}`,
    );
  }
  try {
    validateHeaderName(name);
    validateHeaderValue(name, String(value));
  } catch {
    throw invalid(
      `The header ${JSON.stringify(name)} has characters that its name or value must not have, such as a line end (RFC 9110, section 5.5)`,
    );
  }
  if (lower === 'set-cookie' && isEditorCookie(String(value).split('=', 1)[0]?.trim() ?? '')) {
    throw invalid('The header "set-cookie" must not set the cookie of the editor. Choose another name');
  }
  if (lower === 'content-type') answer.type = String(value);
  else answer.head.push(name, value);
}

function readBody(body: unknown, answer: Answer): void {
  if (typeof body === 'string') {
    answer.type ??= textType;
    answer.body = body;
  } else if (body instanceof Uint8Array) {
    answer.type ??= bytesType;
    answer.body = body;
  } else {
    answer.type ??= jsonType;
    answer.body = stringify(body);
  }
}

function stringify(body: unknown): string | null {
  try {
    return JSON.stringify(body) ?? null;
  } catch (thrown) {
    // Not what was thrown: a toJSON may throw anything.
    const why = thrown instanceof Error ? thrown.message.split('\n', 1)[0] : 'it cannot be read';
    throw invalid(`The body cannot be written as JSON: ${why}`);
  }
}

const invalid = (message: string): RunFailure => new RunFailure('output-invalid', `${message}.`);
