import { shortValue, typeInWords } from '../../data/short-value.ts';
import type { Scope } from '../../graph/scopes.ts';
import { membersOf, valuesAt } from './data-sample.ts';
import { type DataPath, placeIn } from './expression-place.ts';
import { jsonataFunctions, signature } from './jsonata-functions.ts';
import { partAt } from './template-parts.ts';

/** Something that fits at the place where one types. */
export interface Candidate {
  label: string;
  /** What is written, where it differs from the label. */
  insert?: string;
  kind: 'scope' | 'key' | 'function' | 'variable' | 'word';
  /** In a few words, beside the label: its value in the last run, or what it takes. */
  detail?: string;
  /** A sentence. */
  note?: string;
}

export interface Candidates {
  /** Where what they replace begins. */
  from: number;
  options: readonly Candidate[];
  /** Whether they should be shown without being asked for. */
  isOffered: boolean;
}

/** What an expression can be about. */
export interface ExpressionScope {
  scopes?: readonly Scope[] | undefined;
  /** An object whose keys are the scopes, with values of the last run. */
  data?: unknown;
}

/** What fits at a position of an expression: scopes, keys, functions, words. null where only plain text can stand. */
export function candidatesAt(text: string, position: number, scope: ExpressionScope): Candidates | null {
  const place = placeIn(text, position);
  if (place === null) return null;
  const { from, at, path, variables } = place;
  const typed = text.slice(from, position);
  const keys = keysAt(path, scope);
  if (at === 'path') return keys.length === 0 ? null : { from, options: keys, isOffered: true };
  if (/^\d/.test(typed)) return null;
  const isInItem = path === null || path.length > 0;
  const options: Candidate[] = [
    ...keys,
    ...variables.filter((name) => name !== typed && !functionNames.has(name)).map(variable),
    ...(isInItem ? [whole] : []),
    ...functions,
    ...words,
  ];
  return { from, options, isOffered: typed !== '' };
}

/** The same for a template, whose expressions stand between braces. */
export function templateCandidatesAt(text: string, position: number, scope: ExpressionScope): Candidates | null {
  const part = partAt(text, position);
  if (part === undefined) return null;
  const found = candidatesAt(text.slice(part.from, part.to), position - part.from, scope);
  if (found === null) return null;
  return {
    ...found,
    from: found.from + part.from,
    isOffered: found.isOffered || text.slice(part.from, position).trim() === '',
  };
}

/** Keys below a path: those that the last run really had, and those that the document tells of. */
function keysAt(path: DataPath, { scopes, data }: ExpressionScope): Candidate[] {
  if (path === null) return [];
  const known = new Map(scopesAt(path, scopes).map((scope) => [scope.name, scope]));
  const values = membersOf(valuesAt(data, path));
  return [...new Set([...known.keys(), ...values.keys()])].map((name) => {
    const scope = known.get(name);
    const detail = values.has(name)
      ? shortOf(values.get(name))
      : scope?.maybe === true
        ? 'not always there'
        : undefined;
    const note = noteOf(scope, values.get(name));
    return {
      label: name,
      ...(!isName(name) && { insert: `\`${name}\`` }),
      kind: path.length === 0 ? 'scope' : 'key',
      ...(detail !== undefined && { detail }),
      ...(note !== undefined && { note }),
    };
  });
}

const scopesAt = (path: readonly string[], scopes: readonly Scope[] = []): readonly Scope[] =>
  path.reduce<readonly Scope[]>((all, name) => all.find((scope) => scope.name === name)?.children ?? [], scopes);

const shortOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? typeInWords(value) : shortValue(value, 32);

const noteOf = (scope: Scope | undefined, value: unknown): string | undefined => {
  const from = scope?.from === undefined ? undefined : `Written by ${scope.from}.`;
  const short = typeof value === 'object' && value !== null ? shortValue(value, 160) : undefined;
  return [from, short].filter((part) => part !== undefined).join(' ') || undefined;
};

const isName = (name: string): boolean => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !reserved.has(name);
const reserved = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

const variable = (label: string): Candidate => ({ label, kind: 'variable' });
const whole: Candidate = {
  label: '$$',
  kind: 'variable',
  detail: 'all scopes',
  note: 'Leads out of the item at hand.',
};

const functions: readonly Candidate[] = jsonataFunctions.map((one) => ({
  label: one.name,
  kind: 'function',
  detail: `(${one.takes})`,
  note: `${signature(one)}. ${one.summary}`,
}));
const functionNames: ReadonlySet<string> = new Set(jsonataFunctions.map(({ name }) => name));

const words: readonly Candidate[] = ['true', 'false', 'null', 'and', 'or', 'in', 'function'].map((label) => ({
  label,
  kind: 'word',
}));
