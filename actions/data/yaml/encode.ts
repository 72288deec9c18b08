import type * as Yaml from 'yaml';
import { ActionFailure, any, boolean, defineAction, describeValue, optional } from '../../kit/index.ts';
import { checkTotal } from '../../support/bounds.ts';
import { library } from '../../support/library.ts';
import { checkWritten } from '../plain-data.ts';
import { deepest } from './convert.ts';

const yaml = library<typeof import('yaml')>('yaml');

const options: Yaml.DocumentOptions & Yaml.SchemaOptions & Yaml.CreateNodeOptions & Yaml.ToStringOptions = {
  version: '1.2',
  schema: 'core',
  customTags: ['binary'],
  defaultStringType: 'QUOTE_DOUBLE',
  defaultKeyType: 'PLAIN',
  sortMapEntries: true,
  lineWidth: 0,
  aliasDuplicateObjects: false,
};

/** Fails for what YAML, or this machine, cannot hold. Parts that are shared are written out, and so count each time. */
const checkData = (data: unknown): void => {
  let values = 0;
  let size = 0;
  const look = (part: unknown, depth: number): void => {
    if (depth > deepest) {
      throw new ActionFailure(
        'input-invalid',
        `\`data\` is nested deeper than ${deepest} levels, which is the most that is written; write a part of it`,
      );
    }
    values += 1;
    checkWritten(values, 'data');
    if (typeof part === 'string') size += part.length;
    else if (part instanceof Uint8Array) size += part.length * 1.4;
    else if (part instanceof Date) size += 24;
    else if (typeof part === 'object' && part !== null) {
      for (const [key, member] of Object.entries(part)) {
        size += key.length + depth;
        look(member, depth + 1);
      }
    } else if (
      typeof part === 'function' ||
      typeof part === 'symbol' ||
      Number.isFinite(part) !== (typeof part === 'number')
    ) {
      throw new ActionFailure(
        'input-invalid',
        `\`data\` holds ${describeValue(part)}, which data cannot; replace it first`,
      );
    }
    checkTotal(size, 'data', 'characters');
  };
  look(data, 0);
};

const write = (data: unknown): string =>
  yaml()
    .stringify(data ?? null, options)
    .trimEnd();

export default defineAction({
  id: 'data/yaml/encode',
  title: 'Encode YAML',
  summary: 'Writes a value as YAML text.',
  keywords: ['serialize', 'stringify', 'yml'],
  documentation: `
Keys are sorted, so that equal values give equal texts; texts are always in double quotes, so that none is mistaken for a
number or for true; lists are indented by two spaces; there is no line break at the end. Dates become texts in RFC 3339,
binary data becomes \`!!binary\`. Empty lists and objects are \`[]\` and \`{}\`. What occurs at several places is written
out at each. With \`documents\` the items of an array become documents, each after a line \`---\`.

A list item that is an object begins on the line of its dash. Two items stay two, which a published example makes one of. At most 200,000 values, 10,000,000
characters and 500 levels are written.`,
  fields: {
    data: any({ label: 'Data' }),
    documents: optional(boolean({ label: 'Documents', help: 'Writes each item of an array as a document.' }), false),
  },
  output: { type: 'string' },
  examples: [
    {
      given: { data: { info: [{ name: 'Eric', age: 30 }], city: 'Seoul' } },
      gives: 'city: "Seoul"\ninfo:\n  - age: 30\n    name: "Eric"',
    },
    {
      given: { data: { b: [], a: { none: null, text: 'true' }, 'c: d': 'two\nlines' } },
      gives: 'a:\n  none: null\n  text: "true"\nb: []\n"c: d": "two\\nlines"',
    },
    { given: { data: [1, { key: new Uint8Array([104, 105]) }] }, gives: '- 1\n- key: !!binary |-\n    aGk=' },
    { given: { data: [{ a: 1 }, 'x'], documents: true }, gives: '---\na: 1\n---\n"x"' },
    { given: { data: { a: 1 }, documents: true }, fails: 'input-invalid', note: 'Documents come as an array.' },
    { given: { data: [Number.NaN] }, fails: 'input-invalid' },
  ],
  run: ({ data, documents }) => {
    checkData(data);
    if (!documents) return write(data);
    if (!Array.isArray(data)) {
      throw new ActionFailure(
        'input-invalid',
        `\`data\` must be an array where \`documents\` is set, found ${describeValue(data)}`,
      );
    }
    return data.map((document) => `---\n${write(document)}`).join('\n');
  },
});
