import type * as Yaml from 'yaml';
import { ActionFailure } from '../../kit/index.ts';
import { library } from '../../support/library.ts';
import { convert, deepest } from './convert.ts';

const yaml = library<typeof import('yaml')>('yaml');

const options: Yaml.ParseOptions & Yaml.DocumentOptions & Yaml.SchemaOptions = {
  version: '1.2',
  schema: 'core',
  merge: true,
  customTags: ['binary'],
  // Those of the sets and maps that plain data has no place for.
  resolveKnownTags: false,
  // Looking for equal keys would take the square of their number; convert does it.
  uniqueKeys: false,
  stringKeys: true,
  prettyErrors: false,
  logLevel: 'silent',
};

export const fail = (problem: string): never => {
  throw new ActionFailure('data-invalid', `\`yaml\` ${problem}`);
};

const tooDeep = `is nested deeper than ${deepest} levels, which is the most that is read`;
const stackUsedUp = new RangeError();

type Token = Yaml.CST.Token;
type OnFault = (source: { offset: number } | [number, number] | number, code: string, message: string) => void;

// What a document is made of is held in memory and gone through at once when it ends.
const mostTokens = 700_000;
const tokensOfSlice = 50_000;
const documentsOfSlice = 1_000;

/**
 * The documents of a YAML text as plain data. Stops at the first fault: collecting them all can take very long. Pauses where
 * a text is long.
 */
export function* readDocuments(text: string): Generator<void, unknown[]> {
  const { Composer, Lexer, LineCounter, Parser } = yaml();
  const lines = new LineCounter();
  const composer = new Composer(options);
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `line ${line}, column ${col}`;
  };
  let first: unknown;
  const onFault: OnFault = (source, code, message) => {
    // The composer catches what is thrown inside of it, and reports that once more.
    if (first !== undefined) throw first;
    try {
      // There may be no stack left to make anything else.
      if (code === 'RESOURCE_EXHAUSTION') throw stackUsedUp;
      failAt(source, code, message);
    } catch (thrown) {
      first = thrown;
      throw thrown;
    }
  };
  const failAt: OnFault = (source, code, message) => {
    const offset = typeof source === 'number' ? source : Array.isArray(source) ? source[0] : source.offset;
    fail(`is not valid YAML at ${place(offset)}: ${wordsOf(code, message)}`);
  };
  // Not a part of its declared interface, and the only way to stop: all faults and warnings, such as of an unknown tag,
  // come here.
  Object.assign(composer, { onError: onFault });
  const documents: unknown[] = [];
  const sizes = { values: 0, characters: 0 };
  const take = (document: Yaml.Document.Parsed): void => {
    documents.push(
      convert(yaml(), document.contents, sizes, (problem, offset) => fail(`${problem}, at ${place(offset)}`)),
    );
  };
  const parser = new Parser(lines.addNewLine);
  let tokens = 0;
  let before = 0;
  function* parse(): Generator<Token | undefined> {
    lines.addNewLine(0);
    for (const lexeme of new Lexer().lex(text)) {
      tokens += 1;
      if (tokens > mostTokens) {
        fail(`has more than ${mostTokens} tokens, which is the most that is read; give it in parts`);
      }
      if (tokens % tokensOfSlice === 0) yield undefined;
      yield* parser.next(lexeme);
      // Each level is an entry, and so are the document around and the value inside of them.
      if (parser.stack.length > deepest + 3) fail(`${tooDeep}, at ${place(parser.offset)}`);
    }
    yield* parser.end();
  }
  try {
    for (const token of parse()) {
      if (token === undefined) yield;
      else {
        // All of a long document comes at once.
        const isLong = token.type === 'document' && tokens - before > tokensOfSlice;
        before = tokens;
        if (isLong) yield;
        for (const document of composer.next(token)) {
          take(document);
          if (documents.length % documentsOfSlice === 0) yield;
        }
        if (isLong) yield;
      }
    }
    for (const document of composer.end()) take(document);
  } catch (thrown) {
    if (thrown instanceof RangeError) fail(tooDeep);
    throw thrown;
  }
  return documents;
}

// Some messages quote a piece of the text.
const wordsOf = (code: string, message: string): string =>
  code === 'TAG_RESOLVE_FAILED'
    ? 'a tag that is not read; only the tags of the core schema and !!binary are'
    : message.length < 100
      ? message
      : code.toLowerCase().replaceAll('_', ' ');
