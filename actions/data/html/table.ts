import type { DomNode, FormatCallback } from 'html-to-text';
import { ActionFailure } from '../../kit/index.ts';
import { bounds } from '../../support/bounds.ts';

interface Cell {
  readonly colspan: number;
  readonly rowspan: number;
  readonly text: string;
}

/** Between the columns. */
const gap = 3;
/** As the HTML standard has it for columns; rows end with their table. */
const widest = 1000;

const refuse = (what: string): never => {
  throw new ActionFailure(
    'data-invalid',
    `\`html\` has tables ${what}, which is the most that is read; give a part of it`,
  );
};

/** Counts what all tables of one text take, tables within tables included. */
class Budget {
  #fields = 0;
  #characters = 0;

  takeFields(count: number): void {
    this.#fields += count;
    if (this.#fields > bounds.items) refuse(`of more than ${bounds.items} fields`);
  }

  takeCharacters(count: number): void {
    this.#characters += count;
    if (this.#characters > bounds.text) refuse(`of more than ${bounds.text} characters`);
  }
}

/** The cells by their leftmost columns, with their rows. Every step over a field is counted. */
const placeCells = (rows: readonly (readonly Cell[])[], budget: Budget): { row: number; cell: Cell }[][] => {
  const columns: { row: number; cell: Cell }[][] = [];
  // The row from which on a column is free.
  const freeFrom: number[] = [];
  for (const [row, cells] of rows.entries()) {
    let column = 0;
    for (const cell of cells) {
      const vacant = column;
      while ((freeFrom[column] ?? 0) > row) column += 1;
      budget.takeFields(column - vacant + cell.colspan);
      while (columns.length < column + cell.colspan) columns.push([]);
      columns[column]?.push({ row, cell });
      for (const end = column + cell.colspan; column < end; column += 1) freeFrom[column] = row + cell.rowspan;
    }
  }
  return columns;
};

/** Where each row begins: below all cells that end before it. */
const placeRows = (rows: readonly (readonly Cell[])[]): number[] => {
  const starts: number[] = [];
  for (const [row, cells] of rows.entries()) {
    const start = Math.max(starts[row] ?? 0, row === 0 ? 0 : (starts[row - 1] as number) + 1);
    starts[row] = start;
    for (const { text, rowspan } of cells) {
      const end = Math.min(row + rowspan, rows.length);
      starts[end] = Math.max(starts[end] ?? 0, start + text.split('\n').length);
    }
  }
  return starts;
};

/** Cells side by side, in time that grows with the fields and the characters of the table only. */
const writeTable = (rows: readonly (readonly Cell[])[], budget: Budget): string => {
  const columns = placeCells(rows, budget);
  const tops = placeRows(rows);
  const lines: string[] = [];
  const lefts: number[] = [];
  for (const [column, cells] of columns.entries()) {
    const left = Math.max(lefts[column] ?? 0, column === 0 ? 0 : (lefts[column - 1] as number) + 1);
    lefts[column] = left;
    for (const { row, cell } of cells) {
      let width = 0;
      for (const [index, line] of cell.text.split('\n').entries()) {
        const at = (tops[row] as number) + index;
        const before = lines[at] ?? '';
        budget.takeCharacters(Math.max(0, left - before.length) + line.length + 1);
        lines[at] = before.padEnd(left) + line;
        width = Math.max(width, line.length);
      }
      const next = column + cell.colspan;
      lefts[next] = Math.max(lefts[next] ?? 0, left + width + gap);
    }
  }
  return Array.from(lines, (line) => line ?? '').join('\n');
};

const spanOf = (text = ''): number => {
  const span = Number.parseInt(text, 10);
  return span >= 1 ? Math.min(span, widest) : 1;
};

/** Writes all tables of one text. That of the package takes time with the square of rows, columns and spans. */
export const tableFormatter = (): FormatCallback => {
  const budget = new Budget();
  return (table, walk, builder, { maxColumnWidth, leadingLineBreaks, trailingLineBreaks }) => {
    const addPart = (node: DomNode): void => {
      const children: DomNode[] = node.children ?? [];
      if (node.type !== 'tag') return;
      if (['thead', 'tbody', 'tfoot', 'center'].includes(node.name ?? '')) children.forEach(addPart);
      if (node.name !== 'tr') return;
      builder.openTableRow();
      for (const cell of children) {
        if (cell.type !== 'tag' || (cell.name !== 'td' && cell.name !== 'th')) continue;
        builder.openTableCell({ maxColumnWidth });
        walk(cell.children ?? [], builder);
        builder.closeTableCell({ colspan: spanOf(cell.attribs?.colspan), rowspan: spanOf(cell.attribs?.rowspan) });
      }
      builder.closeTableRow();
    };
    builder.openTable();
    for (const part of table.children ?? []) addPart(part);
    builder.closeTable({
      tableToString: (rows) => writeTable(rows as unknown as Cell[][], budget),
      leadingLineBreaks,
      trailingLineBreaks,
    });
  };
};
