import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { checkDocument, isRefused } from '../document/check.ts';
import type { CheckContext } from '../document/check-context.ts';
import { found, quote } from '../document/found.ts';
import { type ParsedText, parseJsonBytes } from '../document/json-text.ts';
import type { Fault, Json, Resource, ResourceKind } from '../document/types.ts';
import { reasonOf } from './atomic-file.ts';

/** Larger files are refused unread: nobody wrote them by hand, and reading them would hold up the start. */
const largestBytes = 64 * 1024 * 1024;

/** A document, or the faults that keep it from being used. There may be warnings beside a document. */
export interface ReadDocument {
  document?: Resource;
  faults: Fault[];
}

/** What a file holds: its bytes, or why it cannot be read, in words that go on from "The file". */
export function readBytes(path: string): { bytes: Buffer; problem?: never } | { problem: string; bytes?: never } {
  try {
    const stats = statSync(path);
    if (!stats.isFile())
      return { problem: `is ${stats.isDirectory() ? 'a folder' : 'no regular file'}; allowed is a JSON file.` };
    if (stats.size > largestBytes) return { problem: `has ${stats.size} bytes; allowed are ${largestBytes}.` };
    return { bytes: readFileSync(path) };
  } catch (thrown) {
    const { code, reason } = reasonOf(thrown);
    if (code === 'ENOENT') return { problem: 'does not exist, or is a link to something that does not.' };
    if (code === 'EACCES') return { problem: 'may not be read. Give the user that runs Sluice the right to. (EACCES)' };
    if (code === 'ELOOP') return { problem: 'is a link that leads back to itself. (ELOOP)' };
    return { problem: `cannot be read. ${reason}` };
  }
}

/**
 * Reads the content of a document's file; `file` is what faults call it. `known` says that these very bytes were read
 * without a fault before, so that only what may have changed since, the check, is done again.
 */
export function readDocument(
  bytes: Buffer,
  kind: ResourceKind,
  file: string,
  context: CheckContext,
  known = false,
): ReadDocument {
  const parsed: ParsedText = known ? parseKnown(bytes) : parseJsonBytes(bytes);
  if (parsed.fault !== undefined) {
    const { line, column, message } = parsed.fault;
    const where = `Line ${line}, column ${column}: ${message}.`;
    return { faults: [{ file, pointer: '', message: where, severity: 'error', line, column }] };
  }
  const faults = checkDocument(kind, parsed.value, { ...context, file });
  if (isRefused(faults)) return { faults };
  return { document: parsed.value as unknown as Resource, faults };
}

/** Reports a file whose name is not the id of the document in it: one of the two is a slip, often of copying. */
export function checkName(file: string, document: Resource): Fault[] {
  const name = basename(file, '.json');
  if (document.id === name) return [];
  const message = `"id" must be the name of the file, ${quote(name)}, found ${found(document.id)}. Change one of the two.`;
  return [{ file, pointer: '/id', message, severity: 'error' }];
}

const parseKnown = (bytes: Buffer): ParsedText => {
  const text = bytes.toString('utf8');
  return { value: JSON.parse(text) as Json, text };
};
