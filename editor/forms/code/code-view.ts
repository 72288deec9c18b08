import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionStatus,
} from '@codemirror/autocomplete';
import { defaultKeymap, indentLess, indentMore } from '@codemirror/commands';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { type Diagnostic, linter } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, type Extension, Prec } from '@codemirror/state';
import { drawSelection, EditorView, type KeyBinding, keymap } from '@codemirror/view';
import type { ExpressionScope } from './candidates.ts';
import type { CodeKind } from './code-kind.ts';
import { codeLanguages, completeWith } from './code-language.ts';
import { codeTheme } from './code-theme.ts';
import { formatJson } from './json-fault.ts';
import { minimalChange } from './minimal-change.ts';

/** How long after the last key a text is looked at, in ms. */
const checkAfterMs = 400;
/** How long what was written here may take to come back, in ms. */
const echoMs = 1000;

/** Keys that do the same everywhere on the page. */
const ofThePage: ReadonlySet<string> = new Set(['Mod-Enter', 'Mod-i', 'Alt-l']);

/** A change that came from outside. */
const outside = Annotation.define<true>();

export interface CodeViewOptions {
  parent: HTMLElement;
  kind: CodeKind;
  value: string;
  singleLine: boolean;
  /** Asked each time: what is available changes. */
  scope(): ExpressionScope;
  onChange(value: string): void;
  onFault(message: string | null): void;
}

/** What of the element can change while it is there. */
export interface CodeAttributes {
  label: string;
  readOnly: boolean;
  /** Id of the element that says what is wrong; null while nothing is. */
  describedBy: string | null;
}

/** A CodeMirror editor of one field. It keeps no history: undo is that of the document, and comes back through `show`. */
export class CodeView {
  readonly view: EditorView;
  private readonly attributes = new Compartment();
  /** What was told outside and has not come back yet. */
  private told: { value: string; at: number }[] = [];

  constructor(private readonly options: CodeViewOptions) {
    const { parent, kind, value, singleLine } = options;
    this.view = new EditorView({
      parent,
      state: EditorState.create({
        doc: singleLine ? value.replace(/\s*\n\s*/g, ' ') : value,
        extensions: [
          singleLine ? oneLine : indentOnInput(),
          Prec.high(keymap.of(ownKeys(kind, singleLine))),
          keymap.of([...closeBracketsKeymap, ...defaultKeymap.filter(({ key }) => !ofThePage.has(key ?? ''))]),
          codeTheme(),
          drawSelection(),
          EditorView.lineWrapping,
          bracketMatching(),
          closeBrackets(),
          codeLanguages[kind].extension(),
          completion(options),
          this.faults(),
          this.attributes.of([]),
          ownUndo,
          typeOver,
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((one) => one.annotation(outside))) {
              this.tell(update.state.doc.toString());
            }
          }),
        ],
      }),
    });
    addEventListener('keydown', this.onEscape, true);
  }

  /** Shows a value from outside, changing only what differs, so that the cursor stays. */
  show(value: string): void {
    const now = performance.now();
    this.told = this.told.filter(({ at }) => now - at < echoMs);
    // An echo of what was typed a moment ago, while more has been typed since, must not take that back.
    const echo = this.told.findIndex((one) => one.value === value);
    if (echo >= 0) {
      this.told.splice(0, echo + 1);
      return;
    }
    const change = minimalChange(this.view.state.doc.toString(), value);
    if (change === null) return;
    this.told = [];
    this.view.dispatch({ changes: change, annotations: outside.of(true) });
  }

  describe({ label, readOnly, describedBy }: CodeAttributes): void {
    const { singleLine } = this.options;
    const attributes: { [name: string]: string } = {
      'aria-label': label,
      'aria-multiline': String(!singleLine),
      // What is read only can still be entered and copied from; a long text scrolls by keyboard.
      tabindex: '0',
      ...(describedBy !== null && { 'aria-invalid': 'true', 'aria-describedby': describedBy }),
      ...(readOnly && { 'aria-readonly': 'true' }),
    };
    const extensions: Extension = [EditorView.contentAttributes.of(attributes), EditorState.readOnly.of(readOnly)];
    this.view.dispatch({ effects: this.attributes.reconfigure(extensions) });
  }

  destroy(): void {
    removeEventListener('keydown', this.onEscape, true);
    this.view.destroy();
  }

  /** Escape closes the suggestions and nothing else: it must not reach a dialog around, which hears it first. */
  private readonly onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.view.dom.contains(event.target as Node)) return;
    if (completionStatus(this.view.state) === null) return;
    closeCompletion(this.view);
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  private tell(value: string): void {
    this.told.push({ value, at: performance.now() });
    this.options.onChange(value);
  }

  private faults(): Extension {
    const { kind, onFault } = this.options;
    const { check } = codeLanguages[kind];
    if (check === undefined) return [];
    const source = async (view: EditorView): Promise<Diagnostic[]> => {
      const { doc } = view.state;
      const fault = await check(doc.toString());
      if (view.state.doc !== doc) return [];
      onFault(fault?.message ?? null);
      if (fault === null) return [];
      const from = Math.min(fault.position, doc.length);
      return [{ from, to: Math.min(from + 1, doc.length), severity: 'error', message: fault.message }];
    };
    return linter(source, { delay: checkAfterMs });
  }
}

const completion = ({ kind, scope }: CodeViewOptions): Extension =>
  codeLanguages[kind].candidates === undefined
    ? []
    : autocompletion({
        override: [completeWith(kind, scope)],
        icons: false,
        interactionDelay: 0,
        activateOnTypingDelay: 60,
      });

const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
  const joined = transaction.newDoc.toString().replace(/\s*\n\s*/g, ' ');
  const change = minimalChange(transaction.startState.doc.toString(), joined);
  return change === null ? [] : [{ changes: change, selection: { anchor: change.from + change.insert.length } }];
});

/**
 * Typing over a selection is done here and not by the browser, which would give what it makes a style of its own, against
 * the policy of the page.
 */
const typeOver = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { data: text } = event;
    const { from, to, empty } = view.state.selection.main;
    if (event.inputType !== 'insertText' || text === null || empty || view.composing || view.state.readOnly)
      return false;
    const insert = () =>
      view.state.update(view.state.replaceSelection(text), { userEvent: 'input.type', scrollIntoView: true });
    const isHandled = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, insert));
    if (!isHandled) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

/** The browser's own undo knows nothing of the document: its menu entry does nothing here, and its keys go on to the page. */
const ownUndo = EditorView.domEventHandlers({
  beforeinput: (event) => {
    if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return false;
    event.preventDefault();
    return true;
  },
});

function ownKeys(kind: CodeKind, singleLine: boolean): KeyBinding[] {
  const keys: KeyBinding[] = singleLine
    ? [{ key: 'Enter', run: () => true }]
    : [
        { key: 'Mod-]', run: indentMore },
        { key: 'Mod-[', run: indentLess },
      ];
  if (kind === 'json') keys.push({ key: 'Shift-Alt-f', run: format });
  return keys;
}

/** Puts JSON into lines. */
export function format({ state, dispatch }: EditorView): boolean {
  if (state.readOnly) return false;
  const change = minimalChange(state.doc.toString(), formatJson(state.doc.toString()));
  if (change !== null) dispatch(state.update({ changes: change, userEvent: 'input.format' }));
  return true;
}
