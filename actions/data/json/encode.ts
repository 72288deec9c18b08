import { any, defineAction } from '../../kit/index.ts';
import { encodeJson } from '../../support/json.ts';

export default defineAction({
  id: 'data/json/encode',
  title: 'Encode JSON',
  summary: 'Writes a value as JSON text.',
  keywords: ['serialize', 'stringify', 'to json'],
  documentation: `
The text has no white space, and the keys of every object are sorted by their UTF-16 code units (as in RFC 8785), so that
equal values give equal texts. Dates become RFC 3339 texts in UTC, binary data becomes base64 text. What JSON cannot hold
fails.`,
  fields: { data: any({ label: 'Data' }) },
  output: { type: 'string' },
  examples: [
    { given: { data: { name: 'Flowers', count: 30 } }, gives: '{"count":30,"name":"Flowers"}' },
    { given: { data: [1, null, 'a "quoted" word'] }, gives: '[1,null,"a \\"quoted\\" word"]' },
    { given: { data: Number.NaN }, fails: 'input-invalid' },
  ],
  run: ({ data }) => encodeJson(data, '`data`', true),
});
