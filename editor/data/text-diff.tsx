import { json } from '@codemirror/lang-json';
import { MergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { codeTheme } from '../forms/code/code-theme.ts';

const theme = EditorView.theme({
  '.cm-changedLine': { backgroundColor: 'transparent' },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--removed)' },
  '&.cm-merge-b .cm-changedLine': { backgroundColor: 'var(--added)' },
  '&.cm-merge-a .cm-changedText, &.cm-merge-b .cm-changedText': {
    background: 'color-mix(in srgb, currentColor 16%, transparent)',
  },
  '.cm-collapsedLines': {
    background: 'var(--hover)',
    color: 'var(--text-2)',
    font: 'var(--w-normal) var(--t-11) var(--font)',
  },
});

const side = (label: string): Extension => [
  codeTheme(),
  theme,
  json(),
  EditorView.lineWrapping,
  EditorState.readOnly.of(true),
  EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
];

/** Two texts side by side, with what differs marked and what does not folded away. */
export default function TextDiff({
  before,
  after,
  labels,
}: {
  before: string;
  after: string;
  labels: { before: string; after: string };
}) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const view = new MergeView({
      parent: host.current as HTMLElement,
      a: { doc: before, extensions: side(labels.before) },
      b: { doc: after, extensions: side(labels.after) },
      collapseUnchanged: { margin: 2, minSize: 4 },
      gutter: false,
    });
    return () => view.destroy();
  }, [before, after, labels.before, labels.after]);
  return <div ref={host} className="diff-text" />;
}
