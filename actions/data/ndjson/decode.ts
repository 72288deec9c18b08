import { bytes, defineAction } from '../../kit/index.ts';
import { checkTotal } from '../../support/bounds.ts';
import { decodeJson } from '../../support/json.ts';
import { readText } from '../../support/utf8.ts';

export default defineAction({
  id: 'data/ndjson/decode',
  title: 'Decode NDJSON',
  summary: 'Reads text with one JSON value per line.',
  keywords: ['jsonl', 'parse'],
  documentation: `
Also known as JSON Lines. Lines end with LF or CRLF, and empty ones are skipped. A line that is no JSON fails with its
number and the column of the fault; to go on after such lines, split the text with string/split-by-newline and decode each
line. At most 10,000,000 characters and 1,000,000 lines are read.`,
  fields: { ndjson: bytes({ label: 'NDJSON', help: 'A text, or its UTF-8 bytes.' }) },
  output: { type: 'array' },
  failures: { 'data-invalid': 'A line is no JSON, or the text is too large.' },
  examples: [
    { given: { ndjson: '{"id": 1}\n{"id": 2}\n' }, gives: [{ id: 1 }, { id: 2 }] },
    { given: { ndjson: '1\r\n\r\n"two"\r\n[3]' }, gives: [1, 'two', [3]] },
    { given: { ndjson: '' }, gives: [] },
    { given: { ndjson: '{"id": 1}\n{"id": 2' }, fails: 'data-invalid', note: 'Line 2 is cut off.' },
    { given: { ndjson: 1 }, fails: 'input-invalid' },
  ],
  run: ({ ndjson }) => {
    const lines = readText(ndjson, 'ndjson').split('\n');
    checkTotal(lines.length, 'ndjson');
    const values: unknown[] = [];
    for (let index = 0; index < lines.length; index += 1) {
      const line = (lines[index] as string).trim();
      if (line !== '') values.push(decodeJson(line, `Line ${index + 1} of \`ndjson\``, 'data-invalid'));
    }
    return values;
  },
});
