import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Response } from 'express';
import { type Control, ControlFault, type FaultAbout } from '../control.ts';

/** A refusal of the API itself. */
export class Refusal extends ControlFault {}

/** Answers with problem details (RFC 9457). Members that are undefined are left out. */
function sendProblem(
  res: Response,
  status: number,
  detail: string,
  members: Readonly<Record<string, unknown>> = {},
): void {
  const body = JSON.stringify({
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    ...members,
  });
  res.statusCode = status;
  // Not by res.type(): Express would add a charset, which the media type does not have.
  res.setHeader('Content-Type', 'application/problem+json');
  res.setHeader('Content-Length', Buffer.byteLength(body));
  res.end(body);
}

/**
 * The last handler: every error becomes a problem. What is nobody's fault but ours is a 500 that says no more than an
 * incident id; the record under that id has the rest.
 */
export function answerErrors(control: Control): ErrorRequestHandler {
  return (thrown: unknown, req, res, _next) => {
    if (res.headersSent) {
      res.destroy();
      return;
    }
    if (thrown instanceof ControlFault) {
      const { headers = {}, field, errors, members } = thrown.about;
      for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
      sendProblem(res, thrown.status, thrown.message, { field, errors, ...members });
      return;
    }
    const refused = refusedByExpress(thrown);
    if (refused !== undefined) {
      const { status, ...members } = refused;
      sendProblem(res, status, refused.detail, members);
      return;
    }
    const incident = randomUUID();
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const described = control.settings.logs.level === 'debug' ? error.stack : `${error.name}: ${error.message}`;
    control.record(
      'error',
      'system',
      'api.failed',
      `${req.method} ${req.path} failed, incident ${incident}: ${described}`,
    );
    const detail = `The engine failed at this request. The log has the details under the incident ${incident}.`;
    sendProblem(res, 500, detail, { incident });
  };
}

// Express and its parts mark what the client did wrong with a status, and some with a type.
function refusedByExpress(
  thrown: unknown,
): { status: number; detail: string; field?: string; errors?: FaultAbout['errors'] } | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { status, type, limit } = thrown as Error & { status?: unknown; type?: unknown; limit?: unknown };
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  switch (type) {
    case 'entity.too.large': {
      const detail = `The body is larger than ${limit} bytes, which is the limit.`;
      return { status, detail, errors: [{ pointer: '', detail }] };
    }
    case 'encoding.unsupported': {
      const detail = 'The body is compressed; send it as it is, without Content-Encoding.';
      return { status, detail, field: 'Content-Encoding' };
    }
    case 'request.aborted':
      return { status, detail: 'The connection ended before the body was complete.' };
  }
  if (status === 400)
    return { status, detail: 'The address of the request is not readable; encode it as RFC 3986 says.' };
  return { status, detail: `${STATUS_CODES[status]}.` };
}
