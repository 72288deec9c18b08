import { applyEdits, type JSONPath, modify } from 'jsonc-parser';
import { type Difference, differences } from '../document/difference.ts';
import type { Json } from '../document/types.ts';

/** With more places to change, or more characters, the file is written anew: laying out large values takes its time. */
const mostEdits = 50;
const longestValue = 2_000;
const longestText = 500_000;

/**
 * The text of a JSON file that people keep, with another content: changed at the places that differ, left as it is
 * everywhere else. `text` holds `before`. undefined where that cannot be done, as for items that come, go or move.
 */
export function editJson(text: string, before: Json, after: Json): string | undefined {
  if (text.length > longestText) return undefined;
  const found = differences(before, after, mostEdits + 1);
  if (found.length > mostEdits || !found.every(isEdit)) return undefined;
  const options = { formattingOptions: styleOf(text) };
  const edited = found.reduce(
    (current, { path, after: value }) => applyEdits(current, modify(current, pathOf(path, before), value, options)),
    text,
  );
  // The order of keys is part of the content here; what cannot be had by single changes is left to whoever asked.
  return JSON.stringify(JSON.parse(edited)) === JSON.stringify(after) ? edited : undefined;
}

/** Only what stands under a key: places of items would shift while others come and go. */
const isEdit = ({ path, kind, after }: Difference): boolean =>
  (after === undefined || JSON.stringify(after).length <= longestValue) &&
  (kind === 'changed' || (kind !== 'reordered' && !/^\d+$/.test(path.slice(path.lastIndexOf('/') + 1))));

/** The keys and positions on the way; whether a part is one or the other shows in what it leads through. */
function pathOf(pointer: string, document: Json): JSONPath {
  const path: JSONPath = [];
  let at: Json | undefined = document;
  for (const part of pointer.slice(1).split('/')) {
    const key: string = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(at) ? Number(key) : key);
    at = at === null || typeof at !== 'object' ? undefined : (at as { [key: string]: Json })[key];
  }
  return path;
}

function styleOf(text: string) {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 4 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}
