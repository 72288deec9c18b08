/** What a record says of itself before its data, as its JSON has it. */
export interface LineHead {
  readonly time: string;
  readonly level: string;
  readonly kind: string;
  readonly node: string | undefined;
  readonly run: string | undefined;
}

/** The texts of the first keys, between the key and the next quote. */
const timeKey = '","time":"';
const levelKey = '","level":"';
const kindKey = '","kind":"';
const eventKey = '","event":"';
const nodeKey = ',"node":"';
const runKey = ',"run":"';

/**
 * Reads the keys that every record begins with, in their order, without parsing the rest; null for a line of another form.
 * None of these texts holds a quote: a line where one does is of another form.
 */
export function headOf(line: string): LineHead | null {
  if (!line.startsWith('{"id":"')) return null;
  const idEnd = line.indexOf('"', 7);
  if (!line.startsWith(timeKey, idEnd)) return null;
  const timeEnd = line.indexOf('"', idEnd + timeKey.length);
  if (!line.startsWith(levelKey, timeEnd)) return null;
  const levelEnd = line.indexOf('"', timeEnd + levelKey.length);
  if (!line.startsWith(kindKey, levelEnd)) return null;
  const kindEnd = line.indexOf('"', levelEnd + kindKey.length);
  if (!line.startsWith(eventKey, kindEnd)) return null;
  let at = line.indexOf('"', kindEnd + eventKey.length) + 1;
  const text = (key: string): string | undefined => {
    if (!line.startsWith(key, at)) return undefined;
    const begin = at + key.length;
    const end = line.indexOf('"', begin);
    at = end + 1;
    return line.slice(begin, end);
  };
  const node = text(nodeKey);
  const run = text(runKey);
  if (at === 0 || node?.includes('\\') || run?.includes('\\')) return null;
  return {
    time: line.slice(idEnd + timeKey.length, timeEnd),
    level: line.slice(timeEnd + levelKey.length, levelEnd),
    kind: line.slice(levelEnd + kindKey.length, kindEnd),
    node,
    run,
  };
}
