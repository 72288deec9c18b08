import { array, defineAction } from '../../kit/index.ts';
import { checkTotal } from '../../support/bounds.ts';
import { encodeJson } from '../../support/json.ts';

export default defineAction({
  id: 'data/ndjson/encode',
  title: 'Encode NDJSON',
  summary: 'Writes each item of an array as a line of JSON.',
  keywords: ['jsonl'],
  documentation: `
Also known as JSON Lines. Each item is written as data/json/encode writes it, on one line with sorted keys, and every line
ends with LF, so that texts can be appended to each other and to a file. An empty array gives an empty text. There can be
10,000,000 characters.`,
  fields: { data: array({ label: 'Data' }) },
  output: { type: 'string' },
  examples: [
    { given: { data: [{ id: 1, at: 'now' }, { id: 2 }] }, gives: '{"at":"now","id":1}\n{"id":2}\n' },
    { given: { data: ['two\nlines', null] }, gives: '"two\\nlines"\nnull\n' },
    { given: { data: [] }, gives: '' },
    { given: { data: { id: 1 } }, fails: 'input-invalid' },
  ],
  run: ({ data }) => {
    let size = 0;
    const lines = data.map((item, index) => {
      const line = encodeJson(item, `\`data[${index}]\``, true);
      size += line.length + 1;
      checkTotal(size, 'data', 'characters');
      return `${line}\n`;
    });
    return lines.join('');
  },
});
