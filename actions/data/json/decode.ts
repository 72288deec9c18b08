import { bytes, defineAction } from '../../kit/index.ts';
import { decodeJson } from '../../support/json.ts';
import { readText } from '../../support/utf8.ts';

export default defineAction({
  id: 'data/json/decode',
  title: 'Decode JSON',
  summary: 'Reads JSON text.',
  keywords: ['deserialize', 'from json', 'parse'],
  documentation: `
The text is JSON as RFC 8259 has it: no comments, no trailing commas. A byte order mark at the start is ignored. Of a key
that occurs twice the last one counts. Numbers become doubles: of whole ones beyond 9,007,199,254,740,991 the last digits are lost, so
long ids belong into texts. Broken text fails with the line and column of the fault, and so does text that is
nested deeper than 1,000 levels or longer than 10,000,000 characters.`,
  fields: { json: bytes({ label: 'JSON', help: 'A text, or its UTF-8 bytes.' }) },
  output: {},
  failures: { 'data-invalid': 'The text is no JSON, or is nested too deeply.' },
  examples: [
    { given: { json: '{"name": "Flowers", "count": 30}' }, gives: { name: 'Flowers', count: 30 } },
    { given: { json: ' null ' }, gives: null },
    {
      given: { json: '{"name": Flowers}' },
      fails: 'data-invalid',
      note: 'At line 1, column 10: found "F", expected a value.',
    },
    { given: { json: ['{'] }, fails: 'input-invalid' },
  ],
  run: ({ json }) => decodeJson(readText(json, 'json'), '`json`', 'data-invalid'),
});
