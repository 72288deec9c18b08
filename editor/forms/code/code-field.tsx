import { lazy, Suspense, useContext } from 'react';
import { ReadOnlyContext } from '../../app/edit-guard.tsx';
import type { Scope } from '../../graph/scopes.ts';
import type { CodeKind } from './code-kind.ts';

export interface CodeFieldProps {
  kind: CodeKind;
  value: string;
  /** The field's name for those who do not see it. */
  label: string;
  /** Called with each change that was made here, also while the text has a fault. */
  onChange(value: string): void;
  /** What is available here, for completion. */
  scopes?: readonly Scope[];
  /** Example values of the last run: an object whose keys are the scopes; undefined while there was none. */
  data?: unknown;
  /** Told when what is wrong with the text changes; null while nothing is. The field shows it by itself. */
  onFault?(message: string | null): void;
  /** Shows below what the expression gives for `data`. */
  preview?: boolean;
  minLines?: number;
  /** Line ends cannot be typed, and those that are pasted become spaces. */
  singleLine?: boolean;
  readOnly?: boolean;
}

const CodeEditor = lazy(() => import('./code-editor.tsx'));

/** A field for code, with colours, completion and faults as one types. Tab leaves it; undo is that of the document. */
export function CodeField(given: CodeFieldProps) {
  const isReadOnly = useContext(ReadOnlyContext);
  const props = isReadOnly ? { ...given, readOnly: true } : given;
  return (
    <div className="code-field" data-hears="document">
      <Suspense fallback={<PlainField {...props} />}>
        <CodeEditor {...props} />
      </Suspense>
    </div>
  );
}

/** The same size, while the editor is loaded; what is typed meanwhile is not lost. */
const PlainField = ({ value, label, onChange, minLines = 1, singleLine = false, readOnly = false }: CodeFieldProps) => (
  <textarea
    className="code-plain"
    aria-label={label}
    value={value}
    rows={singleLine ? 1 : Math.max(minLines, value.split('\n').length)}
    readOnly={readOnly}
    spellCheck={false}
    onChange={(event) => onChange(event.target.value)}
  />
);
