import {
  ActionFailure,
  array,
  boolean,
  defineAction,
  describeValue,
  isPlainObject,
  listOf,
  oneOf,
  optional,
  string,
} from '../../kit/index.ts';
import { checkTotal } from '../../support/bounds.ts';
import { library } from '../../support/library.ts';
import { toText } from '../../support/text.ts';
import { delimiter } from './delimiter.ts';

const csv = library<typeof import('csv-stringify/sync')>('csv-stringify/sync');

const keysOf = (data: readonly unknown[]): string[] => {
  const keys = new Set<string>();
  for (const row of data) if (isPlainObject(row)) for (const key of Object.keys(row)) keys.add(key);
  return [...keys];
};

const shownKey = (name: string): string => (name.length <= 40 ? name : `${name.slice(0, 40)}…`);

/** The values of a row as texts, in the order of the columns. */
const cellsOf = (row: unknown, columns: readonly string[], where: string): string[] => {
  if (Array.isArray(row)) return row.map((cell, index) => toText(cell, `\`${where}[${index}]\``));
  if (!isPlainObject(row)) {
    throw new ActionFailure('input-invalid', `\`${where}\` must be an object or an array, found ${describeValue(row)}`);
  }
  return columns.map((name) => (Object.hasOwn(row, name) ? toText(row[name], `\`${where}.${shownKey(name)}\``) : ''));
};

export default defineAction({
  id: 'data/csv/encode',
  title: 'Encode CSV',
  summary: 'Writes objects as the rows of CSV text.',
  keywords: ['excel', 'export', 'spreadsheet', 'stringify', 'tsv'],
  documentation: `
\`headers\` chooses the keys and their order; left out, it is all keys in the order in which they first occur. What a row
lacks, and null, is empty. A row may also be an array, whose values are written in their order. Numbers, true and false
become text, dates RFC 3339 in UTC; arrays and objects as values fail. Values are quoted where RFC 4180 asks for it, and
where white space around them would be lost.

The last line has no line break. Lines end with LF, as spreadsheets accept; the RFC asks for CRLF. \`escape-formulas\` puts
an apostrophe before values that begin with \`=\`, \`+\`, \`-\`, \`@\`, a tab or CR, which spreadsheets would run as
formulas: use it for values that strangers wrote. There can be 10,000,000 characters.`,
  fields: {
    headers: optional(
      listOf(string(), { label: 'Headers', help: 'Keys of the objects, in the order of the columns.' }),
    ),
    data: array({ label: 'Data', items: { type: 'object' } }),
    has_headers: optional(boolean({ label: 'Has headers', help: 'Whether the first row names the columns.' }), true),
    delimiter: optional(delimiter(), ','),
    'line-end': optional(oneOf(['lf', 'crlf'], { label: 'Line end' }), 'lf'),
    'escape-formulas': optional(boolean({ label: 'Escape formulas' }), false),
  },
  output: { type: 'string' },
  examples: [
    {
      given: {
        headers: ['name', 'age'],
        data: [
          { name: 'Alice', age: 30 },
          { name: 'Bob', age: 25 },
        ],
      },
      gives: 'name,age\nAlice,30\nBob,25',
    },
    {
      given: {
        data: [
          { a: 'x,y', b: null },
          { a: ' "z"', c: true },
        ],
        'line-end': 'crlf',
      },
      gives: 'a,b,c\r\n"x,y",,\r\n" ""z""",,true',
    },
    { given: { data: [[1, 2], [3]], has_headers: false, delimiter: ';' }, gives: '1;2\n3' },
    {
      given: { headers: ['sum'], data: [{ sum: '=1+1' }], 'escape-formulas': true },
      gives: "sum\n'=1+1",
    },
    { given: { headers: ['a'], data: [] }, gives: 'a' },
    { given: { headers: ['a'], data: [{ a: [1] }] }, fails: 'input-invalid', note: 'A value with parts.' },
    { given: { headers: ['a'], data: ['a'] }, fails: 'input-invalid' },
  ],
  run: ({ headers, data, has_headers, delimiter: between, 'line-end': end, 'escape-formulas': escapeFormulas }) => {
    const columns = headers ?? keysOf(data);
    let size = 0;
    const count = (row: string[]): string[] => {
      for (const cell of row) size += cell.length + 1;
      checkTotal(size, 'data', 'characters');
      return row;
    };
    const rows = data.map((row, index) => count(cellsOf(row, columns, `data[${index}]`)));
    if (has_headers && columns.length > 0) rows.unshift(columns);
    return csv().stringify(rows, {
      delimiter: between,
      record_delimiter: end === 'crlf' ? '\r\n' : '\n',
      eof: false,
      // An empty line would be no row.
      quoted_empty: rows.some((row) => row.length === 1 && row[0] === ''),
      escape_formulas: escapeFormulas,
      quoted_match: /^\s|\s$|[\r\n]/,
    });
  },
});
