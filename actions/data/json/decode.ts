import { defineAction, string } from '../../kit/index.ts';
import { decodeJson } from '../../support/json.ts';

export default defineAction({
  id: 'data/json/decode',
  title: 'Decode JSON',
  summary: 'Reads JSON text.',
  documentation: `
The text is JSON as RFC 8259 has it: no comments, no trailing commas. A byte order mark at the start is ignored. Of a key that occurs
twice the last one counts. Broken text fails with the line and column of the fault, text nested deeper than 1000 levels fails too.`,
  fields: { json: string({ label: 'JSON' }) },
  output: {},
  examples: [
    { given: { json: '{"name": "Flowers", "count": 30}' }, gives: { name: 'Flowers', count: 30 } },
    { given: { json: ' null ' }, gives: null },
    {
      given: { json: '{"name": Flowers}' },
      fails: 'input-invalid',
      note: 'At line 1, column 10: found "F", expected a value.',
    },
  ],
  run: ({ json }) => decodeJson(json, '`json`'),
});
