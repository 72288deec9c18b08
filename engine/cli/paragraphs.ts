import type { Writable } from 'node:stream';

const usual = 100;
const widest = 120;
const narrowest = 40;

/** Columns for texts on a stream: those of the terminal, within what is read with ease. */
export const textWidth = (stream: Writable): number => {
  const { columns } = stream as Writable & { columns?: number };
  return Math.min(Math.max(columns ?? usual, narrowest), widest);
};

/** A text in lines of at most `width` columns; only a word that is longer stands out. */
export const wrap = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line === '') line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
};

/** Markdown for a terminal: paragraphs and lists are wrapped, code and tables stay as they are. */
export const wrapMarkdown = (markdown: string, width: number): string => {
  const lines: string[] = [];
  let open: { mark: string; words: string } | null = null;
  let fenced = false;
  const close = () => {
    if (open === null) return;
    const { mark, words } = open;
    const hang = ' '.repeat(mark.length);
    lines.push(...wrap(words, width - mark.length).map((line, index) => (index === 0 ? mark : hang) + line));
    open = null;
  };
  for (const line of markdown.trim().split('\n')) {
    const isFence = /^\s*(```|~~~)/.test(line);
    if (isFence) fenced = !fenced;
    if (isFence || fenced || /^(\||#| {4}|\s*$)/.test(line)) {
      close();
      lines.push(line.trimEnd());
      continue;
    }
    const [, mark, rest] = /^(\s*(?:[-*]|\d+\.) )(.*)$/.exec(line) ?? [];
    if (mark !== undefined) {
      close();
      open = { mark, words: rest as string };
    } else if (open === null) open = { mark: '', words: line };
    else (open as { words: string }).words += ` ${line}`;
  }
  close();
  return lines.map((line) => `${line}\n`).join('');
};

/**
 * A table whose last column is wrapped. Where the others leave it no room, the last cell of every row has lines of its own.
 * @param least width of the first column at least
 */
export const columns = (
  rows: readonly (readonly string[])[],
  width: number,
  { indent = 0, least = 0 }: { indent?: number; least?: number } = {},
): string => {
  const before = (rows[0]?.length ?? 1) - 1;
  const widths = Array.from({ length: before }, (_, column) =>
    Math.max(column === 0 ? least : 0, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const left = indent + widths.reduce((sum, one) => sum + one + 2, 0);
  const margin = ' '.repeat(indent);
  const below = width - left < 24;
  const hang = ' '.repeat(below ? indent + 4 : left);
  return rows
    .map((row) => {
      const head = margin + widths.map((one, column) => (row[column] ?? '').padEnd(one)).join('  ');
      const [first = '', ...others] = wrap(row[before] ?? '', width - hang.length);
      const start = below && first !== '' ? [head, hang + first] : [`${head}  ${first}`];
      return [...start, ...others.map((line) => hang + line)].map((line) => `${line.trimEnd()}\n`).join('');
    })
    .join('');
};
