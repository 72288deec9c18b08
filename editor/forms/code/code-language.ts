import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  pickedCompletion,
} from '@codemirror/autocomplete';
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import type { Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { type Candidate, candidatesAt, type ExpressionScope, templateCandidatesAt } from './candidates.ts';
import type { CodeKind } from './code-kind.ts';
import type { ExpressionFault, ExpressionLanguage } from './expression-messages.ts';
import { expressions } from './expressions.ts';
import { jsonFault } from './json-fault.ts';
import { jsonata } from './jsonata-language.ts';
import { template } from './template-language.ts';

/** What the editor knows of a language. */
interface CodeLanguage {
  extension(): Extension;
  /** What is wrong with a text; null when nothing is. */
  check?(text: string): ExpressionFault | null | Promise<ExpressionFault | null>;
  candidates?: typeof candidatesAt;
}

export const codeLanguages: { readonly [kind in CodeKind]: CodeLanguage } = {
  jsonata: {
    extension: jsonata,
    // Nothing at all is not an expression, but a field that is not filled in yet is no fault to shout about.
    check: (text) => (text.trim() === '' ? null : checked('jsonata', text)),
    candidates: candidatesAt,
  },
  template: {
    extension: template,
    check: (text) => (text.includes('{{') ? checked('template', text) : null),
    candidates: templateCandidatesAt,
  },
  json: { extension: json, check: jsonFault },
  yaml: { extension: yaml },
  text: { extension: () => [] },
};

/** Says the place too, for those who do not see the underline. */
const checked = async (language: ExpressionLanguage, text: string): Promise<ExpressionFault | null> => {
  const fault = await expressions.check(language, text);
  if (fault === null) return null;
  const { message, position } = fault;
  return { position, message: `At character ${position + 1}: ${message}${/[.?!]$/.test(message) ? '' : '.'}` };
};

const types = {
  scope: 'namespace',
  key: 'property',
  function: 'function',
  variable: 'variable',
  word: 'keyword',
} as const;
/** What stands above at the same likeness: what is really there before what can be called. */
const boosts = { scope: 3, key: 3, variable: 2, function: 0, word: -1 } as const;

const completion = ({ label, insert, kind, detail, note }: Candidate, index: number): Completion => ({
  label,
  type: types[kind],
  boost: boosts[kind],
  // Scopes and keys keep their order, in which the nearest stands first.
  sortText: String(index).padStart(4, '0'),
  ...(insert !== undefined && { apply: insert, displayLabel: label, label: insert.startsWith('`') ? insert : label }),
  ...(kind === 'function' && { apply: applyCall }),
  ...(detail !== undefined && { detail }),
  ...(note !== undefined && { info: note }),
});

/** Writes a function with its parentheses, the cursor between them; those that are there already are kept. */
function applyCall(view: EditorView, chosen: Completion, from: number, to: number): void {
  const isCalled = view.state.sliceDoc(to, to + 1) === '(';
  view.dispatch({
    changes: { from, to, insert: isCalled ? chosen.label : `${chosen.label}()` },
    selection: { anchor: from + chosen.label.length + 1 },
    userEvent: 'input.complete',
    annotations: pickedCompletion.of(chosen),
  });
}

/** Completion over what is there at the moment. */
export const completeWith =
  (kind: CodeKind, scope: () => ExpressionScope) =>
  (context: CompletionContext): CompletionResult | null => {
    const { candidates } = codeLanguages[kind];
    const found = candidates?.(context.state.doc.toString(), context.pos, scope()) ?? null;
    if (found === null || !(context.explicit || found.isOffered)) return null;
    return { from: found.from, options: found.options.map(completion), validFor: /^`?[\p{L}\p{N}_$]*$/u };
  };
