import { ActionFailure, defineAction, describeValue, isPlainObject, object, type Plain } from '../../kit/index.ts';
import { checkTotal } from '../../support/bounds.ts';
import { library } from '../../support/library.ts';
import { checkWritten } from '../plain-data.ts';

const toml = library<typeof import('smol-toml')>('smol-toml');

const deepest = 500;

const fail = (problem: string): never => {
  throw new ActionFailure('input-invalid', `\`data\` ${problem}`);
};

/** What TOML can hold: sorted, dates and binary data as texts, without keys that are null. */
const prepare = (data: Plain): unknown => {
  let size = 0;
  let values = 0;
  const look = (part: unknown, depth: number): unknown => {
    if (depth > deepest) fail(`is nested deeper than ${deepest} levels, which is the most that is written`);
    values += 1;
    checkWritten(values, 'data');
    size += typeof part === 'string' ? part.length : 8;
    checkTotal(size, 'data', 'characters');
    if (typeof part === 'string' || typeof part === 'boolean' || Number.isFinite(part)) return part;
    if (part instanceof Date && !Number.isNaN(part.getTime())) return part.toISOString();
    if (part instanceof Uint8Array) return look(Buffer.from(part).toString('base64'), depth);
    if (Array.isArray(part)) return part.map((item) => look(item, depth + 1));
    if (!isPlainObject(part)) return fail(`holds ${describeValue(part)} where TOML cannot; replace it or leave it out`);
    const keys = Object.keys(part).filter((key) => part[key] !== null && part[key] !== undefined);
    for (const key of keys) size += key.length * (depth + 1);
    return Object.fromEntries(keys.sort().map((key) => [key, look(part[key], depth + 1)]));
  };
  return look(data, 0);
};

export default defineAction({
  id: 'data/toml/encode',
  title: 'Encode TOML',
  summary: 'Writes an object as TOML text.',
  documentation: `
TOML 1.0 has no null: a key whose value is null is left out, and null in an array fails. Keys are sorted, plain values come
before tables, and arrays of objects become arrays of tables. Dates become texts in RFC 3339, binary data base64 texts.
There is no line break at the end. At most 200,000 values, 10,000,000 characters and 500 levels are written.`,
  fields: { data: object({ label: 'Data' }) },
  output: { type: 'string' },
  examples: [
    {
      given: { data: { title: 'Shop', owner: { name: 'Ann' }, item: [{ id: 1 }, { id: 2 }], note: null } },
      gives: 'title = "Shop"\n\n[[item]]\nid = 1\n\n[[item]]\nid = 2\n\n[owner]\nname = "Ann"',
    },
    { given: { data: { 'a b': [1, 2.5], c: 'say "no"' } }, gives: '"a b" = [ 1, 2.5 ]\nc = "say \\"no\\""' },
    { given: { data: {} }, gives: '' },
    { given: { data: { list: [null] } }, fails: 'input-invalid' },
    { given: { data: [1] }, fails: 'input-invalid', note: 'A TOML document is an object.' },
  ],
  run: ({ data }) => toml().stringify(prepare(data)).trim(),
});
