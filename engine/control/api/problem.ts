import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Response } from 'express';
import { type Control, ControlFault } from '../control.ts';

/** One thing wrong with a body. `pointer` is RFC 6901. */
interface BodyFault {
  pointer: string;
  detail: string;
}

interface About {
  /** The key, query parameter or header it is about. */
  field?: string;
  headers?: Readonly<Record<string, string>>;
  errors?: readonly BodyFault[];
}

/** A refusal with what only HTTP needs: headers of the answer, and every fault of a body. */
export class Refusal extends ControlFault {
  constructor(
    status: number,
    message: string,
    readonly about: About = {},
  ) {
    super(status, message, about.field);
  }
}

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
      const { headers = {}, errors } = thrown instanceof Refusal ? thrown.about : {};
      for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
      sendProblem(res, thrown.status, thrown.message, { field: thrown.field, errors });
      return;
    }
    const refused = refusedByExpress(thrown);
    if (refused !== undefined) {
      sendProblem(res, refused.status, refused.detail);
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
function refusedByExpress(thrown: unknown): { status: number; detail: string } | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { status, type, limit } = thrown as Error & { status?: unknown; type?: unknown; limit?: unknown };
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  switch (type) {
    case 'entity.too.large':
      return { status, detail: `The body is larger than ${limit} bytes, which is the limit.` };
    case 'encoding.unsupported':
      return { status, detail: 'The body is compressed; send it as it is, without Content-Encoding.' };
    case 'request.aborted':
      return { status, detail: 'The connection ended before the body was complete.' };
  }
  if (status === 400)
    return { status, detail: 'The address of the request is not readable; encode it as RFC 3986 says.' };
  return { status, detail: `${STATUS_CODES[status]}.` };
}
