import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRecordFilter, type RecordAsk } from './record-filter.ts';

/**
 * What a query means, said once more as plainly as can be: by regular expressions, recursion and no shortcuts. The filter
 * must agree with it, on the JSON of any record.
 */
type Plain =
  | { is: 'word'; text: string }
  | { is: 'field'; field: string; path: string[]; value: string; quoted: boolean; how: '' | '>' | '>=' | '<' | '<=' }
  | { is: 'not'; of: Plain }
  | { is: 'and' | 'or'; of: Plain[] };
type Data = { [key: string]: unknown };

const inQuotes = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

function written(plain: Plain): string {
  switch (plain.is) {
    case 'word':
      return inQuotes(plain.text);
    case 'field': {
      const path = plain.path.map((key) => `.${key === '*' ? key : inQuotes(key)}`).join('');
      return `${plain.field}${path}:${plain.how}${plain.quoted ? inQuotes(plain.value) : plain.value}`;
    }
    case 'not':
      return `-${written(plain.of)}`;
    default:
      return `(${plain.of.map(written).join(plain.is === 'or' ? ' OR ' : ' ')})`;
  }
}

const leaves = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const contains = (value: unknown, text: string): boolean =>
  String(value).toLowerCase().split(text.toLowerCase()).length > 1 || text === '';

function reach(value: unknown, path: string[]): unknown[] {
  const [key, ...rest] = path;
  if (key === undefined) return [value];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value).filter(([own]) => key === '*' || own === key);
  return entries.flatMap(([, inner]) => reach(inner, rest));
}

function fieldValue(record: Data, field: string): unknown {
  const [kind, id, operation] = String(record.node ?? '').split('/');
  if (field === 'operation') return operation;
  if (field === 'server' || field === 'service') return field === kind ? id : undefined;
  return Object.entries(record).find(([key]) => key === field)?.[1];
}

function holds(plain: Plain, record: Data): boolean {
  switch (plain.is) {
    case 'word':
      return leaves(record).some((leaf) => contains(leaf, plain.text));
    case 'not':
      return !holds(plain.of, record);
    case 'and':
      return plain.of.every((each) => holds(each, record));
    case 'or':
      return plain.of.some((each) => holds(each, record));
    default: {
      const { field, path, value, quoted, how } = plain;
      const own = fieldValue(record, field);
      if (own === undefined) return false;
      const reached = reach(own, path);
      if (!quoted && /^\*+$/.test(value)) return reached.some((each) => each !== null);
      return reached.flatMap(leaves).some((leaf) => leafHolds(leaf, plain.field, path.length > 0, value, quoted, how));
    }
  }
}

const isDecimal = (text: string): boolean => /^-?(\d+\.?\d*|\.\d+)$/.test(text);

function leafHolds(
  leaf: unknown,
  field: string,
  hasPath: boolean,
  value: string,
  quoted: boolean,
  how: string,
): boolean {
  if (how !== '') {
    const [a, b] = [typeof leaf === 'string' && leaf.trim() === '' ? Number.NaN : Number(leaf), Number(value)];
    if (typeof leaf !== 'number' && !isDecimal(String(leaf))) return false;
    return (how.startsWith('>') ? a > b : a < b) || (how.endsWith('=') && a === b);
  }
  if (!quoted && value.includes('*')) {
    const pattern = value.toLowerCase().split('*').map(escaped).join('[^]*');
    return new RegExp(`^${pattern}$`).test(String(leaf).toLowerCase());
  }
  if (field === 'node') return `${String(leaf)}/`.toLowerCase().startsWith(`${value}/`.toLowerCase());
  if (typeof leaf === 'number' && isDecimal(value)) return leaf === Number(value);
  const isPart = ['message', 'label'].includes(field) || (!hasPath && ['input', 'value'].includes(field));
  return isPart && typeof leaf !== 'number'
    ? contains(leaf, value)
    : String(leaf).toLowerCase() === value.toLowerCase();
}

// Few letters, so that something is found; some of them change in odd ways when their case is ignored.
const letter = fc.constantFrom(
  'a',
  'b',
  'A',
  'B',
  'K',
  'k',
  '\u212a',
  'İ',
  'ß',
  '1',
  '7',
  '.',
  '*',
  '"',
  '\\',
  '\n',
  ' ',
  'é',
  '😀',
  '\u202e',
);
const text = fc.string({ unit: letter, maxLength: 6 });
const key = fc.constantFrom('a', 'b', '0', '1', '__proto__', 'a.b', 'toString');
const leaf = fc.oneof(text, fc.integer({ min: -2, max: 20 }), fc.constantFrom(1.5, true, null));
const data = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(key, tie('any'), { maxKeys: 3 }),
  ),
})).any;
const address = fc.constantFrom('server/a/b', 'server/a', 'server/ab/b/a', 'service/a/b', 'server/A/b');
const second = fc.integer({ min: 0, max: 9 }).map((n) => `2026-11-21T10:00:0${n}.000Z`);
const record = fc
  .record(
    {
      id: fc.constantFrom('a-1', 'a-2'),
      time: second,
      level: fc.constantFrom('debug', 'info', 'warning', 'error'),
      kind: fc.constantFrom('application', 'usage', 'system'),
      event: fc.constantFrom('log', 'begin', 'run'),
      node: address,
      run: fc.constantFrom('A', 'B'),
      label: text,
      value: data,
      input: data,
      ms: fc.integer({ min: 0, max: 20 }),
      message: text,
    },
    { requiredKeys: ['id', 'time', 'level', 'kind', 'event'] },
  )
  // In the order of the keys above, as records are written.
  .map((given) => JSON.parse(JSON.stringify(given)) as Data);

const bare = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'K', '1', '7', '*', '.'), minLength: 1, maxLength: 5 });
const number = fc.integer({ min: -2, max: 20 }).map(String);
const fieldTerm = fc.oneof(
  fc.record({
    field: fc.constantFrom('label', 'message', 'input', 'value', 'event', 'run', 'server', 'operation', 'id'),
    path: fc.constant([]),
    value: fc.oneof(bare, number),
    quoted: fc.boolean(),
    how: fc.constant('' as const),
  }),
  fc.record({
    field: fc.constantFrom('input', 'value'),
    path: fc.array(fc.oneof(key, fc.constant('*')), { minLength: 1, maxLength: 3 }),
    value: fc.oneof(bare, number),
    quoted: fc.boolean(),
    how: fc.constant('' as const),
  }),
  fc.record({
    field: fc.constantFrom('input', 'value'),
    path: fc.array(fc.oneof(key, fc.constant('*')), { minLength: 1, maxLength: 3 }),
    value: number,
    quoted: fc.boolean(),
    how: fc.constantFrom('>', '>=', '<', '<='),
  }),
  fc.record({
    field: fc.constant('ms'),
    path: fc.constant([]),
    value: number,
    quoted: fc.boolean(),
    how: fc.constantFrom('', '>', '>=', '<', '<='),
  }),
  fc.record({
    field: fc.constant('node'),
    path: fc.constant([]),
    value: address,
    quoted: fc.boolean(),
    how: fc.constant('' as const),
  }),
);
const plainQuery = fc.letrec<{ query: Plain }>((tie) => ({
  query: fc.oneof(
    { depthSize: 'small' },
    text.map((each): Plain => ({ is: 'word', text: each })),
    fieldTerm.map((term) => ({ is: 'field', ...term }) as Plain),
    tie('query').map((of): Plain => ({ is: 'not', of })),
    fc.record({ is: fc.constantFrom('and', 'or'), of: fc.array(tie('query'), { minLength: 1, maxLength: 3 }) }),
  ),
})).query;

const ask: fc.Arbitrary<RecordAsk> = fc.record(
  {
    level: fc.constantFrom('debug', 'info', 'warning', 'error'),
    node: fc.constantFrom('server', 'server/a', 'service/a/b'),
    run: fc.constantFrom('A', 'B'),
    kind: fc.constantFrom('application', 'usage'),
    file: fc.constantFrom('user', 'usage'),
    from: second.map((each) => Date.parse(each)),
    to: second.map((each) => Date.parse(each)),
  },
  { requiredKeys: [] },
);

function askHolds({ level, node, run, kind, file, from, to }: RecordAsk, record: Data): boolean {
  const ranks = ['debug', 'info', 'warning', 'error'];
  const time = new Date(record.time as string).getTime();
  return (
    (level === undefined || ranks.indexOf(record.level as string) >= ranks.indexOf(level)) &&
    (node === undefined || `${record.node ?? ''}/`.startsWith(`${node}/`)) &&
    (run === undefined || record.run === run) &&
    (kind === undefined || record.kind === kind) &&
    (file === undefined || (file === 'user' ? record.kind === 'application' : record.kind !== 'application')) &&
    (from === undefined || time >= from) &&
    (to === undefined || time <= to)
  );
}

describe('a filter of records', () => {
  test('agrees with the plain meaning of the query and of what else is asked', () => {
    let found = 0;
    fc.assert(
      fc.property(plainQuery, ask, fc.array(record, { minLength: 1, maxLength: 8 }), (plain, asked, records) => {
        const q = written(plain);
        const fits = createRecordFilter({ q, ...asked });
        const only = createRecordFilter({ q });
        for (const each of records) {
          const line = JSON.stringify(each);
          const isIt = holds(plain, each);
          expect([q, line, only(line)]).toEqual([q, line, isIt]);
          expect([q, asked, line, fits(line)]).toEqual([q, asked, line, isIt && askHolds(asked, each)]);
          if (isIt) found++;
        }
      }),
      { numRuns: 3000 },
    );
    expect(found).toBeGreaterThan(1000);
  });

  test('passes over what is no record', () => {
    const fits = createRecordFilter({ q: 'a' });
    const lines = ['', 'a', '{"id":"a', 'null', '7', '"a"', '["a"]', '{"x":"a"}'];
    expect(lines.filter(fits)).toEqual(['{"x":"a"}']);
    // Keys in another order are looked at too.
    const other = createRecordFilter({ level: 'warning', node: 'server/a' });
    expect(other('{"level":"error","node":"server/a/b","id":"1"}')).toBe(true);
    expect(other('{"level":"info","node":"server/a/b","id":"1"}')).toBe(false);
    expect(other('{"level":"error","node":"server/a')).toBe(false);
  });
});
