import { ActionFailure } from '../../kit/index.ts';

export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  /** Offset of its first character. */
  readonly at: number;
}

/** Fails with input-invalid; positions count from 1. */
export const failAt = (at: number, problem: string): never => {
  throw new ActionFailure('input-invalid', `\`expression\` fails at position ${at + 1}: ${problem}`);
};

const token =
  /\s*(?:((?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_]*)|(\*\*|&&|\|\||[<>=!]=|[-+*/%^()<>!,.:]))/uy;

/** Cuts an expression into tokens; the last one is `end`. */
export const tokenise = (text: string): Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) {
      if (text.slice(at).trim() === '') break;
      return failAt(
        text.slice(at).search(/\S/) + at,
        `${JSON.stringify(text.slice(at).trim().slice(0, 1))} means nothing here`,
      );
    }
    const [whole, number, name, sign] = match;
    const found = (number ?? name ?? sign) as string;
    tokens.push({
      kind: number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign',
      text: found,
      at: at + whole.length - found.length,
    });
    at = token.lastIndex;
  }
  tokens.push({ kind: 'end', text: 'the end', at: text.length });
  return tokens;
};
