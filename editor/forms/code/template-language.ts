import { LanguageSupport, StreamLanguage, type StreamParser, type StringStream } from '@codemirror/language';
import { type JsonataState, type JsonataToken, readToken, startState, tokenTable } from './jsonata-language.ts';

/** Where a tokenizer of templates is. */
export interface TemplateState {
  /** The expression that is being read; null in the text around. */
  expression: JsonataState | null;
  /** Brackets that are open in it: its own braces do not end it. */
  depth: number;
}

export const startTemplate = (): TemplateState => ({ expression: null, depth: 0 });

/** Reads the next piece of a template. */
export function readTemplate(stream: StringStream, state: TemplateState): JsonataToken | 'brace' | 'text' {
  const { expression } = state;
  if (expression === null) {
    if (stream.match('{{')) {
      state.expression = startState();
      state.depth = 0;
      return 'brace';
    }
    stream.match(/^(?:[^{]|\{(?!\{))+/);
    return 'text';
  }
  if (expression.open === null && state.depth === 0 && stream.match('}}')) {
    state.expression = null;
    return 'brace';
  }
  const token = readToken(stream, expression);
  if (token === 'bracket') state.depth += expression.afterOperand ? -1 : 1;
  return token;
}

const parser: StreamParser<TemplateState> = {
  name: 'template',
  startState: startTemplate,
  copyState: ({ expression, depth }) => ({ expression: expression && { ...expression }, depth }),
  token: readTemplate,
  tokenTable,
  languageData: { closeBrackets: { brackets: ['{'] } },
};

/** Text with JSONata between `{{` and `}}`. */
export const template = (): LanguageSupport => new LanguageSupport(StreamLanguage.define(parser));
