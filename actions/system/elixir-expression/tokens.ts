import { ActionFailure } from '../../kit/index.ts';

export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  /** Pieces of text, and the source of what stands between them in `#{…}`. */
  | {
      readonly kind: 'string';
      readonly parts: readonly (string | { source: string; at: number })[];
      readonly at: number;
    }
  | { readonly kind: 'name' | 'sign' | 'end'; readonly text: string; readonly at: number };

/** Positions count from 1. */
export const invalidAt = (at: number, problem: string): never => {
  throw new ActionFailure('expression-invalid', `\`elixir\` fails at position ${at + 1}: ${problem}`);
};

const token =
  /\s*(?:(\d+(?:_\d+)*(?:\.\d+(?:[eE][+-]?\d+)?)?)|([a-z_][A-Za-z0-9_]*[?!]?)|(\+\+|--|<>|\*\*|&&|\|\||===|!==|[=!<>]=|=>|%\{|[-+*/<>!()[\]{},.:]))/y;

const escapes: ReadonlyMap<string, string> = new Map([
  ...['\\', '"', '#'].map((sign): [string, string] => [sign, sign]),
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['s', ' '],
  ['0', '\0'],
]);

/** Reads a text between double quotes, from after the first one; gives where it ends. */
const readString = (
  source: string,
  from: number,
): { parts: (string | { source: string; at: number })[]; end: number } => {
  const parts: (string | { source: string; at: number })[] = [];
  let text = '';
  for (let at = from; at < source.length; at += 1) {
    const sign = source.charAt(at);
    if (sign === '"') return { parts: [...parts, text], end: at + 1 };
    if (sign === '\\') {
      at += 1;
      const meant = escapes.get(source.charAt(at));
      if (meant === undefined) invalidAt(at, `\\${source.charAt(at)} is no escape sequence that is known here`);
      text += meant;
    } else if (sign === '#' && source.charAt(at + 1) === '{') {
      const close = source.indexOf('}', at);
      if (close < 0) break;
      parts.push(text, { source: source.slice(at + 2, close), at: at + 2 });
      text = '';
      at = close;
    } else text += sign;
  }
  return invalidAt(from - 1, 'this text has no closing quote');
};

/** Cuts an expression into tokens; the last one is `end`. */
export const tokenise = (source: string): Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += /^\s*/.exec(source.slice(at, at + 1_000))?.[0].length ?? 0;
    if (at >= source.length) break;
    if (source.charAt(at) === '"') {
      const { parts, end } = readString(source, at + 1);
      tokens.push({ kind: 'string', parts, at });
      at = end;
      continue;
    }
    token.lastIndex = at;
    const match = token.exec(source);
    if (match === null) return invalidAt(at, `${JSON.stringify(source.charAt(at))} means nothing here`);
    const [, number, name, sign] = match;
    if (number !== undefined) tokens.push({ kind: 'number', value: numberOf(number, at), at });
    else tokens.push({ kind: name === undefined ? 'sign' : 'name', text: (name ?? sign) as string, at });
    at = token.lastIndex;
  }
  tokens.push({ kind: 'end', text: 'the end', at: source.length });
  return tokens;
};

const numberOf = (text: string, at: number): number => {
  const value = Number(text.replaceAll('_', ''));
  const isExact = text.includes('.') ? Number.isFinite(value) : Number.isSafeInteger(value);
  return isExact ? value : invalidAt(at, 'this number is beyond what can be held exactly');
};
