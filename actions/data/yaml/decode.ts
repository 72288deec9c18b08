import { boolean, bytes, defineAction, optional } from '../../kit/index.ts';
import { after } from '../../support/awaitable.ts';
import { inSlices } from '../../support/slices.ts';
import { readText } from '../../support/utf8.ts';
import { fail, readDocuments } from './read.ts';

const longest = 1_000_000;

export default defineAction({
  id: 'data/yaml/decode',
  title: 'Decode YAML',
  summary: 'Reads YAML text.',
  keywords: ['parse', 'yml'],
  documentation: `
YAML 1.2 with its core schema: \`yes\`, \`on\` and dates are texts, and an empty text is null. The merge key \`<<\` of YAML
1.1 works, since many files have it. Keys are always texts. \`!!binary\` gives binary data; other tags, keys that occur
twice, and \`.inf\` and \`.nan\` fail. A text with several documents gives an array of them with \`documents\`, and fails
without it.

At most 1,000,000 characters, 700,000 tokens (signs, words, spaces and line breaks) and 500 levels are read, which may come to
1,000,000 values and 10,000,000 characters, where each alias counts as all that it stands for. Long texts are read piece by piece.`,
  fields: {
    yaml: bytes({ label: 'YAML', help: 'A text, or its UTF-8 bytes.' }),
    documents: optional(
      boolean({ label: 'Documents', help: 'Gives an array of all documents, however many there are.' }),
      false,
    ),
  },
  output: {},
  failures: { 'data-invalid': 'The text is no YAML of this kind, is too large, or has several documents.' },
  examples: [
    {
      given: { yaml: 'values:\n  - integer : 111\n  - string : hello' },
      gives: { values: [{ integer: 111 }, { string: 'hello' }] },
    },
    {
      given: { yaml: 'base: &base {retries: 3, day: 2026-01-31}\njob:\n  <<: *base\n  on: yes' },
      gives: {
        base: { retries: 3, day: '2026-01-31' },
        job: { on: 'yes', retries: 3, day: '2026-01-31' },
      },
    },
    { given: { yaml: 'a: 1\n---\nb: 2\n', documents: true }, gives: [{ a: 1 }, { b: 2 }] },
    { given: { yaml: 'key: !!binary aGk=' }, gives: { key: new Uint8Array([104, 105]) } },
    { given: { yaml: '' }, gives: null },
    { given: { yaml: 'a: 1\n---\nb: 2\n' }, fails: 'data-invalid', note: 'Two documents were not asked for.' },
    { given: { yaml: 'a: [1, 2' }, fails: 'data-invalid' },
    { given: { yaml: 'run: !!js/function "x"' }, fails: 'data-invalid', note: 'A tag that is not read.' },
    { given: { yaml: 7 }, fails: 'input-invalid' },
  ],
  run: ({ yaml, documents }, context) => {
    const read = inSlices(readDocuments(readText(yaml, 'yaml', longest)), () => context.signal);
    return after(read, (found) => {
      if (documents) return found;
      if (found.length > 1) fail(`has ${found.length} documents; set \`documents\` to have them as an array`);
      return found[0] ?? null;
    });
  },
});
