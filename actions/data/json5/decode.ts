import { ActionFailure, bytes, defineAction } from '../../kit/index.ts';
import { library } from '../../support/library.ts';
import { readText } from '../../support/utf8.ts';
import { checkPlain } from '../plain-data.ts';

const json5 = library<typeof import('json5')>('json5');

const longest = 1_000_000;

const fail = (problem: string): never => {
  throw new ActionFailure('data-invalid', `\`json5\` ${problem}`);
};

const parse = (text: string): unknown => {
  try {
    return json5().parse(text);
  } catch (thrown) {
    const { lineNumber, columnNumber } = thrown as { lineNumber?: number; columnNumber?: number };
    return fail(
      lineNumber === undefined
        ? 'is not valid JSON5'
        : `is not valid JSON5 at line ${lineNumber}, column ${columnNumber}`,
    );
  }
};

export default defineAction({
  id: 'data/json5/decode',
  title: 'Decode JSON5',
  summary: 'Reads JSON5 text: JSON with comments, trailing commas and bare keys.',
  keywords: ['jsonc', 'parse'],
  documentation: `
JSON5 1.0.0, as configuration files have it: comments, trailing commas, keys without quotes, texts in single quotes and over
several lines, hexadecimal numbers, and a sign or a point at either end of a number. \`Infinity\` and \`NaN\` fail, since
data cannot hold them. Of a key that occurs twice the last one counts. At most 1,000,000 characters and 1,000 levels are
read. To write it there is data/json/encode: JSON is JSON5.`,
  fields: { json5: bytes({ label: 'JSON5', help: 'A text, or its UTF-8 bytes.' }) },
  output: {},
  failures: { 'data-invalid': 'The text is no JSON5, or is too large.' },
  examples: [
    {
      given: { json5: "{\n  // the shop\n  name: 'Flowers', colors: ['red', 'blue',], stock: 0x1E,\n}" },
      gives: { name: 'Flowers', colors: ['red', 'blue'], stock: 30 },
    },
    { given: { json5: '[+1, .5, 2., null]' }, gives: [1, 0.5, 2, null] },
    { given: { json5: '{name: Flowers}' }, fails: 'data-invalid', note: 'Texts need quotes.' },
    { given: { json5: 'Infinity' }, fails: 'data-invalid' },
    { given: { json5: [] }, fails: 'input-invalid' },
  ],
  run: ({ json5: source }) => checkPlain(parse(readText(source, 'json5', longest)), fail),
});
