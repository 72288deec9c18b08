import { ActionFailure, bytes, defineAction } from '../../kit/index.ts';
import { library } from '../../support/library.ts';
import { readText } from '../../support/utf8.ts';
import { checkPlain } from '../plain-data.ts';

const toml = library<typeof import('smol-toml')>('smol-toml');

const longest = 1_000_000;

const fail = (problem: string): never => {
  throw new ActionFailure('data-invalid', `\`toml\` ${problem}`);
};

const parse = (text: string): unknown => {
  try {
    return toml().parse(text, { maxDepth: 500 });
  } catch (thrown) {
    const { line, column, message } = thrown as { line?: number; column?: number; message: string };
    if (line === undefined) return fail('is not valid TOML');
    // The rest of the message is a piece of the text.
    const [reason = ''] = message.replace('Invalid TOML document: ', '').split('\n');
    return fail(`is not valid TOML at line ${line}, column ${column}: ${reason}`);
  }
};

export default defineAction({
  id: 'data/toml/decode',
  title: 'Decode TOML',
  summary: 'Reads TOML text.',
  keywords: ['parse'],
  documentation: `
TOML 1.0. Dates and times become texts in RFC 3339, as far as they are written: \`2026-01-31\`, \`07:32:00\`. Whole numbers
beyond 9,007,199,254,740,991 fail rather than lose digits, and so do \`inf\` and \`nan\`, which data cannot hold. At most
1,000,000 characters and 500 levels are read.`,
  fields: { toml: bytes({ label: 'TOML', help: 'A text, or its UTF-8 bytes.' }) },
  output: { type: 'object' },
  failures: { 'data-invalid': 'The text is no TOML, has a number that data cannot hold, or is too large.' },
  examples: [
    {
      given: {
        toml: 'title = "Shop"\n\n[owner]\nname = "Ann"\nborn = 1979-05-27\n\n[[item]]\nid = 1\n\n[[item]]\nid = 2',
      },
      gives: { title: 'Shop', owner: { name: 'Ann', born: '1979-05-27' }, item: [{ id: 1 }, { id: 2 }] },
    },
    { given: { toml: 'a.b = [1, 2.5, true]' }, gives: { a: { b: [1, 2.5, true] } } },
    { given: { toml: '' }, gives: {} },
    { given: { toml: 'a = ' }, fails: 'data-invalid' },
    { given: { toml: 'a = 9223372036854775807' }, fails: 'data-invalid', note: 'A double cannot hold it.' },
    { given: { toml: {} }, fails: 'input-invalid' },
  ],
  run: ({ toml: source }) =>
    checkPlain(parse(readText(source, 'toml', longest)), fail, (part) =>
      part instanceof Date ? part.toISOString() : part,
    ),
});
