import { partsOf } from './code/template-parts.ts';

/** A part of a template: plain text, or the JSONata between two braces. */
export type TemplatePart = { text: string } | { expression: string };

/** The parts of a template in their order. What is not closed is text. */
export function templateParts(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let after = 0;
  for (const { from, to } of partsOf(template).filter(({ isClosed }) => isClosed)) {
    if (from - 2 > after) parts.push({ text: template.slice(after, from - 2) });
    parts.push({ expression: template.slice(from, to).trim() });
    after = to + 2;
  }
  if (after < template.length) parts.push({ text: template.slice(after) });
  return parts;
}
