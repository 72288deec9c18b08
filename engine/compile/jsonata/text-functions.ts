import { add, limits, tick, useItems, useObject, useText, work } from './budget.ts';
import { callBack } from './call.ts';
import { EvaluationError } from './fault.ts';
import { borrowed, native } from './library.ts';
import { text } from './text-of.ts';
import { type Frame, isFunction, isObject, type Native, sequence } from './value.ts';

// A surrogate pair is one character; most texts have none, and then positions are plain offsets.
const hasSurrogates = (value: string): boolean => /[\ud800-\udfff]/.test(value);

const lengthOf = (value: string): number => {
  if (!hasSurrogates(value)) return value.length;
  let count = 0;
  for (const _ of value) count++;
  return count;
};

/** The part between two positions, which count characters and may be negative, as for Array.prototype.slice. */
const slice = (value: string, from: number, to: number): string => {
  if (!hasSurrogates(value)) return value.slice(from, to);
  useItems(value.length);
  return [...value].slice(from, to).join('');
};

const substring = (value: string, from: number, count?: number): string => {
  const length = lengthOf(value);
  const start = length + from < 0 ? 0 : from;
  if (count === undefined) return slice(value, start, length);
  if (count <= 0) return '';
  return slice(value, start, start >= 0 ? start + count : length + start + count);
};

const pad = (value: string, width: number, filling: string): string => {
  const missing = Math.abs(Math.trunc(width)) - lengthOf(value);
  if (!(missing > 0)) return value;
  useText(missing * filling.length + value.length);
  const padding = slice(
    filling.repeat(lengthOf(filling) > 1 ? Math.ceil(missing / lengthOf(filling)) : missing),
    0,
    missing,
  );
  return width > 0 ? value + padding : padding + value;
};

/** What a regular expression, or a function in its place, says about one match. */
interface Match {
  match: string;
  start: number;
  end: number;
  groups: unknown[];
  next: unknown;
}

const matchOf = (matcher: unknown, args: unknown[], frame: Frame): Match | undefined => {
  useObject(256);
  const result = callBack(matcher, args, frame);
  if (result === undefined || result === null) return undefined;
  const { start, end, groups, next } = isObject(result) ? result : {};
  if (typeof start !== 'number' && typeof end !== 'number' && !Array.isArray(groups) && !isFunction(next)) {
    throw new EvaluationError('T1010');
  }
  return result as unknown as Match;
};

function* matches(matcher: unknown, value: string, limit: unknown, frame: Frame): Generator<Match, void> {
  let found = limit === 0 ? undefined : matchOf(matcher, [value], frame);
  for (let count = 1; found !== undefined; count++) {
    yield found;
    if (limit !== undefined && count >= (limit as number)) return;
    found = matchOf(found.next, [], frame);
  }
}

const checkLimit = (limit: unknown, code: string, index: number): void => {
  if (typeof limit === 'number' && limit < 0) throw new EvaluationError(code, { value: limit, index });
};

// $1 is the first group, $$ a dollar, $0 the whole match; as many digits count as there can be groups.
const substitute = (replacement: string, { match, groups }: Match): string => {
  let result = '';
  let position = 0;
  for (let dollar = replacement.indexOf('$'); dollar !== -1; dollar = replacement.indexOf('$', position)) {
    result += replacement.slice(position, dollar);
    position = dollar + 1;
    const sign = replacement[position];
    if (sign === '$' || sign === '0') {
      result += sign === '$' ? '$' : match;
      position++;
      continue;
    }
    const digits = groups.length === 0 ? 1 : Math.floor(Math.log10(groups.length)) + 1;
    let index = Number.parseInt(replacement.slice(position, position + digits), 10);
    if (digits > 1 && index > groups.length)
      index = Number.parseInt(replacement.slice(position, position + digits - 1), 10);
    if (Number.isNaN(index)) result += '$';
    else {
      result += groups[index - 1] ?? '';
      position += String(index).length;
    }
  }
  return result + replacement.slice(position);
};

const replaceText = (value: string, pattern: string, replacement: string, limit: unknown): string => {
  const pieces: string[] = [];
  let position = 0;
  let size = value.length;
  for (
    let at = value.indexOf(pattern);
    at !== -1 && (limit === undefined || pieces.length < 2 * (limit as number));
    at = value.indexOf(pattern, position)
  ) {
    tick();
    size += replacement.length - pattern.length;
    if (size > limits.text) useText(size);
    pieces.push(value.slice(position, at), replacement);
    position = at + pattern.length;
  }
  pieces.push(value.slice(position));
  useText(size);
  return pieces.join('');
};

/** A text as a matcher, for replacing it by what a function gives. */
const findText = (pattern: string) => {
  const find = (value: string, from: number): Match | undefined => {
    const start = value.indexOf(pattern, from);
    const end = start + pattern.length;
    return start < 0 ? undefined : { match: pattern, start, end, groups: [], next: () => find(value, end) };
  };
  return (value: unknown): Match | undefined => find(String(value), 0);
};

const replaceMatches = (
  value: string,
  pattern: unknown,
  replacement: unknown,
  limit: unknown,
  frame: Frame,
): string => {
  const pieces: string[] = [];
  let position = 0;
  let size = 0;
  for (const found of matches(pattern, value, limit, frame)) {
    const by = typeof replacement === 'string' ? substitute(replacement, found) : callBack(replacement, [found], frame);
    if (typeof by !== 'string') throw new EvaluationError('D3012', { value: by });
    const between = value.slice(position, found.start);
    size += between.length + by.length;
    if (size > limits.text) useText(size);
    pieces.push(between, by);
    position = found.start + found.match.length;
  }
  pieces.push(value.slice(position));
  useText(size + value.length - position);
  return pieces.join('');
};

const splitMatches = (value: string, separator: unknown, limit: unknown, frame: Frame): string[] => {
  const parts: string[] = [];
  let start = 0;
  for (const found of matches(separator, value, limit, frame)) {
    add(parts, value.slice(start, found.start));
    start = found.end;
  }
  if (limit === undefined || parts.length < (limit as number)) add(parts, value.slice(start));
  return parts;
};

const splitText = (value: string, separator: string, limit: unknown): string[] => {
  const most = limits.sequence + 1;
  const parts = value.split(separator, limit === undefined ? most : Math.min(most, limit as number));
  useItems(parts.length);
  return parts;
};

/** A function of a text that gives nothing for nothing. */
const ofText =
  (run: (value: string, args: readonly unknown[], frame: Frame) => unknown): Native['run'] =>
  (args, _, frame) => {
    const [value] = args;
    if (typeof value !== 'string') return undefined;
    useText(value.length);
    return run(value, args, frame);
  };

/** The functions of texts. */
export const textFunctions = (): Native[] => [
  native('string', ([value, pretty]) => (value === undefined ? undefined : text(value, pretty === true))),
  native('length', ofText(lengthOf)),
  native(
    'substring',
    ofText((value, [, from, count]) => substring(value, from as number, count as number | undefined)),
  ),
  borrowed('substringBefore'),
  borrowed('substringAfter'),
  borrowed('lowercase'),
  borrowed('uppercase'),
  borrowed('trim'),
  native(
    'pad',
    ofText((value, [, width, filling]) => pad(value, width as number, (filling as string | undefined) || ' ')),
  ),
  native(
    'contains',
    ofText((value, [, token], frame) => {
      if (token === undefined) return undefined;
      return typeof token === 'string' ? value.includes(token) : matchOf(token, [value], frame) !== undefined;
    }),
  ),
  native(
    'match',
    ofText((value, [, pattern, limit], frame) => {
      checkLimit(limit, 'D3040', 3);
      const found = sequence();
      for (const { match, start, groups } of matches(pattern, value, limit, frame))
        add(found, { match, index: start, groups });
      return found;
    }),
  ),
  native(
    'replace',
    ofText((value, [, pattern, replacement, limit], frame) => {
      if (pattern === '') throw new EvaluationError('D3010', { value: pattern, index: 2 });
      checkLimit(limit, 'D3011', 4);
      if (typeof pattern !== 'string') return replaceMatches(value, pattern, replacement, limit, frame);
      if (typeof replacement === 'string') return replaceText(value, pattern, replacement, limit);
      return replaceMatches(value, findText(pattern), replacement, limit, frame);
    }),
  ),
  native(
    'split',
    ofText((value, [, separator, limit], frame) => {
      checkLimit(limit, 'D3020', 3);
      return typeof separator === 'string'
        ? splitText(value, separator, limit)
        : splitMatches(value, separator, limit, frame);
    }),
  ),
  native('join', ([list, separator]) => {
    if (list === undefined) return undefined;
    const texts = list as string[];
    work(texts.length >> 4);
    const between = (separator as string | undefined) ?? '';
    useText(texts.reduce((size, item) => size + item.length + between.length, 0));
    return texts.join(between);
  }),
  borrowed('base64encode'),
  borrowed('base64decode'),
  borrowed('encodeUrlComponent'),
  borrowed('encodeUrl'),
  borrowed('decodeUrlComponent'),
  borrowed('decodeUrl'),
];
