import type { Element } from './parse.ts';

/** The key of text that stands beside elements. No element can be called that. */
export const textKey = '#text';

interface Shape {
  /** Whether each element is `{attribute, value}`, and not its value alone. */
  readonly attributes: boolean;
  readonly trim: boolean;
}

/** What an element holds: its text, or its elements by name, those that share a name as an array. */
const contentOf = (element: Element, shape: Shape): unknown => {
  const text = shape.trim ? element.text.trim() : element.text;
  if (element.children.length === 0) return text;
  const members = new Map<string, unknown[]>();
  for (const child of element.children) {
    const same = members.get(child.name);
    if (same) same.push(shapeOf(child, shape));
    else members.set(child.name, [shapeOf(child, shape)]);
  }
  const entries = [...members].map(([name, all]): [string, unknown] => [name, all.length === 1 ? all[0] : all]);
  if (element.text.trim() !== '') entries.push([textKey, text]);
  return Object.fromEntries(entries);
};

const shapeOf = (element: Element, shape: Shape): unknown =>
  shape.attributes
    ? { attribute: Object.fromEntries(element.attributes), value: contentOf(element, shape) }
    : contentOf(element, shape);

/** The whole document under the name of its element. */
export const shapeDocument = (root: Element, shape: Shape): object =>
  Object.fromEntries([[root.name, shapeOf(root, shape)]]);
