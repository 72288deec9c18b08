import type { Request } from 'express';
import { quote } from '../../document/found.ts';
import type { Precondition } from '../project/refusals.ts';
import { Refusal } from './problem.ts';

/** The header that names a version. */
export const etagOf = (fingerprint: string): string => `"${fingerprint}"`;

/**
 * What If-Match and If-None-Match ask for (RFC 9110, 13.1). A weak tag never matches, as the standard has it for changes.
 * @throws Refusal 400 for what is not of the standard's form, and for an If-None-Match other than `*`
 */
export function readPrecondition(req: Request): Precondition {
  const { 'if-match': match, 'if-none-match': none } = req.headers;
  if (none !== undefined && none.trim() !== '*') {
    throw refusal('If-None-Match', none, '"*", which asks that nothing is there yet');
  }
  return {
    ...(none !== undefined && { absent: true as const }),
    ...(match !== undefined && { match: readTags(match) }),
  };
}

function readTags(header: string): 'any' | string[] {
  if (header.trim() === '*') return 'any';
  const tags: string[] = [];
  for (const part of header.split(',')) {
    const found = /^(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"$/.exec(part.trim());
    if (found === null) throw refusal('If-Match', header, 'the ETag of an answer, with its quotes, or "*"');
    if (found[1] === undefined) tags.push(found[2] as string);
  }
  return tags;
}

const refusal = (field: string, given: string, allowed: string): Refusal =>
  new Refusal(400, `The header ${field} must be ${allowed}, found ${quote(given)}.`, { field });
