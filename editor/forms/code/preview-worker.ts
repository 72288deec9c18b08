import {
  checkJsonata,
  checkTemplate,
  compileJsonata,
  compileTemplate,
  ExpressionFault,
} from '../../../engine/compile/jsonata.ts';
import { shortValue, typeInWords } from '../../data/short-value.ts';
import type { ExpressionAnswer, ExpressionLanguage, ExpressionQuestion, Outcome } from './expression-messages.ts';

// The engine's own evaluator, with its limits, so that what is shown is what a run gives. It works here and not in the page,
// so that an expression that takes long holds nothing up and can be ended.

/** Characters of a value that are worth showing. */
const longest = 400;

let data: unknown = {};

/** The library of expressions asks a window for base 64. */
(globalThis as { window?: unknown }).window ??= globalThis;

const evaluate = (language: ExpressionLanguage, text: string): Outcome => {
  try {
    const value = language === 'jsonata' ? compileJsonata(text)(data) : compileTemplate(text).evaluate(data);
    return { kind: 'value', short: shortValue(value, longest), type: typeInWords(value) };
  } catch (error) {
    if (error instanceof ExpressionFault) return { kind: 'fault' };
    return { kind: 'failure', message: error instanceof Error ? error.message : String(error) };
  }
};

const answer = (message: ExpressionAnswer): void => globalThis.postMessage(message);

globalThis.onmessage = ({ data: question }: MessageEvent<ExpressionQuestion>) => {
  switch (question.ask) {
    case 'take':
      data = question.data;
      break;
    case 'check': {
      const { id, language, text } = question;
      answer({ id, fault: (language === 'jsonata' ? checkJsonata(text) : checkTemplate(text)) ?? null });
      break;
    }
    case 'evaluate':
      answer({ id: question.id, outcome: evaluate(question.language, question.text) });
  }
};

// Tells that it is there: the time that loading takes is not the expression's.
answer({ id: null });
