import type { Json } from '../../engine/document/types.ts';
import { type Scope, valueAt } from '../graph/scopes.ts';
import { referenceText } from './value-path.ts';

/** A place that can be referred to, as the tree shows it. */
export interface ScopeEntry {
  path: (string | number)[];
  /** As one types it. */
  text: string;
  name: string;
  depth: number;
  /** It was there in the run; the value may still be null. */
  isSeen: boolean;
  value: unknown;
  maybe: boolean;
  /** Id of the action that writes it. */
  from: string | undefined;
  canOpen: boolean;
  /** Whether every word that is looked for is in its path; true where none is. */
  fits: boolean;
}

/** Of a list or an object that was recorded, the first ones are shown; others can be typed. */
const most = 50;
const deepest = 12;

interface Parts {
  scopes: readonly Scope[];
  /** An object whose keys are the scopes; undefined while there was no run. */
  data: unknown;
}

/**
 * The tree of what is available, as the rows that are shown: those below the opened ones, or with words to look for, all
 * that fit and what they stand in.
 */
export function scopeEntries({ scopes, data }: Parts, isOpen: (text: string) => boolean, search = ''): ScopeEntry[] {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const rows: ScopeEntry[] = [];
  const add = (declared: readonly Scope[], path: (string | number)[], value: unknown, depth: number): boolean => {
    let isFound = false;
    for (const { part, scope } of partsOf(declared, value, depth)) {
      const at = [...path, part];
      const own = valueAt(value, [part]);
      const text = referenceText(at);
      const inside = scope?.children ?? [];
      const canOpen =
        depth < deepest &&
        (inside.length > 0 || (typeof own === 'object' && own !== null && Object.keys(own).length > 0));
      const fits = words.every((word) => text.toLowerCase().includes(word));
      const row: ScopeEntry = {
        path: at,
        text,
        name: typeof part === 'number' ? `[${part}]` : part,
        depth,
        isSeen: own !== undefined,
        value: own,
        maybe: scope?.maybe === true,
        from: scope?.from,
        canOpen,
        fits,
      };
      const index = rows.push(row) - 1;
      if (words.length === 0) {
        if (canOpen && isOpen(text)) add(inside, at, own, depth + 1);
        isFound = true;
      } else {
        const below = canOpen && depth < 6 && add(inside, at, own, depth + 1);
        if (fits || below) isFound = true;
        else rows.length = index;
      }
    }
    return isFound;
  };
  add(scopes, [], data, 0);
  return rows;
}

function partsOf(
  declared: readonly Scope[],
  value: unknown,
  depth: number,
): { part: string | number; scope?: Scope }[] {
  const parts: { part: string | number; scope?: Scope }[] = declared.map((scope) => ({
    part: scope.path.at(-1) ?? scope.name,
    scope,
  }));
  // What the data has besides is worth showing below a scope; scopes themselves are known.
  if (depth === 0 && declared.length > 0) return parts;
  if (typeof value !== 'object' || value === null) return parts;
  const known = new Set(parts.map(({ part }) => String(part)));
  const seen = Array.isArray(value) ? value.slice(0, most).map((_, index) => index) : Object.keys(value).slice(0, most);
  for (const part of seen) if (!known.has(String(part))) parts.push({ part });
  return parts;
}

/** What may be wrong with a reference, as a sentence; null when nothing is known to be. */
export function faultOfReference(
  path: readonly Json[],
  { scopes, data }: Parts,
): { severity: 'warning'; message: string } | null {
  if (scopes.length === 0) return null;
  const [name, variable] = path;
  if (typeof name !== 'string') return null;
  const scope = scopes.find((one) => one.name === name);
  if (scope === undefined) {
    const all = scopes.map((one) => one.name).join(', ');
    return { severity: 'warning', message: `There is no scope ${name} here. There are ${all}.` };
  }
  if (name !== 'variables' || typeof variable !== 'string') return null;
  const written = scope.children?.find((one) => one.name === variable);
  if (written?.maybe)
    return {
      severity: 'warning',
      message: `${name}.${variable} is written on some ways to here only; else it is null.`,
    };
  if (written !== undefined || valueAt(data, [name, variable]) !== undefined) return null;
  return { severity: 'warning', message: `No step before this one writes ${name}.${variable}; it is null.` };
}
