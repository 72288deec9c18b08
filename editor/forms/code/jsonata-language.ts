import { LanguageSupport, StreamLanguage, type StreamParser, type StringStream } from '@codemirror/language';
import { tags } from '@lezer/highlight';

/** Where a tokenizer is: what spans lines, and what decides how a slash is read. */
export interface JsonataState {
  /** The end of what is open over a line's end: a quote, or the end of a comment. */
  open: '"' | "'" | '`' | '*/' | null;
  /** Whether an operand ended here, so that a slash divides. */
  afterOperand: boolean;
}

/** What a piece of an expression is; null for space. */
export type JsonataToken =
  | 'string'
  | 'number'
  | 'regexp'
  | 'comment'
  | 'function'
  | 'variable'
  | 'name'
  | 'word'
  | 'constant'
  | 'operator'
  | 'bracket'
  | 'separator'
  | null;

export const startState = (): JsonataState => ({ open: null, afterOperand: false });

const isWord = /^(?:and|or|in)$/;
const isConstant = /^(?:true|false|null)$/;

/** Reads the next piece of an expression. */
export function readToken(stream: StringStream, state: JsonataState): JsonataToken {
  if (state.open !== null) return readToEnd(stream, state, state.open);
  if (stream.eatSpace()) return null;
  if (stream.match('/*')) return readToEnd(stream, state, '*/');
  const quote = stream.peek();
  if (quote === '"' || quote === "'" || quote === '`') {
    stream.next();
    return readToEnd(stream, state, quote);
  }
  if (!state.afterOperand && stream.match(/^\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\/[im]*/))
    return operand(state, 'regexp');
  if (stream.match(/^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/)) return operand(state, 'number');
  if (stream.match(/^\$[\p{L}\p{N}_$]*/u)) {
    return operand(state, stream.match(/^\s*\(/, false) ? 'function' : 'variable');
  }
  const name = stream.match(/^[\p{L}_λ][\p{L}\p{N}_]*/u);
  if (name !== null && name !== true) {
    const [text] = name as RegExpMatchArray;
    if (isWord.test(text)) return sign(state, 'word');
    if (isConstant.test(text)) return operand(state, 'constant');
    return operand(state, text === 'function' || text === 'λ' ? 'word' : 'name');
  }
  if (stream.match(/^[([{]/)) return sign(state, 'bracket');
  if (stream.match(/^[)\]}]/)) return operand(state, 'bracket');
  if (stream.match(/^(?:~>|:=|!=|<=|>=|\?:|\?\?|\*\*|\.\.|[-+*/%&=<>^@#|?~])/)) return sign(state, 'operator');
  stream.next();
  return sign(state, 'separator');
}

const operand = (state: JsonataState, token: JsonataToken): JsonataToken => {
  state.afterOperand = true;
  return token;
};
const sign = (state: JsonataState, token: JsonataToken): JsonataToken => {
  state.afterOperand = false;
  return token;
};

function readToEnd(stream: StringStream, state: JsonataState, end: NonNullable<JsonataState['open']>): JsonataToken {
  state.open = end;
  while (!stream.eol()) {
    if (stream.match(end)) {
      state.open = null;
      break;
    }
    if (stream.next() === '\\' && (end === '"' || end === "'")) stream.next();
  }
  if (end === '*/') return 'comment';
  return operand(state, end === '`' ? 'name' : 'string');
}

/** How the pieces are coloured. */
export const tokenTable = {
  function: tags.function(tags.variableName),
  variable: tags.special(tags.variableName),
  name: tags.propertyName,
  word: tags.keyword,
  constant: tags.atom,
  operator: tags.operator,
  bracket: tags.bracket,
  separator: tags.punctuation,
  brace: tags.processingInstruction,
  text: tags.content,
};

const parser: StreamParser<JsonataState> = {
  name: 'jsonata',
  startState,
  copyState: (state) => ({ ...state }),
  token: readToken,
  tokenTable,
  languageData: {
    closeBrackets: { brackets: ['(', '[', '{', '"', "'", '`'] },
    commentTokens: { block: { open: '/*', close: '*/' } },
  },
};

export const jsonata = (): LanguageSupport => new LanguageSupport(StreamLanguage.define(parser));
