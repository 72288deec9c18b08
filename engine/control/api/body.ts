import express, { type Request, type RequestHandler } from 'express';
import { alternatives } from '../../document/found.ts';
import { parseJsonBytes } from '../../document/json-text.ts';
import { Place } from '../../document/place.ts';
import type { Rule } from '../../document/shape.ts';
import type { Fault, Json } from '../../document/types.ts';
import { Refusal } from './problem.ts';

/** What a route takes as its body, where there is more to say than the rule it must fit. */
export interface BodyForm {
  readonly rule: Rule;
  /** The most bytes; 1 MiB if left out. */
  readonly limitBytes?: number;
  /** It may be left out. */
  readonly optional?: true;
  /** Media types besides application/json, and what reads them. Each throws a Refusal for what it cannot read. */
  readonly types?: { readonly [mediaType: string]: (bytes: Uint8Array) => Json };
}

const usualLimit = 1_048_576;
const json = 'application/json';

export const bodyForm = (body: Rule | BodyForm): BodyForm => (typeof body === 'function' ? { rule: body } : body);

/** Media types that a body may have. */
export const mediaTypesOf = ({ types = {} }: BodyForm): string[] => [...new Set([json, ...Object.keys(types)])];

/** The media type of a header, in lower case; undefined with parameters that are not understood. */
const mediaTypeOf = (header: string | undefined): string | undefined =>
  /^([\w.+-]+\/[\w.+-]+) *(?:; *charset="?utf-8"? *)?$/i.exec(header?.trim() ?? '')?.[1]?.toLowerCase();

const hasBody = (req: Request): boolean =>
  req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;

/** About the body as a whole. */
const whole = (detail: string) => ({ errors: [{ pointer: '', detail }] });

/**
 * Reads a body into `req.body` as bytes; refuses one that is missing (400), too large (413) or declared as what it must
 * not be (415).
 */
export function readBody(form: BodyForm): RequestHandler[] {
  const { limitBytes = usualLimit, optional = false } = form;
  const allowed = mediaTypesOf(form);
  return [
    (req, _res, next) => {
      if (!hasBody(req)) {
        if (optional) return next();
        const detail = 'The body is missing; send JSON.';
        throw new Refusal(400, detail, whole(detail));
      }
      const type = req.headers['content-type'];
      if (!allowed.includes(mediaTypeOf(type) ?? '')) {
        const found = type === undefined ? 'nothing' : JSON.stringify(type.slice(0, 100));
        throw new Refusal(415, `The Content-Type must be ${alternatives(allowed)}, found ${found}.`, {
          field: 'Content-Type',
          headers: { Accept: allowed.join(', ') },
        });
      }
      next();
    },
    express.raw({ type: () => true, limit: limitBytes, inflate: false }),
  ];
}

/**
 * The value of a body that readBody has read; null for an optional one that was left out.
 * @throws Refusal 400 with line and column where it stops being JSON; also for a key that stands twice in one object and
 * for more than 100 levels; and for what does not fit the rule
 */
export function parseBody(req: Request, { rule, optional, types = {} }: BodyForm): Json {
  const given: unknown = req.body;
  const bytes = given instanceof Uint8Array ? given : new Uint8Array();
  if (optional && !hasBody(req)) return null;
  const read = types[mediaTypeOf(req.headers['content-type']) ?? json] ?? parseJson;
  const body = read(bytes);
  checkBody(body, rule);
  return body;
}

function parseJson(bytes: Uint8Array): Json {
  const parsed = parseJsonBytes(bytes);
  if (parsed.fault === undefined) return parsed.value;
  const { line, column, message } = parsed.fault;
  throw new Refusal(
    400,
    `The body is no JSON that can be used, line ${line}, column ${column}: ${message}.`,
    whole(`line ${line}, column ${column}: ${message}`),
  );
}

/** What is wrong at one place of a body; `pointer` is an RFC 6901 pointer. */
export interface BodyFault {
  pointer: string;
  detail: string;
}

/**
 * Checks a body against a rule.
 * @returns what it warns of
 * @throws Refusal with `status`; its detail is the first fault, its errors are all of them
 */
export function checkBody(body: Json, rule: Rule, status = 400): BodyFault[] {
  const faults: Fault[] = [];
  rule(body, Place.root('body', faults));
  const ofSeverity = (severity: Fault['severity']): BodyFault[] =>
    faults
      .filter((fault) => fault.severity === severity)
      .map(({ pointer, message }) => ({ pointer, detail: message.replace(/^The document/, 'The body') }));
  const errors = ofSeverity('error');
  const [first] = errors;
  if (first === undefined) return ofSeverity('warning');
  const field = first.pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
  throw new Refusal(status, first.detail, { ...(field && { field }), errors });
}
