import { parseJsonText } from '../../../engine/document/json-text.ts';
import type { ExpressionFault } from './expression-messages.ts';

/** What keeps a text from being JSON, with what to do; null for JSON, and for nothing at all. */
export function jsonFault(text: string): ExpressionFault | null {
  if (text.trim() === '') return null;
  const { fault } = parseJsonText(text);
  if (fault === undefined) return null;
  const { line, column, message } = fault;
  return { position: offsetOf(text, line, column), message: `Line ${line}, column ${column}: ${message}.` };
}

/** Lines and columns count from 1, columns in characters. */
function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let before = 1; before < line; before++) start = text.indexOf('\n', start) + 1;
  const ahead = [...text.slice(start, start + column * 2)].slice(0, column - 1).join('');
  return start + ahead.length;
}

/** JSON with two blanks to a level; the same text where it is none. */
export function formatJson(text: string): string {
  const parsed = parseJsonText(text);
  return parsed.fault === undefined ? JSON.stringify(parsed.value, null, 2) : text;
}
