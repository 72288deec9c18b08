import { ActionFailure, boolean, bytes, defineAction, optional } from '../../kit/index.ts';
import { after } from '../../support/awaitable.ts';
import { bounds } from '../../support/bounds.ts';
import { readText } from '../../support/utf8.ts';
import { delimiter } from './delimiter.ts';
import { makeObjects, nameCells, nameColumns, readRows } from './table.ts';

/** Of a row. */
const mostValues = 100_000;

export default defineAction({
  id: 'data/csv/decode',
  title: 'Decode CSV',
  summary: 'Reads the rows of CSV text as objects.',
  keywords: ['excel', 'parse', 'spreadsheet', 'tsv'],
  documentation: `
Gives \`{data, headers}\`. With \`has_headers\` the first row names the keys; a column without a name has its number as key,
from 0, and a name that comes again gets \`_2\`. What a short row lacks is null, and a row with more values than there are
columns fails. Without it, the keys are the numbers of the columns and \`headers\` is empty. All values are texts.

Quotes and line breaks are as RFC 4180 has them: \`"\` around a value, doubled inside of it; any of CRLF, LF and CR ends a
line. What the RFC does not have: a byte order mark and empty lines are skipped, and \`trim\` removes white space around
values, unless they are quoted. At most 10,000,000 characters, 100,000 columns and 1,000,000 values are read, where what
short rows lack counts as well.`,
  fields: {
    csv: bytes({ label: 'CSV', help: 'A text, or its UTF-8 bytes.' }),
    has_headers: optional(boolean({ label: 'Has headers', help: 'Whether the first row names the columns.' }), true),
    delimiter: optional(delimiter(), ','),
    trim: optional(boolean({ label: 'Trim', help: 'Whether white space around values is removed.' }), true),
  },
  output: {
    type: 'object',
    properties: {
      data: { type: 'array', items: { type: 'object' } },
      headers: { type: 'array', items: { type: 'string' } },
    },
    required: ['data', 'headers'],
  },
  failures: { 'data-invalid': 'The text is no CSV or too large, or a row has more values than there are columns.' },
  examples: [
    {
      given: { csv: 'name,age\nAlice, 30\nBob, 25', has_headers: false },
      gives: {
        data: [
          { '0': 'name', '1': 'age' },
          { '0': 'Alice', '1': '30' },
          { '0': 'Bob', '1': '25' },
        ],
        headers: [],
      },
    },
    {
      given: { csv: 'city;note\r\n"Bonn";"said ""no"";\r\ntwice"\r\n\r\nKiel\r\n', delimiter: ';' },
      gives: {
        data: [
          { city: 'Bonn', note: 'said "no";\r\ntwice' },
          { city: 'Kiel', note: null },
        ],
        headers: ['city', 'note'],
      },
    },
    {
      given: { csv: 'id,,id\n1,2,3' },
      gives: { data: [{ id: '1', '1': '2', id_2: '3' }], headers: ['id', '1', 'id_2'] },
      note: 'No column is lost.',
    },
    { given: { csv: '' }, gives: { data: [], headers: [] } },
    { given: { csv: 'a,b\n1,2,3' }, fails: 'data-invalid', note: 'The third value has no column.' },
    { given: { csv: 'a,b\n1,"2' }, fails: 'data-invalid', note: 'The quote is not closed.' },
    { given: { csv: 'a,b', delimiter: '||' }, fails: 'input-invalid' },
  ],
  run: ({ csv, has_headers, delimiter: between, trim }, context) => {
    const signal = (): AbortSignal => context.signal;
    const rows: string[][] = [];
    let columns = 0;
    let values = 0;
    const take = (row: string[], line: number): void => {
      if (has_headers && rows.length === 0) columns = row.length;
      values += Math.max(row.length, columns);
      if (row.length > mostValues) refuse(`${mostValues} values in one row`, line);
      if (values > bounds.items) refuse(`${bounds.items} values`, line);
      rows.push(row);
    };
    return after(readRows(readText(csv, 'csv'), { delimiter: between, trim, signal }, take), () => {
      const headers = has_headers ? nameColumns(rows[0] ?? []) : [];
      const data = has_headers
        ? makeObjects(rows.slice(1), { values, signal }, (row, index) => nameCells(headers, row, index + 2))
        : makeObjects(rows, { values, signal }, (row) => Object.fromEntries(row.map((cell, index) => [index, cell])));
      return after(data, (made) => ({ data: made, headers }));
    });
  },
});

const refuse = (what: string, line: number): never => {
  throw new ActionFailure('data-invalid', `\`csv\` has more than ${what} at line ${line}; give a part of it`);
};
