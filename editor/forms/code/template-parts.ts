import { lexemes } from '../../../engine/compile/jsonata/scan.ts';

/** An expression in a template, between its braces. */
export interface TemplatePart {
  /** Where the expression begins and ends, in characters of the template; the braces are outside. */
  from: number;
  to: number;
  /** Whether its closing braces are there. */
  isClosed: boolean;
}

/** The expressions in a template as it is typed: one that is not closed yet goes to the end of its line. */
export function partsOf(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let after = 0;
  for (let open = template.indexOf('{{'); open >= 0; open = template.indexOf('{{', after)) {
    const from = open + 2;
    const close = endOf(template, from);
    const end = close ?? template.indexOf('\n', from);
    const to = end < 0 ? template.length : end;
    parts.push({ from, to, isClosed: close !== undefined });
    after = close === undefined ? to : to + 2;
  }
  return parts;
}

/** The expression in which a position lies; its ends count. */
export const partAt = (template: string, position: number): TemplatePart | undefined =>
  partsOf(template).find(({ from, to }) => from <= position && position <= to);

// Braces in texts and comments, and those of objects, do not end the expression.
function endOf(template: string, from: number): number | undefined {
  let depth = 0;
  for (const { kind, text, start } of lexemes(template, from)) {
    if (depth === 0 && text === '}' && template[start + 1] === '}') return start;
    if (kind === 'open') depth++;
    else if (kind === 'close') depth--;
  }
  return undefined;
}
