import type { Json } from '../../engine/document/types.ts';
import { rootOf } from '../state/run-view.ts';
import type { ShownRun } from '../state/shown-run.ts';

/** A place of a captured input where the value itself is not kept. */
export interface Gap {
  /** As in `header.authorization`. */
  path: string;
  why: 'cut' | 'redacted' | 'secret';
}

/**
 * What a captured run was given, in the form of the input of a simulation, and what is not there of it; null where nothing was
 * kept.
 */
export function capturedInput(run: ShownRun): { input: Json; gaps: Gap[] } | null {
  const root = rootOf(run);
  if (root === null || root.leftOut?.includes('input')) return null;
  const input = run.address.startsWith('server/') ? requestOf(root.input) : (root.input as Json);
  const gaps: Gap[] = [];
  collect(input, [], gaps);
  return { input: unwrapped(input), gaps };
}

/** Parts of a request that the outside decides about; what is empty is filled in anyway. */
function requestOf(given: unknown): Json {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given as Json;
  const parts = Object.entries(given as { [key: string]: Json }).filter(([key, value]) => {
    if (key === 'connection' || key === 'method') return false;
    return value !== null && !(typeof value === 'object' && Object.keys(value).length === 0);
  });
  return Object.fromEntries(parts);
}

const mark = /\[redacted:[0-9a-f]{4}\]/;

function collect(value: Json, path: readonly string[], gaps: Gap[]): void {
  const add = (why: Gap['why']) => void gaps.push({ path: path.join('.') || 'the whole input', why });
  if (typeof value === 'string') {
    if (mark.test(value)) add('redacted');
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collect(item, [...path, String(index)], gaps);
    return;
  }
  const key = onlyKey(value);
  if (key === '$cut') add('cut');
  else if (key === '$secret' && typeof value.$secret === 'string') add('secret');
  else if (key !== '$literal')
    for (const [name, member] of Object.entries(value)) collect(member, [...path, name], gaps);
}

/** Data that looks like a mark of the capture is wrapped in it; here it is data again. */
function unwrapped(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unwrapped);
  if (onlyKey(value) === '$literal') return value.$literal as Json;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unwrapped(member)]));
}

function onlyKey(value: { [key: string]: Json }): string | undefined {
  const keys = Object.keys(value);
  return keys.length === 1 ? keys[0] : undefined;
}

/** `header.authorization (redacted) and body.image (cut)` */
export function gapsInWords(gaps: readonly Gap[]): string {
  const names = gaps.slice(0, 5).map(({ path, why }) => `${path} (${why === 'secret' ? 'a secret' : why})`);
  const more = gaps.length - names.length;
  if (more > 0) names.push(`${more} more`);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}
