import type { Json } from '../../engine/document/types.ts';
import { previewPath } from '../graph/preview.ts';

/** From a value to a part of it: keys, and indexes of arrays. */
export type ValuePath = readonly (string | number)[];

/** The object with another name for a key, in the same place; the same object where the name is taken. */
export const renameKey = (object: { [key: string]: Json }, from: string, to: string): { [key: string]: Json } =>
  from === to || Object.hasOwn(object, to) || !Object.hasOwn(object, from)
    ? object
    : Object.fromEntries(Object.entries(object).map(([key, value]) => [key === from ? to : key, value]));

/** As RFC 6901 has it, beginning with a slash; empty for the whole. */
export const pointerTo = (path: ValuePath): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** A reference as somebody types it: `request.header["x-id"]`, `variables.items[0]`. */
export const referenceText = (path: readonly Json[]): string =>
  path.some((part) => typeof part === 'object')
    ? previewPath(path)
    : path
        .map((part, index) => {
          if (typeof part === 'number') return `[${part}]`;
          const name = String(part);
          if (!isTypable(name)) return `[${JSON.stringify(name)}]`;
          return index === 0 ? name : `.${name}`;
        })
        .join('');

const isTypable = (name: string): boolean => /^[^\s.[\]"'`{}]+$/.test(name);

/** Reads what `referenceText` writes. A sentence says why it is none. */
export function readReference(text: string): { path: (string | number)[] } | { reason: string } {
  const path: (string | number)[] = [];
  const pattern = /\.?([^\s.[\]"'`{}]+)|\.?`([^`]+)`|\[\s*(-?\d+)\s*\]|\[\s*("(?:[^"\\]|\\.)*")\s*\]/y;
  const trimmed = text.trim();
  if (trimmed === '') return { reason: 'A reference begins with a scope, as in request.query.name.' };
  while (pattern.lastIndex < trimmed.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(trimmed);
    const isFirst = path.length === 0;
    if (match === null)
      return {
        reason: `Allowed is a path as in request.items[0].name, found ${JSON.stringify(trimmed.slice(at, at + 12))}.`,
      };
    const [whole, name, quoted, index, literal] = match;
    const wantsDot = (name ?? quoted) !== undefined;
    if (wantsDot && whole.startsWith('.') === isFirst)
      return { reason: `A dot stands between the parts of a path, found ${JSON.stringify(whole)}.` };
    if (index !== undefined) path.push(Number(index));
    else if (literal !== undefined) path.push(JSON.parse(literal) as string);
    else path.push((name ?? quoted) as string);
  }
  if (typeof path[0] === 'number') return { reason: 'A reference begins with a scope, as in request.query.name.' };
  return { path };
}
