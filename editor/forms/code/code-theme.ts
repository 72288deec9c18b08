import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { styleNonce } from '../../app/style-nonce.ts';

// These styles come as a sheet that a script makes, and so win over all layers. The tokens carry light and dark.
const theme = EditorView.theme({
  '&': { color: 'var(--text)', backgroundColor: 'transparent', fontSize: '0.71875rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--mono)',
    fontVariantLigatures: 'none',
    lineHeight: '1.25rem',
    overflow: 'auto',
  },
  '.cm-content': {
    minHeight: 'calc(var(--code-lines, 1) * 1.25rem + 6px)',
    padding: '3px 0',
    caretColor: 'var(--text)',
  },
  '.cm-line': { padding: '0 8px' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--accent) 26%, transparent)',
  },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'transparent', outline: '1px solid var(--line-control)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--error-soft)' },
  '.cm-placeholder': { color: 'var(--text-3)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--text-3)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 8px' },
  '.cm-foldPlaceholder': {
    border: 'none',
    backgroundColor: 'var(--hover)',
    color: 'var(--text-2)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--error) 1px',
    textUnderlineOffset: '3px',
  },
  '.cm-lintPoint-error:after': { borderBottomColor: 'var(--error)' },
  '.cm-tooltip': {
    border: 'none',
    borderRadius: 'var(--r-2)',
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    boxShadow: 'var(--shadow-2)',
    font: 'var(--w-normal) var(--t-12) var(--font)',
  },
  '.cm-tooltip .cm-diagnostic': {
    borderLeft: 'none',
    padding: '6px 10px',
    maxWidth: '360px',
    whiteSpace: 'normal',
    fontFamily: 'var(--font)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mono)',
    fontSize: '0.71875rem',
    maxHeight: '16rem',
    padding: '4px',
    minWidth: '240px',
    maxWidth: 'min(420px, 90vw)',
  },
  '.cm-tooltip-autocomplete ul li': {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    height: '24px',
    padding: '0 6px',
    borderRadius: 'var(--r-1)',
    lineHeight: '24px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    background: 'var(--accent-soft)',
    color: 'var(--text)',
  },
  '.cm-completionLabel': { flex: 'none', maxWidth: '60%', overflow: 'hidden', textOverflow: 'ellipsis' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent)', fontWeight: '600' },
  '.cm-completionDetail': {
    flex: '1 1 auto',
    minWidth: '0',
    margin: '0',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    textAlign: 'end',
    fontStyle: 'normal',
    color: 'var(--text-2)',
  },
  '.cm-tooltip.cm-completionInfo': {
    padding: '6px 10px',
    maxWidth: '280px',
    color: 'var(--text-2)',
    overflowWrap: 'anywhere',
  },
  '.cm-panels': { backgroundColor: 'var(--surface)', color: 'var(--text)' },
});

const colours = HighlightStyle.define([
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--data-string)' },
  { tag: [tags.number, tags.regexp], color: 'var(--data-number)' },
  { tag: [tags.keyword, tags.atom, tags.bool, tags.null], color: 'var(--data-word)' },
  { tag: tags.function(tags.variableName), color: 'var(--accent)' },
  { tag: tags.special(tags.variableName), color: 'var(--data-word)' },
  { tag: tags.processingInstruction, color: 'var(--accent)', fontWeight: '600' },
  { tag: [tags.operator, tags.punctuation], color: 'var(--text-2)' },
  { tag: tags.comment, color: 'var(--text-3)', fontStyle: 'italic' },
  { tag: tags.definition(tags.propertyName), color: 'var(--data-key)' },
]);

/** How code looks, everywhere in the editor. */
export const codeTheme = (): Extension => [EditorView.cspNonce.of(styleNonce()), theme, syntaxHighlighting(colours)];
