import express, { type Request, type RequestHandler } from 'express';
import { parseJsonBytes } from '../../document/json-text.ts';
import { Place } from '../../document/place.ts';
import type { Rule } from '../../document/shape.ts';
import type { Fault, Json } from '../../document/types.ts';
import { Refusal } from './problem.ts';

/** The most bytes of a body. */
const limit = 1_048_576;

const isJson = (type: string | undefined): boolean =>
  type !== undefined && /^application\/json *(; *charset="?utf-8"? *)?$/i.test(type.trim());

/** Reads a body into `req.body` as bytes; refuses one that is missing (400) or declared as anything but JSON (415). */
export const readBody: RequestHandler[] = [
  (req, _res, next) => {
    const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
    if (!hasBody) throw new Refusal(400, 'The body is missing; send JSON.');
    const type = req.headers['content-type'];
    if (!isJson(type)) {
      const found = type === undefined ? 'nothing' : JSON.stringify(type.slice(0, 100));
      throw new Refusal(415, `The Content-Type must be application/json, found ${found}.`, {
        field: 'Content-Type',
        headers: { Accept: 'application/json' },
      });
    }
    next();
  },
  express.raw({ type: () => true, limit, inflate: false }),
];

/**
 * The JSON of a body that readBody has read.
 * @throws Refusal 400 with line and column where it stops being JSON; also for a key that stands twice in one object and
 * for more than 100 levels
 */
export function parseBody(req: Request): Json {
  const body: unknown = req.body;
  const parsed = parseJsonBytes(body instanceof Uint8Array ? body : new Uint8Array());
  if (parsed.fault === undefined) return parsed.value;
  const { line, column, message } = parsed.fault;
  throw new Refusal(400, `The body is no JSON that can be used, line ${line}, column ${column}: ${message}.`, {
    errors: [{ pointer: '', detail: `line ${line}, column ${column}: ${message}` }],
  });
}

/**
 * Checks a body against a rule.
 * @throws Refusal with `status`; its detail is the first fault, its errors are all of them
 */
export function checkBody(body: Json, rule: Rule, status = 400): void {
  const faults: Fault[] = [];
  rule(body, Place.root('body', faults));
  const errors = faults
    .filter((fault) => fault.severity === 'error')
    .map(({ pointer, message }) => ({ pointer, detail: message.replace(/^The document/, 'The body') }));
  const [first] = errors;
  if (first === undefined) return;
  const field = first.pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
  throw new Refusal(status, first.detail, { ...(field && { field }), errors });
}
